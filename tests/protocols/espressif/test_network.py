"""prov-scan, prov-config and prov-ctrl against a virtual device core."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import (
    CompanionError,
    CredentialsUnusable,
    DeviceInternal,
    DeviceNeedsReset,
    ProtocolViolation,
    ThreadDatasetUnusable,
)
from companion.model import Network, WifiCredentials, WifiSecurity
from companion.networks.survey import strongest_first
from companion.networks.thread import read
from companion.networks.thread.dataset import Entry
from companion.protocols.espressif.dialogues import config, control, scan
from companion.protocols.espressif.dialogues.config import Join, NetworkStatus
from companion.protocols.espressif.dialogues.custom import custom
from companion.protocols.espressif.dialogues.exchange import Exchange, Request
from companion.protocols.espressif.proto import config_pb2, scan_pb2
from companion.protocols.espressif.virtual.network import JoinState
from companion.protocols.espressif.virtual.options import IDF_4_4, IDF_5_1, IDF_6_0_THREAD, EspressifFault
from companion.secret import Secret
from companion.virtual.access_points import AccessPoint, AccessPoints
from tests.networks.thread.samples import DATASET
from tests.protocols.espressif.device_session import DeviceSession, run

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))


def secured(**options: object) -> DeviceSession:
    device_session = DeviceSession.with_device(**options)
    device_session.secure()
    return device_session


def outcome(device_session: DeviceSession, wifi: WifiCredentials) -> NetworkStatus:
    device_session.run(config.set_wifi(wifi))
    device_session.run(config.apply_wifi())
    status = device_session.run(config.wifi_status())
    while status.join is Join.TRYING:
        status = device_session.run(config.wifi_status())
    return status


@pytest.mark.parametrize(
    "wifi",
    [
        WORKSHOP,
        WifiCredentials("café".encode(), Secret("crème brûlée"), WifiSecurity.WPA2_WPA3),
        WifiCredentials(b"Guests", None, WifiSecurity.OPEN),
        WifiCredentials(b"Attic", Secret("under the roof"), hidden=True),
    ],
    ids=["plain", "UTF-8", "open", "hidden"],
)
def test_a_device_joins(wifi: WifiCredentials) -> None:
    status = outcome(secured(), wifi)
    assert (status.join, status.network) == (Join.JOINED, wifi.ssid)
    assert status.address.count(".") == 3


@pytest.mark.parametrize(
    ("ssid", "passphrase"),
    [("网" * 10 + "é", "x" * 63), ("s" * 32, "x" * 8), ("n", "é" * 31)],
    ids=["32 octets of UTF-8", "longest name", "shortest name"],
)
def test_the_longest_names_and_passphrases_arrive_whole(ssid: str, passphrase: str) -> None:
    point = AccessPoint(ssid.encode(), Secret(passphrase))
    device_session = secured(access_points=AccessPoints((point,)))
    assert outcome(device_session, WifiCredentials(point.ssid, point.passphrase)).join is Join.JOINED


@pytest.mark.parametrize(
    "wifi",
    [
        WifiCredentials(b"", Secret("password")),
        WifiCredentials(b"x" * 33, Secret("password")),
        WifiCredentials(b"x", Secret("short")),
        WifiCredentials(b"x", Secret("0" * 64)),
        WifiCredentials(b"x", Secret("é" * 32)),
    ],
    ids=["no name", "long name", "short passphrase", "64 hex digits", "64 octets"],
)
def test_what_no_device_can_use_is_not_sent(wifi: WifiCredentials) -> None:
    device_session = secured()
    sent = len(device_session.requests)
    with pytest.raises(CredentialsUnusable) as raised:
        device_session.run(config.set_wifi(wifi))
    assert len(device_session.requests) == sent
    assert "0000" not in str(raised.value)


def test_a_wep_key_may_be_short() -> None:
    config.WIFI.check(WifiCredentials(b"x", Secret("12345"), WifiSecurity.WEP))


def test_a_wrong_passphrase_can_be_mended_on_the_same_link() -> None:
    device_session = secured()
    assert (
        outcome(device_session, WifiCredentials(b"Workshop", Secret("wrong horse"))).join is Join.WRONG_SECRET
    )
    device_session.run(control.reset("wifi"))
    assert outcome(device_session, WORKSHOP).join is Join.JOINED


def test_an_unknown_network_is_not_a_wrong_passphrase() -> None:
    assert outcome(secured(), WifiCredentials(b"Nowhere", Secret("password"))).join is Join.NOT_FOUND


def test_firmware_without_reset_keeps_its_first_credentials() -> None:
    device_session = secured(security=1, firmware=IDF_4_4)
    assert (
        outcome(device_session, WifiCredentials(b"Workshop", Secret("wrong horse"))).join is Join.WRONG_SECRET
    )
    device_session.run(config.set_wifi(WORKSHOP))
    with pytest.raises(DeviceNeedsReset):
        device_session.run(config.apply_wifi())


def test_a_reset_is_legal_only_after_a_failure() -> None:
    with pytest.raises(DeviceInternal):
        secured().run(control.reset("wifi"))


def test_reprovision_lets_a_provisioned_device_wait_again() -> None:
    device_session = secured()
    outcome(device_session, WORKSHOP)
    device_session.run(control.reprovision("wifi"))
    assert device_session.device.network.state is JoinState.WAITING


def test_all_zeros_are_not_taken_for_connected() -> None:
    device_session = secured(faults=frozenset({EspressifFault.ZERO_STATUS}))
    device_session.run(config.set_wifi(WORKSHOP))
    device_session.run(config.apply_wifi())
    assert device_session.run(config.wifi_status()).join is Join.NOT_JOINED


def test_a_failed_attempt_that_will_be_repeated_is_still_an_attempt() -> None:
    answer = config_pb2.Config(msg=config_pb2.WIFI_STATUS)
    answer.wifi_status.state = config_pb2.STATION_CONNECTING
    answer.wifi_status.attempt_failed.attempts_remaining = 2
    status = run(config.wifi_status(), lambda request: answer.SerializeToString())
    assert status == NetworkStatus(Join.TRYING, attempts_left=2)


# --- scans ------------------------------------------------------------------------------------------


def scanned(kind: str = "wifi") -> Exchange[Any]:
    """A scan as the driver does it, of a device that has finished when it is asked."""
    yield from scan.start(kind)
    number = yield from scan.count(kind)
    assert number is not None
    return (yield from {"wifi": scan.wifi_results, "thread": scan.thread_results}[kind](number))


def test_no_scan_holds_its_answer_back_and_none_that_goes_on_is_taken_for_an_end() -> None:
    asked, answer = scan_pb2.Scan(), scan_pb2.Scan(msg=scan_pb2.WIFI_SCAN_STATUS)
    asked.ParseFromString(next(scan.start("wifi")).body)
    assert not asked.start_wifi_scan.blocking
    answer.wifi_scan_status.result_count = 3
    assert run(scan.count("wifi"), lambda request: answer.SerializeToString()) is None


def many(count: int) -> AccessPoints:
    return AccessPoints(tuple(AccessPoint(f"net {n:02}".encode(), rssi=-40 - n) for n in range(count)))


@pytest.mark.parametrize("count", [0, 1, 4, 5, 16])
def test_a_scan_asks_for_exactly_what_there_is(count: int) -> None:
    """Old firmware dies when asked for one more; the virtual one ends the link then."""
    device_session = secured(firmware=IDF_5_1, access_points=many(count))
    assert [n.name for n in device_session.run(scanned())] == [f"net {n:02}" for n in range(count)]
    ranges = []
    for request in device_session.requests:
        asked = scan_pb2.Scan()
        if request.endpoint == scan.ENDPOINT:
            asked.ParseFromString(request.body)
        if asked.HasField("get_wifi_scan_result"):
            ranges.append((asked.get_wifi_scan_result.start_index, asked.get_wifi_scan_result.count))
    assert [index for start, size in ranges for index in range(start, start + size)] == list(range(count))
    assert all(size <= 4 for _, size in ranges)


def test_a_network_with_two_access_points_is_listed_once_with_the_stronger() -> None:
    points = (
        AccessPoint(b"both", rssi=-70),
        AccessPoint(b"weak", rssi=-80),
        AccessPoint(b"both", rssi=-50, channel=11),
    )
    networks = secured(access_points=AccessPoints(points)).run(scanned())
    assert [(n.name, n.rssi, n.channel) for n in networks] == [("both", -50, 11), ("weak", -80, 6)]


def test_hidden_networks_and_the_protection_of_each_are_told() -> None:
    networks = secured().run(scanned())
    assert {n.name: n.security for n in networks} == {
        "Workshop": WifiSecurity.WPA2,
        "café": WifiSecurity.WPA2_WPA3,
        "Guests": WifiSecurity.OPEN,
    }


@given(
    st.lists(st.builds(Network, st.binary(max_size=2), st.sampled_from(WifiSecurity), st.integers(-99, 0)))
)
def test_the_strongest_of_each_name_survives(networks: list[Network]) -> None:
    listed = strongest_first(networks)
    assert {n.ssid for n in listed} == {n.ssid for n in networks}
    assert len({n.ssid for n in listed}) == len(listed)
    assert [n.rssi for n in listed] == sorted((n.rssi for n in listed), reverse=True)
    for each in networks:
        assert next(n.rssi for n in listed if n.ssid == each.ssid) >= each.rssi


def test_a_count_that_is_noise_does_not_ask_for_ever() -> None:
    def carry(request: Request) -> bytes:
        asked = scan_pb2.Scan()
        asked.ParseFromString(request.body)
        answer = scan_pb2.Scan(msg=asked.msg + 1)
        if asked.msg == scan_pb2.START_WIFI_SCAN:
            answer.wifi_scan_started.SetInParent()
        elif asked.msg == scan_pb2.GET_WIFI_SCAN_STATUS:
            answer.wifi_scan_status.finished = True
            answer.wifi_scan_status.result_count = 2**32 - 1
        else:
            answer.wifi_scan_result.SetInParent()
        return answer.SerializeToString()

    assert run(scanned(), carry) == ()


# --- Thread ---------------------------------------------------------------------------------------


def dataset(network: str) -> Secret:
    return read(DATASET).with_entry(Entry.NETWORK_NAME, network.encode()).secret


def attached(device_session: DeviceSession, given: Secret) -> NetworkStatus:
    device_session.run(config.set_thread(given))
    device_session.run(config.apply_thread())
    status = device_session.run(config.thread_status())
    while status.join is Join.TRYING:
        status = device_session.run(config.thread_status())
    return status


def test_a_thread_device_attaches_after_a_second_try() -> None:
    device_session = secured(firmware=IDF_6_0_THREAD)
    assert [network.name for network in device_session.run(scanned("thread"))] == ["companion-mesh"]
    assert attached(device_session, dataset("elsewhere")).join is Join.NOT_FOUND
    device_session.run(control.reset("thread"))
    status = attached(device_session, dataset("companion-mesh"))
    assert (status.join, status.network) == (Join.JOINED, b"companion-mesh")


@pytest.mark.parametrize("octets", [b"", b"\x03", b"\x03\x05abc", b"\x00\xff" + b"x" * 255])
def test_what_is_no_dataset_is_not_sent(octets: bytes) -> None:
    with pytest.raises(ThreadDatasetUnusable):
        next(config.set_thread(Secret(octets)))


# --- any octets -----------------------------------------------------------------------------------

DIALOGUES = [
    lambda: config.set_wifi(WORKSHOP),
    config.apply_wifi,
    config.wifi_status,
    lambda: config.set_thread(dataset("x")),
    config.apply_thread,
    config.thread_status,
    scanned,
    lambda: scanned("thread"),
    lambda: control.reset("wifi"),
]


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_an_empty_answer_is_the_devices_fault(dialogue: object) -> None:
    with pytest.raises(ProtocolViolation):
        run(dialogue(), lambda request: b"")


@settings(deadline=None)
@given(st.sampled_from(DIALOGUES), st.binary(max_size=60))
def test_noise_is_an_error_of_our_tree_or_a_plain_answer(dialogue: object, noise: bytes) -> None:
    with suppress(CompanionError):
        run(dialogue(), lambda request: noise)


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_no_request_is_empty(dialogue: object) -> None:
    assert next(dialogue()).body


def test_an_empty_request_can_not_be_made() -> None:
    with pytest.raises(ValueError):
        next(custom("custom-data", b""))


def test_an_endpoint_of_the_application_answers_through_the_session() -> None:
    device_session = secured(custom=(("custom-data", b"well received"),))
    assert device_session.run(custom("custom-data", b"hello")) == b"well received"


def test_firmware_of_every_age_joins() -> None:
    for firmware in (replace(IDF_4_4, says_security=True), IDF_5_1):
        assert outcome(secured(firmware=firmware), WORKSHOP).join is Join.JOINED
