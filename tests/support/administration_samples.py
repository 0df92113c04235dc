"""The pages for devices on the network with realistic contents, for pictures and for tests of the layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from companion.administration import Controller, Controllers, Sharing, SharingEnd
from companion.clouds.profile import made
from companion.clouds.setup import pem
from companion.errors import ControllersFull
from companion.identity import IssuingCa
from companion.identity.hardware.standing import TokenStanding
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Check,
    Commissioned,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    OwnedFabric,
    Severity,
    Step,
    Text,
    Verdict,
)
from companion.outcome import Outcome, Result, StepTime
from companion.questions import ReviewAttestation
from companion.secret import Secret
from tests.support.run_samples import marks
from ui.engine.clouds import CloudsListed
from ui.engine.fabrics import FabricsListed
from ui.engine.hsm import SignatureMade, TokensFound
from ui.flow.commissioning import CommissioningFlow
from ui.flow.owned_device import Owned
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import FlowState
from ui.flow.tasks import Task
from ui.pages.administration.removal import RemovalPage
from ui.pages.administration.share import SharePage
from ui.pages.questions.attestation import AttestationPage
from ui.pages.questions.confirmation import ConfirmationPage
from ui.pages.run.success import Fact, SuccessPage
from ui.pages.settings import SettingsPage
from ui.present import attestation, clouds, fabrics, hsm, questions
from ui.present.administration import forms, share
from ui.present.radios import radios
from ui.present.run.success import success
from ui.widgets import Level
from ui.widgets.hold_button import HoldButton
from ui.widgets.toggles import Tick

CODE, DIGITS = "MT:Y.K9042C00KA0648G00", "3497-011-2332"
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
US = Controller("1", "Companion", is_us=True)
APPLE = Controller("2", "Apple Home")
ASSISTANT = Controller("3", "Open Home Foundation", "Home Assistant")


def _check(name: str, claim: str, reason: str, verdict: Verdict) -> Check:
    return Check(name, Text(claim), Text(reason), verdict)


CHECKS = (
    _check(
        "dac",
        "Device certificate",
        "Signed by the manufacturer's certificate, valid until 2046.",
        Verdict.PASSED,
    ),
    _check(
        "paa",
        "Manufacturer's certificate",
        "No root that you trust signed it. Your list has 41, from 12 November.",
        Verdict.FAILED,
    ),
    _check("ids", "Vendor and product", "The same in device, certificate and declaration.", Verdict.PASSED),
    _check(
        "cd",
        "Certification declaration",
        "Signed by the Alliance's key. The product number fits.",
        Verdict.PASSED,
    ),
    _check(
        "kind",
        "Kind of certification",
        "Provisional: testing of this product is not finished.",
        Verdict.REMARK,
    ),
    _check(
        "nonce", "Signed our random number", "The device holds the key of its certificate.", Verdict.PASSED
    ),
    _check("revoked", "Revoked or not", "No revocation list on this computer yet.", Verdict.NOT_KNOWN),
    _check("firmware", "Firmware", "The device sends no information on it.", Verdict.NOT_KNOWN),
)
OWNED = Owned("m-07", "Kitchen plug", "Kitchen", "plug", "matter", "Hafen 12", None, CHECKS, NOW)
DEVICE = DeviceIdentity("m-07", "Matter plug", "Vendor FFF2, product 8004")


def genuine_or_not() -> QWidget:
    page = AttestationPage()
    asked = attestation.question(ReviewAttestation(DEVICE, CHECKS), CommissioningFlow(lambda: 0.0))
    view = attestation.report(OWNED)
    page.show_view(
        type(asked)(
            title=asked.title,
            lead=asked.lead,
            name=asked.name,
            product=asked.product,
            checks=asked.checks,
            notice=asked.notice,
            protocol="matter",
            art=view.art,
            marks=tuple(marks(3, "3 s")),
        )
    )
    return page


def checks() -> QWidget:
    page = AttestationPage()
    page.show_view(attestation.report(OWNED))
    return page


def _flow(state: FlowState, controllers: Controllers | None) -> OwnershipFlow:
    flow = OwnershipFlow(Task.SHARE, OWNED, CommissioningFlow(lambda: 0.0))
    flow.state, flow.controllers = state, controllers
    return flow


def _page(flow: OwnershipFlow) -> QWidget:
    page = SharePage()
    page.show_view(share.share(flow, share.modules_of(flow.sharing), NOW))
    return page


def shared() -> QWidget:
    flow = _flow(FlowState.SHARING, Controllers((US, APPLE), 5))
    flow.sharing = Sharing(Secret(CODE), Secret(DIGITS), NOW + timedelta(minutes=12, seconds=41))
    return _page(flow)


def opening() -> QWidget:
    return _page(_flow(FlowState.SHARING, None))


def joined() -> QWidget:
    flow = _flow(FlowState.SHARED, Controllers((US, APPLE, ASSISTANT), 5))
    flow.joined, flow.sharing_end = ASSISTANT, SharingEnd.JOINED
    return _page(flow)


def full() -> QWidget:
    others = tuple(Controller(str(number), f"App {number}") for number in range(3, 6))
    flow = _flow(FlowState.SHARED, Controllers((US, APPLE, *others), 5))
    flow.error = ControllersFull()
    return _page(flow)


def done() -> QWidget:
    """The success page of a device about which not everything is known."""
    known = tuple(each for each in CHECKS if each.verdict is not Verdict.FAILED)
    commissioned = Commissioned(DEVICE, "passcode", (Credential("wifi", {"ssid": "Hafen 12"}),), checks=known)
    outcome = Outcome(
        Result.COMMISSIONED,
        "run-1",
        "matter",
        tuple(StepTime(each, 1.4) for each in Step),
        LinkCounts(),
        commissioned=commissioned,
        record="m-07",
    )
    page = SuccessPage()
    view = success(outcome, CommissioningFlow(lambda: 0.0), can_open=True)
    lead = "The device answered on the network with its new certificate. It is in your registry."
    protection = Fact(
        "lock",
        "The setup code proved that it is this device",
        "Everything it got was encrypted with a key that only both sides have.",
        Level.GOOD,
    )
    view = replace(view, facts=(*view.facts[:-1], protection), name=OWNED.name, lead=lead)
    page.show_view(replace(view, title="Kitchen plug is set up", art="plug", marks=tuple(marks(6))))
    return page


def removal_untold() -> QWidget:
    page = RemovalPage()
    flow = OwnershipFlow(Task.REMOVE, OWNED, CommissioningFlow(lambda: 0.0))
    flow.offline = True
    page.show_view(forms.removal(flow))
    return page


def removal() -> QWidget:
    page = RemovalPage()
    page.show_view(forms.removal(OwnershipFlow(Task.REMOVE, OWNED, CommissioningFlow(lambda: 0.0))))
    return page


FABRICS = (
    OwnedFabric("9D1C20F4A55E7B03", "Home", is_usual=True),
    OwnedFabric("41B7E8A60F2D93C5", "Office"),
    OwnedFabric("C803D1527A9E64BF", "Meyer, Hafenstr. 12"),
)


def found_with_fabrics() -> QWidget:
    page = ConfirmationPage()
    page.set_steps(marks(0, "6 s"))
    found = FoundDevice(
        "matter",
        Advertisement("C0:FF:EE:00:00:12", "Matter light", rssi=-52),
        "Matter light",
        facts={"Discriminator": "3840", "Vendor": "FFF1", "Product": "8000"},
    )
    passcode = Finding(
        Text("The passcode protects the session"), Text("Whoever has read the code can join."), Severity.INFO
    )
    page.show_device(questions.confirmation(found, (passcode,), FABRICS))
    return page


def settings_with_fabrics() -> QWidget:
    page = SettingsPage()
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    names = ("Kitchen plug", "Reading lamp", "Hall sensor"), ("Desk lamp",), ()
    page.fabrics.show_view(fabrics.listed(FabricsListed(tuple(zip(FABRICS, names, strict=True)))))
    removal = page.fabrics.findChildren(HoldButton)[1].parentWidget()
    assert removal is not None
    removal.show()
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.fabrics))
    return page


def settings_with_tokens() -> QWidget:
    page = SettingsPage()
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    safe = TokenStanding("pkcs11:token=Safe", "Safe", "YubiKey YK5", True, False, 2)
    spare = TokenStanding(
        "pkcs11:token=Spare", "Spare in the safe deposit box", "SmartCard-HSM", True, False, 1
    )
    page.hsm.show_view(hsm.found(TokensFound((safe, spare), has_key=True, on_token=False)))
    page.hsm.findChildren(Tick)[0].setChecked(True)
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.hsm.move_keys))
    return page


def settings_with_tokens_in_use() -> QWidget:
    page = SettingsPage()
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    safe = TokenStanding("pkcs11:token=Safe", "Safe", "YubiKey YK5", True, True, 2)
    spare = TokenStanding("pkcs11:token=Spare", "Spare", "", False, True, 0)
    card = TokenStanding("pkcs11:token=Old", "Old card", "SmartCard-HSM", True, True, 0)
    page.hsm.show_view(hsm.found(TokensFound((safe, card, spare), has_key=True, on_token=True)))
    page.hsm.show_notice(hsm.signed(SignatureMade("Safe", 0.0474)))
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.hsm))
    return page


def settings_with_clouds() -> QWidget:
    page = SettingsPage()
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    aws = {"endpoint": "a1b2c3-ats.iot.eu-central-1.amazonaws.com:8883", "policy": "sensors"}
    company = {
        "endpoint": "broker.example:8883",
        "est": "https://ca.example/devices",
        "roots": pem(IssuingCa.create("Company").anchors[0]),
    }
    profiles = (
        made({"name": "foundry", "kind": "est", **company}),
        made({"name": "hall", "kind": "mqtt", "endpoint": "broker.example:8883"}),
        made({"name": "plant", "kind": "aws-registrar", **aws}),
    )
    page.clouds.show_kinds(clouds.kinds())
    page.clouds.show_rows(clouds.rows(CloudsListed(profiles, "plant")))
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.clouds, 0, 8))
    return page


def settings_with_a_new_cloud() -> QWidget:
    page = settings_with_clouds()
    assert isinstance(page, SettingsPage)
    form = page.clouds.form
    form.open("est")
    for key, text in {
        "name": "plant",
        "endpoint": "broker.example:8883",
        "est": "https://ca.example",
    }.items():
        form.fields[key].set_text(text)
    form.show_file("company.pem")
    inner, bar = page._scroll.widget(), page._scroll.verticalScrollBar()
    QTimer.singleShot(0, page, lambda: bar.setValue(form.mapTo(inner, QPoint(0, -150)).y()))
    return page
