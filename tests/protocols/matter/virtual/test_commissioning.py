"""From the factory to a fabric and back: what the device says yes and no to."""

from __future__ import annotations

import pytest

from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import network_commissioning as networks
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.general_commissioning import (
    CommissioningError,
    RegulatoryLocation,
    SetRegulatoryConfig,
)
from companion.protocols.matter.clusters.network_commissioning import AddWifi, NetworkStatus, ScanNetworks
from companion.protocols.matter.clusters.operational_credentials import (
    AddNoc,
    AddRoot,
    ByIndex,
    CsrRequest,
    NocStatus,
    UpdateNoc,
)
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Reason
from companion.protocols.matter.interaction.status import InteractionFailed, Status
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.state import effects
from companion.secret import Secret
from companion.virtual.access_points import DEMO, HAFEN
from tests.protocols.matter.certificates.builders import VALIDITY
from tests.protocols.matter.virtual.in_process import (
    ADMINISTRATOR,
    NODE,
    VENDOR,
    Controller,
    Device,
    commissioned,
    fabric,
)


def status_of(failed: pytest.ExceptionInfo[InteractionFailed]) -> int:
    return failed.value.block.status


def test_it_is_commissioned_and_keeps_what_it_was_given() -> None:
    device = Device()
    controller, authority, _ = commissioned(device)
    assert device.happened(effects.Commissioned) and not device.state.advertises
    (member,) = device.saved[-1].members
    assert member.credentials.fabric == authority.identity
    assert device.saved[-1].networks[0].credentials == HAFEN.passphrase
    assert controller.read(networks.NETWORKS)[0].connected
    assert controller.read(credentials.CURRENT_FABRIC) == 1


def test_nothing_is_kept_before_the_commissioner_has_finished() -> None:
    device = Device()
    authority, _ = fabric()
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    commissioner.hand_over(authority)
    commissioner.connect()
    assert not device.saved


@pytest.mark.parametrize("ends", ["by itself", "by the commissioner"])
def test_when_the_fail_safe_ends_all_is_as_before(ends: str) -> None:
    device = Device()
    authority, own = fabric()
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    commissioner.hand_over(authority)
    commissioner.connect()
    if ends == "by itself":
        device.wait(61)
    else:
        assert commissioner.arm(0) is CommissioningError.OK
    assert device.happened(effects.Reverted)
    assert not device.state.settings.members and not device.state.settings.networks
    assert device.state.advertises and not device.state.online
    with pytest.raises(EstablishmentFailed) as failed:
        Controller(device, device.lan).case(own)
    assert failed.value.reason is Reason.NO_SHARED_ROOT
    device.ble.end()
    assert commissioned(Device())[0], "and it can be commissioned again"


def test_it_can_be_commissioned_after_an_attempt_that_was_given_up() -> None:
    device = Device()
    first = Controller(device, device.ble).pase()
    first.arm()
    first.hand_over(fabric()[0])
    device.wait(61)
    device.ble.end()
    commissioned(device)


def test_a_fail_safe_is_never_longer_than_it_may_be() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    for _ in range(16):
        commissioner.arm()
        device.wait(59)
    assert device.happened(effects.Reverted)


def test_only_the_fabrics_administrator_can_finish() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    assert commissioner.complete() is CommissioningError.NO_FAIL_SAFE
    commissioner.arm()
    commissioner.hand_over(fabric()[0])
    assert commissioner.complete() is CommissioningError.INVALID_AUTHENTICATION


def test_a_second_commissioner_has_to_wait_for_the_first() -> None:
    device = Device()
    first = Controller(device, device.ble).pase()
    first.arm()
    with pytest.raises(EstablishmentFailed) as failed:
        Controller(device, device.ble, "another").pase()
    assert failed.value.reason is Reason.BUSY and failed.value.retry_after is not None
    first.hand_over(fabric()[0])
    device.ble.end()
    second = Controller(device, device.ble, "another").pase()
    assert second.arm() is CommissioningError.BUSY_WITH_OTHER_ADMIN


def test_a_wrong_passcode_counts_and_the_twentieth_closes_the_window() -> None:
    device = Device(wrong={Fault.WRONG_PASSCODE: 0.0})
    for _ in range(20):
        assert device.state.advertises
        with pytest.raises(EstablishmentFailed) as failed:
            Controller(device, device.ble).pase()
        assert failed.value.reason is Reason.PASSCODE
        device.ble.end()
    assert not device.state.advertises
    with pytest.raises(EstablishmentFailed) as failed:
        Controller(device, device.ble).pase()
    assert failed.value.reason is Reason.REFUSED


def test_a_commissioned_device_lets_nobody_in() -> None:
    for device in (Device(wrong={Fault.ALREADY_COMMISSIONED: 0.0}), Device()):
        if not device.state.settings.members:
            commissioned(device)
        assert not device.state.advertises
        with pytest.raises(EstablishmentFailed) as failed:
            Controller(device, device.lan).pase()
        assert failed.value.reason is Reason.REFUSED


def test_a_busy_device_says_when_to_come_again() -> None:
    device = Device(wrong={Fault.BUSY: 0.0})
    with pytest.raises(EstablishmentFailed) as failed:
        Controller(device, device.ble).pase()
    assert (failed.value.reason, failed.value.retry_after) == (Reason.BUSY, 5.0)


# --- certificates ----------------------------------------------------------------------------------------


def test_certificates_need_a_fail_safe() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    authority, _ = fabric()
    for query, request in (
        (credentials.CSR_REQUEST, CsrRequest(bytes(32))),
        (credentials.ADD_NOC, AddNoc(b"", authority.ipk, ADMINISTRATOR, VENDOR)),
        (credentials.UPDATE_NOC, UpdateNoc(b"")),
    ):
        with pytest.raises(InteractionFailed) as failed:
            commissioner.ask(query, request)  # type: ignore[arg-type]  # each with its own request
        assert status_of(failed) == Status.FAILSAFE_REQUIRED
    with pytest.raises(InteractionFailed) as failed:
        commissioner.tell(credentials.ADD_TRUSTED_ROOT, AddRoot(authority.root.as_tlv()))
    assert status_of(failed) == Status.FAILSAFE_REQUIRED


def test_a_certificate_must_be_asked_for_and_be_for_the_asked_key() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    authority, _ = fabric()
    stranger = authority.issue(KeyPair.generate().public, NODE, VALIDITY).noc.as_tlv()
    request = AddNoc(stranger, authority.ipk, ADMINISTRATOR, VENDOR)
    assert commissioner.ask(credentials.ADD_NOC, request).status is NocStatus.MISSING_CSR
    asked = commissioner.request_key()
    assert commissioner.ask(credentials.ADD_NOC, request).status is NocStatus.INVALID_NOC, "no root"
    commissioner.tell(credentials.ADD_TRUSTED_ROOT, AddRoot(authority.root.as_tlv()))
    assert commissioner.ask(credentials.ADD_NOC, request).status is NocStatus.INVALID_PUBLIC_KEY
    foreign = fabric()[0].issue(asked, NODE, VALIDITY).noc.as_tlv()
    request = AddNoc(foreign, authority.ipk, ADMINISTRATOR, VENDOR)
    assert commissioner.ask(credentials.ADD_NOC, request).status is NocStatus.INVALID_NOC
    for admin in (0, 0xFFFF_FFFD_0001_0000, 0xFFFF_FFFF_FFFF_0001):
        good = authority.issue(asked, NODE, VALIDITY).noc.as_tlv()
        request = AddNoc(good, authority.ipk, admin, VENDOR)
        answer = commissioner.ask(credentials.ADD_NOC, request)
        assert answer.status is NocStatus.INVALID_ADMIN_SUBJECT
    request = AddNoc(good, authority.ipk, ADMINISTRATOR, VENDOR, icac=b"")
    assert commissioner.ask(credentials.ADD_NOC, request).status is NocStatus.OK, "empty is none"
    with pytest.raises(InteractionFailed) as failed:
        commissioner.ask(credentials.ADD_NOC, request)
    assert status_of(failed) == Status.CONSTRAINT_ERROR
    with pytest.raises(InteractionFailed) as failed:
        commissioner.request_key()
    assert status_of(failed) == Status.CONSTRAINT_ERROR


def test_what_is_no_root_is_not_trusted() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    authority, own = fabric()
    for wrong in (b"\x15\x18", own.noc):
        with pytest.raises(InteractionFailed) as failed:
            commissioner.tell(credentials.ADD_TRUSTED_ROOT, AddRoot(wrong))
        assert status_of(failed) == Status.INVALID_COMMAND
    commissioner.tell(credentials.ADD_TRUSTED_ROOT, AddRoot(authority.root.as_tlv()))
    assert commissioner.read(credentials.TRUSTED_ROOTS) == (authority.root.as_tlv(),)
    with pytest.raises(InteractionFailed) as failed:
        commissioner.tell(credentials.ADD_TRUSTED_ROOT, AddRoot(authority.root.as_tlv()))
    assert status_of(failed) == Status.CONSTRAINT_ERROR


def test_a_full_table_has_no_place() -> None:
    device = Device(wrong={Fault.TABLE_FULL: 0.0})
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    assert commissioner.hand_over(fabric()[0]).status is NocStatus.TABLE_FULL


def test_its_certificate_is_renewed_and_the_old_one_comes_back_with_the_fail_safe() -> None:
    device = Device()
    controller, authority, own = commissioned(device)
    before = device.state.settings.members[0].credentials
    with pytest.raises(InteractionFailed) as failed:
        controller.request_key(renewing=True)
    assert status_of(failed) == Status.FAILSAFE_REQUIRED
    controller.arm()
    asked = controller.request_key(renewing=True)
    renewed = authority.issue(asked, NODE, VALIDITY).noc.as_tlv()
    assert controller.ask(credentials.UPDATE_NOC, UpdateNoc(renewed)).status is NocStatus.OK
    assert device.state.settings.members[0].credentials.noc == renewed
    assert device.saved[-1].members[0].credentials == before
    again = Controller(device, device.lan, "again").case(own)
    assert again.complete() is CommissioningError.OK
    assert device.saved[-1].members[0].credentials.noc == renewed
    again.arm()
    asked = again.request_key(renewing=True)
    more = authority.issue(asked, NODE, VALIDITY).noc.as_tlv()
    again.ask(credentials.UPDATE_NOC, UpdateNoc(more))
    device.wait(61)
    assert device.state.settings.members[0].credentials.noc == renewed


def test_a_session_is_resumed_once() -> None:
    device = Device()
    controller, _, own = commissioned(device)
    controller.case(own)
    assert controller.read(credentials.COMMISSIONED_FABRICS) == 1
    assert len(device.state.sessions.all) == 3


# --- networks --------------------------------------------------------------------------------------------


def test_it_sees_the_networks_around_it() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    found = commissioner.ask(networks.SCAN_NETWORKS, ScanNetworks())
    assert found.wifi[0].ssid == HAFEN.ssid and len(found.wifi) == len(DEMO.points)
    one = commissioner.ask(networks.SCAN_NETWORKS, ScanNetworks(HAFEN.ssid))
    assert [each.ssid for each in one.wifi] == [HAFEN.ssid]


@pytest.mark.parametrize(
    ("ssid", "passphrase", "status"),
    [
        (HAFEN.ssid, "not the passphrase", NetworkStatus.AUTH_FAILURE),
        (b"Elsewhere", "whatever it is", NetworkStatus.NETWORK_NOT_FOUND),
        (b"Leuchtturm", "far from anywhere", NetworkStatus.IP_BIND_FAILED),
    ],
)
def test_a_network_that_it_can_not_join_is_told_by_its_status(
    ssid: bytes, passphrase: str, status: NetworkStatus
) -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    commissioner.arm()
    assert commissioner.connect(ssid, Secret(passphrase)) is status
    assert commissioner.read(networks.LAST_STATUS) is status
    assert commissioner.read(networks.LAST_NETWORK) == ssid
    assert not device.state.online


def test_networks_need_a_fail_safe_too() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    with pytest.raises(InteractionFailed) as failed:
        commissioner.ask(networks.ADD_WIFI, AddWifi(HAFEN.ssid, HAFEN.passphrase))
    assert status_of(failed) == Status.FAILSAFE_REQUIRED


def test_the_country_is_set_under_the_fail_safe() -> None:
    device = Device()
    commissioner = Controller(device, device.ble).pase()
    request = SetRegulatoryConfig(RegulatoryLocation.INDOOR, "DE", 7)
    answer = commissioner.ask(general.SET_REGULATORY_CONFIG, request)
    assert answer.error is CommissioningError.NO_FAIL_SAFE
    commissioner.arm()
    commissioner.ask(general.SET_REGULATORY_CONFIG, request)
    assert commissioner.read(basic.LOCATION) == "DE"
    assert commissioner.read(general.BREADCRUMB) == 7


# --- the end ---------------------------------------------------------------------------------------------


def test_removed_from_its_last_fabric_it_is_as_new() -> None:
    device = Device()
    controller, _, own = commissioned(device)
    assert controller.ask(credentials.REMOVE_FABRIC, ByIndex(7)).status is NocStatus.INVALID_FABRIC_INDEX
    assert controller.ask(credentials.REMOVE_FABRIC, ByIndex(1)).status is NocStatus.OK
    assert device.happened(effects.Forgotten) and device.state.advertises
    assert not device.saved[-1].members and not device.saved[-1].networks
    assert not device.lan.outgoing() + device.ble.outgoing()
    assert not device.state.sessions.all, "its sessions end with the last answer"
    with pytest.raises(EstablishmentFailed):
        Controller(device, device.lan).case(own)
