"""What is heard from an Improv device, in whatever order it comes."""

import pytest

from companion.errors import (
    DeviceInternal,
    JoinFailed,
    NetworkNotFound,
    ProtocolViolation,
    WrongPassphrase,
)
from companion.model import Network, WifiCredentials, WifiSecurity
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Command, Fault, Result
from companion.protocols.improv.device_state import DeviceState, join_failure, refusal
from companion.secret import Secret

LINK = codec.frame(codec.rpc(Command.SEND_WIFI, codec.pack_strings((b"http://lamp/",))))
SEEN = (Network(b"Workshop", WifiSecurity.WPA2), Network(b"Guests", WifiSecurity.OPEN))


def test_results_are_kept_by_command_until_taken() -> None:
    heard = DeviceState()
    heard.receive_result(LINK)
    assert heard.has(Command.SEND_WIFI) and not heard.has(Command.SCAN)
    assert heard.take(Command.SEND_WIFI) == Result(1, (b"http://lamp/",))
    assert heard.take(Command.SEND_WIFI) is None


def test_a_result_in_two_notifications_is_one_result() -> None:
    heard = DeviceState()
    heard.receive_result(LINK[:5])
    assert heard.cut_off and not heard.has(Command.SEND_WIFI)
    heard.receive_result(LINK[5:])
    assert not heard.cut_off and heard.has(Command.SEND_WIFI)


def test_a_result_that_was_cut_off_is_read_whole() -> None:
    heard = DeviceState()
    heard.receive_result(LINK[:5])
    heard.read_result(LINK)
    assert not heard.cut_off and heard.has(Command.SEND_WIFI)


def test_reading_a_mere_piece_changes_nothing() -> None:
    heard = DeviceState()
    heard.receive_result(LINK[:5])
    heard.read_result(LINK[:5])
    heard.receive_result(LINK[5:])
    assert heard.has(Command.SEND_WIFI)


def test_an_earlier_error_does_not_count_for_the_next_command() -> None:
    heard = DeviceState()
    heard.receive_fault(b"\x03")
    heard.begin_command()
    assert heard.fault is Fault.NONE


def test_a_result_with_a_wrong_checksum_is_the_devices_fault() -> None:
    with pytest.raises(ProtocolViolation):
        DeviceState().receive_result(LINK[:-1] + b"\x00")


@pytest.mark.parametrize(
    ("wifi", "networks", "meant"),
    [
        (WifiCredentials(b"Workshop", Secret("12345678")), SEEN, WrongPassphrase),
        (WifiCredentials(b"Nowhere", Secret("12345678")), SEEN, NetworkNotFound),
        (WifiCredentials(b"Nowhere", Secret("12345678"), hidden=True), SEEN, JoinFailed),
        (WifiCredentials(b"Guests", None, WifiSecurity.OPEN), SEEN, JoinFailed),
        (WifiCredentials(b"Workshop", Secret("12345678")), None, JoinFailed),
    ],
)
def test_why_joining_failed_is_said_as_far_as_it_is_known(
    wifi: WifiCredentials, networks: tuple[Network, ...] | None, meant: type
) -> None:
    error = join_failure(wifi, networks)
    assert type(error) is meant
    assert wifi.name in error.title_text


def test_other_errors_are_the_devices() -> None:
    assert isinstance(refusal(Fault.UNKNOWN_RPC), ProtocolViolation)
    assert isinstance(refusal(Fault.UNKNOWN), DeviceInternal)
