"""What a run asks, for its pages: which device, is it this one, are the numbers the same, what is printed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.claims import RunFacts
from companion.model import (
    Finding,
    FoundDevice,
    OwnedFabric,
    Ownership,
    Severity,
)
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    CompareNumbers,
    EnterSecret,
    SerialKnown,
    TryAgain,
)
from ui import art
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.pages.questions.device_choice import DeviceChoiceView
from ui.pages.questions.secret import SecretView
from ui.pages.questions.warning import WarningView
from ui.pages.views import ComparisonView, ConfirmationView, FindingView, NoticeView
from ui.present.devices import art_kind, device_art, nearby, protocol_name
from ui.present.steps import marks, spoken
from ui.present.texts import translated
from ui.present.units import dbm
from ui.widgets import Level, Tone

LEVELS = {Severity.GOOD: Level.GOOD, Severity.INFO: Level.PLAIN, Severity.WARNING: Level.REMARK}


def device_choice(question: ChooseDevice) -> DeviceChoiceView:
    """The page for several devices that could be meant."""
    return DeviceChoiceView(
        _("Which one is it?"),
        _("Several devices are ready to set up. The strongest signal is usually the nearest."),
        tuple(nearby(each) for each in question.devices),
    )


def among(devices: Iterable[FoundDevice], key: object) -> FoundDevice | None:
    """The device that was meant by a row's key."""
    return next((each for each in devices if each.address == key), None)


def confirmation(
    device: FoundDevice, findings: tuple[Finding, ...], fabrics: tuple[OwnedFabric, ...] = ()
) -> ConfirmationView:
    """The page that asks whether it is this device."""
    verdict, tone = _verdict(findings)
    facts = [(_("Protocol"), protocol_name(device.protocol))]
    facts += [(_fact_name(label), value) for label, value in device.facts.items()]
    return ConfirmationView(
        title=_("Found {name}").format(name=device.name),
        lead=_owned(device.ownership),
        kind=art_kind(device.protocol, device.name),
        scene=art.Scene(caption=_caption(device.ownership), led=art.Led.JOINING),
        rssi=device.rssi,
        signal=dbm(device.rssi) if device.rssi is not None else "",
        distance=_distance(device.rssi),
        facts=tuple(facts[:4]),
        verdict=verdict,
        verdict_tone=tone,
        findings=tuple(_finding(each) for each in findings),
        notice=_notice(device.ownership),
        can_identify=device.can_identify,
        fabrics=tuple(each.name for each in fabrics),
        fabric=next((place for place, each in enumerate(fabrics) if each.is_usual), 0),
    )


def secret(question: EnterSecret, flow: Flow) -> SecretView:
    """The page for the secret that is printed on the device, or that it shows now."""
    title, lead = (
        _("What is printed on {name}?"),
        _("Its code does not contain the secret, so enter it once."),
    )
    if question.prompt is not None:
        title, lead = _("What does {name} show?"), translated(question.prompt)
    return SecretView(
        title=title.format(name=question.device.name),
        lead=lead,
        art=device_art(flow),
        username=question.suggested_username if question.needs_username else None,
        problem=translated(question.problem) if question.problem else "",
        is_shown=question.prompt is not None,
    )


def comparison(question: CompareNumbers, flow: Flow, *, beside: bool = False) -> ComparisonView:
    """The page for two numbers. beside: the device is a virtual one, beside the page."""
    name = flow.found.name if flow.found else _("your device")
    return ComparisonView(question.number, name, device_art(flow), question.seconds, beside)


def risk(question: AcceptRisk, flow: Flow) -> WarningView:
    """The page that asks whether to go on."""
    title, lead = (
        (_("Issue a new certificate anyway?"), _("You revoked its previous certificates. You decide."))
        if isinstance(flow, OwnershipFlow)
        else (
            _("Continue without protection?"),
            _("Companion can't improve this device's protection. You decide."),
        )
    )
    return WarningView(
        title=title,
        lead=lead,
        claim=translated(question.finding.claim),
        sentence=translated(question.finding.sentence),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
    )


def same_serial(question: SerialKnown, flow: Flow) -> WarningView:
    """The page that asks what the device is whose serial number is known by another key."""
    known, *more = question.known
    name = _("{name} and {count} more").format(name=known.name, count=len(more)) if more else known.name
    return WarningView(
        title=_("Is this a replacement, or another device?"),
        lead=_("A serial number is not authenticated. You decide."),
        claim=_("{name} has the serial number {serial} too").format(
            name=name, serial=question.device.serial or ""
        ),
        sentence=_("This device has a different identity key, so it is not the same device."),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
    )


def obstacle(question: TryAgain, flow: Flow) -> WarningView:
    """The page that says what is in the way, and waits."""
    return WarningView(
        title=translated(question.problem),
        lead=_("The device waits while this page is open."),
        claim=_("What is missing"),
        sentence=translated(question.advice),
        art=device_art(flow),
        marks=marks(flow),
        spoken=spoken(flow),
    )


def _owned(ownership: Ownership) -> str:
    return {
        Ownership.UNOWNED: _("It reports that it has no owner."),
        Ownership.OWNED: _("It reports that it already has an owner."),
        Ownership.ONLINE: _("It reports that it is already on Wi-Fi."),
        Ownership.BUSY: _("It reports that it is being set up."),
        Ownership.UNKNOWN: _("It reports that it can be set up."),
    }[ownership]


def _caption(ownership: Ownership) -> str:
    """What the drawing shows on the device's display."""
    return _("Ready to set up") if ownership in (Ownership.UNOWNED, Ownership.UNKNOWN) else ""


def _notice(ownership: Ownership) -> NoticeView | None:
    if ownership is Ownership.OWNED:
        sentence = _("If you own it, open it under Devices. Otherwise ask its owner, or reset it first.")
        return NoticeView(Tone.INFO, _("This device is in use"), sentence)
    if ownership is Ownership.ONLINE:
        sentence = _("To change its network, reset its Wi-Fi settings first. Its manual says how.")
        return NoticeView(Tone.INFO, _("This device is in use"), sentence)
    if ownership is Ownership.BUSY:
        sentence = _("Wait until it has finished, or restart the device.")
        return NoticeView(Tone.WARNING, _("One at a time"), sentence)
    return None


def _distance(rssi: int | None) -> str:
    if rssi is None:
        return ""
    if rssi >= -55:
        return _("Strong signal: probably near")
    return _("Medium signal") if rssi >= -72 else _("Weak signal: far away, or behind a wall")


def _verdict(findings: tuple[Finding, ...]) -> tuple[str, Tone]:
    """The chip beside the findings. Before there is a session nothing is measured: what is expected can be
    too weak to go on unread, and is never strong.
    """
    if any(each.severity is Severity.WARNING for each in findings):
        return _("Weak, details"), Tone.WARNING
    return translated(claims.STRENGTHS[claims.strength(RunFacts())]) if findings else "", Tone.NONE


def _finding(finding: Finding) -> FindingView:
    return FindingView(LEVELS[finding.severity], translated(finding.claim), translated(finding.sentence))


def _fact_name(label: str) -> str:
    """What a fact of an advertisement is called; one that is not known is shown as its driver calls it."""
    return {"vendor": _("Vendor"), "product": _("Product")}.get(label, label)


def _(words: str) -> str:
    return QCoreApplication.translate("questions", words)
