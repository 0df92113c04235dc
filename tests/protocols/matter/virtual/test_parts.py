"""The parts of a virtual device: its label, what it keeps, who vouches for it, its options."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from companion.lan import Address
from companion.protocols.matter.attestation.certificates import Kind as CertificateKind
from companion.protocols.matter.attestation.certificates import parse
from companion.protocols.matter.attestation.trust import revocation, roots
from companion.protocols.matter.attestation.trust.revocation import Standing
from companion.protocols.matter.clusters.network_commissioning import NetworkStatus
from companion.protocols.matter.onboarding import Capability, Onboarding
from companion.protocols.matter.virtual import thread
from companion.protocols.matter.virtual.factory import manufacturer, product
from companion.protocols.matter.virtual.factory.options import NUMBERED_FAULTS, Fault
from companion.protocols.matter.virtual.factory.product import SAMPLE, Kind, Medium
from companion.protocols.matter.virtual.presence.names import COMMISSIONABLE, OPERATIONAL, Names
from companion.protocols.matter.virtual.state import settings
from companion.secret import Secret
from companion.virtual import thread_network
from companion.virtual.faults import parse_faults
from tests.protocols.matter.virtual.in_process import NODE, Device, commissioned

WIDE = Onboarding(Secret("20202021"), 3840, 0xFFF1, 0x8001)


def test_its_codes_are_those_that_others_make_of_the_same_numbers() -> None:
    """Numbers of the Matter SDK's example and of matter.js's."""
    assert WIDE.qr == "MT:-24J042C00KA0648G00"
    assert replace(WIDE, product=0x8000).qr == "MT:Y.K9042C00KA0648G00"
    assert replace(WIDE, product=0x8000, capabilities=Capability.NETWORK).qr == "MT:Y.K90AFN00KA0648G00"
    assert WIDE.digits == "34970112332" and WIDE.printed_digits == "3497-011-2332"


def test_what_it_keeps_comes_back(tmp_path: Path) -> None:
    device = Device()
    commissioned(device)
    kept = replace(device.saved[-1], label="Desk", on=True)
    settings.save(kept, tmp_path / "settings.json")
    back = settings.load(tmp_path / "settings.json")
    assert back.on
    assert back.networks == kept.networks and (back.label, back.connected) == ("Desk", kept.connected)
    (here,), (there,) = back.members, kept.members
    assert here.credentials.key.public == there.credentials.key.public
    assert (here.acl, here.vendor, here.credentials.noc) == (there.acl, there.vendor, there.credentials.noc)
    assert settings.load(tmp_path / "nothing.json") == settings.Settings()


@pytest.mark.parametrize("text", ["{}", "[]", '{"members": [{}]}', "no JSON"])
def test_settings_of_something_else_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(text)
    with pytest.raises(ValueError):
        settings.load(tmp_path / "settings.json")
    (tmp_path / "device.json").write_text(text)
    with pytest.raises(ValueError):
        product.product_in(tmp_path, Kind.LIGHT, Medium.WIFI)


def test_a_device_of_a_folder_is_made_once(tmp_path: Path) -> None:
    made = product.product_in(tmp_path / "it", Kind.SENSOR, Medium.THREAD)
    assert product.product_in(tmp_path / "it", Kind.LIGHT, Medium.WIFI) == made
    assert (made.kind, made.medium) == (Kind.SENSOR, Medium.THREAD)
    assert product.make(Kind.LIGHT, Medium.WIFI).passcode != made.passcode


def test_a_manufacturer_of_a_folder_has_a_root_and_revokes_its_intermediate(tmp_path: Path) -> None:
    maker = manufacturer.manufacturer_in(tmp_path)
    assert manufacturer.manufacturer_in(tmp_path).root.der == maker.root.der
    imported = roots.read_files({"root.pem": (tmp_path / manufacturer.ROOT_FILE).read_bytes()})
    assert len(list(imported.roots)) == 1 and not imported.refused
    revoked = revocation.parse((tmp_path / manufacturer.REVOKED_FILE).read_bytes())
    for vouched, standing in (
        (maker.vouch(SAMPLE), Standing.NOT_REVOKED),
        (maker.vouch_by_revoked(SAMPLE), Standing.REVOKED),
    ):
        assert revoked.standing(parse(vouched.pai, CertificateKind.PAI)) is standing


def test_faults_have_names_and_some_a_number() -> None:
    found = parse_faults(Fault, NUMBERED_FAULTS, ("busy", "drop-at=3"))
    assert found == {
        Fault.BUSY: 0.0,
        Fault.DROP_AT: 3.0,
    }
    for text in ("no such fault", "drop-at", "drop-at=x"):
        with pytest.raises(ValueError, match="drop-at=N"):
            parse_faults(Fault, NUMBERED_FAULTS, (text,))


def test_it_says_on_the_network_who_it_is_and_whether_it_waits() -> None:
    here = Address("::1", 5540)
    device = Device(replace(SAMPLE, medium=Medium.ETHERNET))
    (waiting,) = Names(device.state).at(here)
    assert (waiting.kind, waiting.text("D"), waiting.text("CM")) == (COMMISSIONABLE, "2620", "1")
    assert (waiting.port, waiting.addresses) == (5540, ("::1",))
    assert not device.state.advertises
    device = Device()
    _, authority, _ = commissioned(device)
    (operational,) = Names(device.state).at(here)
    assert operational.kind == OPERATIONAL
    assert operational.instance == authority.identity.instance(NODE)
    assert operational.text("SII") == "500"


def test_it_joins_the_thread_network_by_its_dataset() -> None:
    dataset = thread_network.dataset()
    assert thread.join(dataset.secret) is NetworkStatus.SUCCESS
    assert thread.join(thread_network.dataset(key=bytes(16)).secret) is NetworkStatus.AUTH_FAILURE
    assert thread.join(thread_network.dataset(extended=bytes(8)).secret) is NetworkStatus.NETWORK_NOT_FOUND
    assert thread.join(Secret(dataset.secret.reveal()[:-1])) is NetworkStatus.NETWORK_NOT_FOUND
    assert thread.taken(dataset.secret) == dataset
    assert (thread.taken(None), thread.taken(Secret(b"\0"))) == (None, None)
