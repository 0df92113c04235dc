"""Messages and sessions: as others write them, there and back, and octets that are none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.messages import (
    BadMessage,
    ChannelCode,
    CounterExhausted,
    Duplicate,
    Ends,
    General,
    Header,
    Message,
    Opcode,
    Reason,
    SecureSession,
    StatusReport,
    UnsecuredSession,
    header,
    message,
    status,
)
from companion.protocols.matter.messages.counters import ReceiveWindow, SendCounter
from companion.secret import Secret

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "messages.json").read_text(encoding="utf-8"))
SECURE, UNSECURED = VECTORS["secure"], VECTORS["unsecured"]
NODE = int(UNSECURED["node"], 16)
KEYS = SessionKeys(Secret(bytes(16)), Secret(bytes(range(16))), Secret(b"challenge" + bytes(7)))
HELLO = Message(25811, True, 0, Opcode.PBKDF_PARAM_REQUEST, b"hello", reliable=True)


def raw(name: str) -> bytes:
    return bytes.fromhex(UNSECURED[name]["octets"])


def ends(first: int | None = None) -> tuple[SecureSession, SecureSession]:
    """Both ends of a CASE session."""
    one = SecureSession(KEYS, Ends(True, 11, 22, own_node=7, peer_node=9), first=first)
    return one, SecureSession(KEYS, Ends(False, 22, 11, own_node=9, peer_node=7))


@pytest.mark.parametrize("vector", SECURE["messages"])
def test_secure_messages_look_as_in_the_sdk(vector: dict[str, str]) -> None:
    """With the SDK's test key for both directions."""
    key = Secret(bytes.fromhex(SECURE["key"]))
    keys, session = SessionKeys(key, key, key), SECURE["session"]
    sender = SecureSession(keys, Ends(True, 1, session), first=SECURE["counter"])
    plain = message.decode(bytes.fromhex(vector["plain"]), 0)
    assert plain.payload.hex() == vector["payload"] and plain.initiator and plain.reliable
    assert plain.encode().hex() == vector["plain"]
    assert sender.seal(plain).hex() == vector["sealed"]
    assert sender.last_counter == SECURE["counter"]
    receiver = SecureSession(keys, Ends(False, session, 1))
    got = receiver.open(bytes.fromhex(vector["sealed"]))
    assert got == plain and got.counter == SECURE["counter"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SECURE["wrong"][0], Reason.NOT_AUTHENTIC),
        (SECURE["wrong"][1], Reason.NOT_AUTHENTIC),
        (SECURE["private"], Reason.UNSUPPORTED),
        (SECURE["group"], Reason.UNSUPPORTED),
    ],
)
def test_what_the_sdk_drops_is_dropped(data: str, reason: Reason) -> None:
    key = Secret(bytes.fromhex(SECURE["key"]))
    receiver = SecureSession(SessionKeys(key, key, key), Ends(False, SECURE["session"], 1))
    with pytest.raises(BadMessage) as caught:
        receiver.open(bytes.fromhex(data))
    assert caught.value.reason is reason


def test_unsecured_messages_look_as_in_matter_js() -> None:
    request = UNSECURED["request"]
    initiator = UnsecuredSession.initiator(NODE, first=request["counter"])
    responder = UnsecuredSession.responder(first=UNSECURED["response"]["counter"])
    asked = responder.open(raw("request"))
    assert (asked.exchange, asked.opcode, asked.counter) == (25811, 0x20, request["counter"])
    assert asked.initiator and asked.reliable and asked.protocol == 0
    assert initiator.seal(asked) == raw("request")
    answered = initiator.open(raw("response"))
    assert answered.acknowledged == request["counter"] and not answered.initiator
    assert responder.seal(answered) == raw("response")


def test_an_extension_is_stepped_over() -> None:
    extended = UnsecuredSession.responder().open(bytes.fromhex(UNSECURED["extended"]))
    assert extended == UnsecuredSession.responder().open(raw("request"))
    with pytest.raises(BadMessage) as caught:
        UnsecuredSession.responder().open(bytes.fromhex(UNSECURED["header extended"]))
    assert caught.value.reason is Reason.UNSUPPORTED


MESSAGES = st.builds(
    Message,
    exchange=st.integers(0, 0xFFFF),
    initiator=st.booleans(),
    protocol=st.integers(0, 0xFFFFFFFF),
    opcode=st.integers(0, 255),
    payload=st.binary(max_size=40),
    reliable=st.booleans(),
    acknowledged=st.none() | st.integers(0, 0xFFFFFFFF),
)
NODES = st.none() | st.integers(0, 2**64 - 1)


@given(MESSAGES)
def test_any_message_comes_back(said: Message) -> None:
    assert message.decode(said.encode(), 3) == said
    one, other = ends()
    assert other.open(one.seal(said)) == said
    assert one.open(other.seal(said)) == said


@given(st.builds(Header, st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF), NODES, NODES), st.binary())
def test_any_header_comes_back(head: Header, behind: bytes) -> None:
    octets = head.encode()
    assert header.decode(octets + behind) == (head, len(octets))
    for length in range(len(octets)):
        with pytest.raises(BadMessage):
            header.decode(octets[:length])


@given(st.binary(max_size=64))
def test_any_octets_are_a_message_or_bad(data: bytes) -> None:
    for session in (UnsecuredSession.responder(), ends()[0], UnsecuredSession.initiator(5)):
        try:
            got = session.open(data)
        except BadMessage as bad:
            assert isinstance(bad.leaf, ProtocolViolation) and bad.reason.value in bad.leaf.detail
        else:
            assert isinstance(session, UnsecuredSession) and len(got.payload) < len(data)


@pytest.mark.parametrize("cut", [0, 2, 5, 6, 9])
def test_a_protocol_header_that_is_cut_off_is_bad(cut: int) -> None:
    whole = replace(HELLO, acknowledged=5).encode()[:10]
    with pytest.raises(BadMessage) as caught:
        message.decode(whole[:cut], 0)
    assert caught.value.reason is Reason.CUT_OFF


def test_an_extension_that_is_cut_off_is_bad() -> None:
    with pytest.raises(BadMessage) as caught:
        message.decode(bytes.fromhex("0d20d36400000300"), 0)
    assert caught.value.reason is Reason.CUT_OFF


@pytest.mark.parametrize(
    ("data", "reason"), [("10" + "00" * 20, Reason.VERSION), ("03" + "00" * 20, Reason.UNSUPPORTED)]
)
def test_headers_of_other_kinds_are_bad(data: str, reason: Reason) -> None:
    with pytest.raises(BadMessage) as caught:
        header.decode(bytes.fromhex(data))
    assert caught.value.reason is reason


def test_an_unsecured_session_is_with_one_node() -> None:
    one, other, stranger = UnsecuredSession.initiator(5), UnsecuredSession.responder(), 6
    other.open(one.seal(HELLO))
    with pytest.raises(BadMessage, match="node"):
        other.open(UnsecuredSession.initiator(stranger).seal(HELLO))
    with pytest.raises(BadMessage):
        one.open(one.seal(HELLO))  # its own message comes back
    with pytest.raises(BadMessage):
        other.open(Header(7, 1, 5).encode() + HELLO.encode())
    with pytest.raises(BadMessage):
        other.open(Header(0, 1, 5, 5).encode() + HELLO.encode())
    assert one.open(other.seal(HELLO)) == HELLO


def test_an_unsecured_message_is_taken_once() -> None:
    responder, data = UnsecuredSession.responder(), raw("request")
    responder.open(data)
    with pytest.raises(Duplicate):
        responder.open(data)


def test_a_random_node_starts_an_unsecured_session() -> None:
    first, second = (UnsecuredSession.initiator().seal(HELLO) for _ in range(2))
    assert header.decode(first)[0].source != header.decode(second)[0].source


def test_a_secure_message_is_taken_once_and_by_its_receiver() -> None:
    one, other = ends()
    data = one.seal(HELLO)
    assert other.open(data) == HELLO
    with pytest.raises(Duplicate) as caught:
        other.open(data)
    assert caught.value.message == HELLO and caught.value.reason is Reason.DUPLICATE
    with pytest.raises(BadMessage) as reflected:
        one.open(data)
    assert reflected.value.reason is Reason.DESTINATION


@given(st.data())
def test_a_changed_bit_is_never_taken(data: st.DataObject) -> None:
    one, other = ends()
    sealed = bytearray(one.seal(HELLO))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadMessage):
        other.open(bytes(sealed))


def test_a_message_of_another_node_is_not_authentic() -> None:
    one, _ = ends()
    other = SecureSession(KEYS, Ends(False, 22, 11, own_node=9, peer_node=8))
    with pytest.raises(BadMessage) as caught:
        other.open(one.seal(HELLO))
    assert caught.value.reason is Reason.NOT_AUTHENTIC


def test_a_forged_counter_does_not_move_the_window() -> None:
    one, other = ends(first=1)
    data = one.seal(HELLO)
    forged = data[:4] + (0xFFFFFFF0).to_bytes(4, "little") + data[8:]
    with pytest.raises(BadMessage):
        other.open(forged)
    assert other.open(data) == HELLO


def test_a_session_gives_its_attestation_challenge_and_shows_no_key() -> None:
    one, _ = ends()
    assert one.attestation_challenge == KEYS.attestation
    assert "hello" not in repr(HELLO)


def test_a_session_ends_with_its_counters() -> None:
    one, other = ends(first=0xFFFFFFFF)
    assert other.open(one.seal(HELLO)).counter == 0xFFFFFFFF
    with pytest.raises(CounterExhausted):
        one.seal(HELLO)
    unsecured = UnsecuredSession.initiator(5, first=0xFFFFFFFF)
    responder = UnsecuredSession.responder()
    assert [responder.open(unsecured.seal(HELLO)).counter for _ in range(2)] == [0xFFFFFFFF, 0]


def test_counters_start_at_random_below_28_bits() -> None:
    starts = {SendCounter().next() for _ in range(20)}
    assert len(starts) > 10 and all(0 < start <= 1 << 28 for start in starts)


@pytest.mark.parametrize(
    ("secured", "counters", "new"),
    [
        (True, [5, 5, 6, 5, 4], [True, False, True, False, True]),
        (True, [100, 68, 67, 68], [True, True, False, False]),
        (True, [100, 132, 100, 99, 131], [True, True, False, False, True]),
        (True, [100, 133, 101, 100], [True, True, True, False]),
        (True, [1, 0], [True, False]),
        (True, [0xFFFFFFFF, 0], [True, False]),
        (False, [100, 100, 99, 99, 68], [True, False, True, False, True]),
        (False, [100, 67, 100, 67], [True, True, True, True]),
        (False, [0xFFFFFFFF, 0, 1], [True, True, True]),
    ],
)
def test_a_counter_is_new_once(secured: bool, counters: list[int], new: list[bool]) -> None:
    window = ReceiveWindow(secured=secured)
    assert [window.is_new(counter) for counter in counters] == new


@given(st.lists(st.integers(1, 200), max_size=60))
def test_a_secured_window_takes_no_counter_twice(counters: list[int]) -> None:
    window = ReceiveWindow(secured=True)
    taken = [counter for counter in counters if window.is_new(counter)]
    assert len(taken) == len(set(taken))
    assert not counters or max(counters) in taken


def test_status_reports_look_as_in_the_specification() -> None:
    assert status.ESTABLISHED.encode().hex() == "0000000000000000"
    assert status.INVALID_PARAMETER.encode().hex() == "0100000000000200"
    assert status.busy(5000).encode().hex() == "08000000000004008813"
    assert status.CLOSE_SESSION.encode().hex() == "0000000000000300"
    assert status.NO_SHARED_TRUST_ROOTS.encode().hex() == "0100000000000100"


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF), st.binary(max_size=9))
def test_any_status_report_comes_back(general: int, code: int, protocol: int, data: bytes) -> None:
    report = StatusReport(general, code, protocol, data)
    assert status.decode(report.encode()) == report


def test_a_status_report_says_what_it_means() -> None:
    assert status.ESTABLISHED.is_success and not status.CLOSE_SESSION.is_success
    assert status.CLOSE_SESSION.closes_session and not status.INVALID_PARAMETER.closes_session
    assert status.busy(1500).busy_seconds == 1.5
    assert StatusReport(General.BUSY, ChannelCode.BUSY).busy_seconds == 0.0
    assert status.ESTABLISHED.busy_seconds is None
    assert StatusReport(General.BUSY, ChannelCode.GENERAL).busy_seconds is None
    assert status.INVALID_PARAMETER.wording == "FAILURE, INVALID_PARAMETER"
    assert StatusReport(99, 0x1234).wording == "0x0063, 0x1234"
    assert StatusReport(1, 3, protocol=1).wording == "FAILURE, 0x0003"
    with pytest.raises(BadMessage):
        status.decode(bytes(7))


def test_a_message_knows_what_it_is() -> None:
    assert replace(HELLO, opcode=Opcode.STATUS_REPORT).is_status_report
    assert not replace(HELLO, opcode=Opcode.STATUS_REPORT, protocol=1).is_status_report
    assert replace(HELLO, opcode=Opcode.STANDALONE_ACKNOWLEDGEMENT).is_acknowledgement
    assert not HELLO.is_acknowledgement


@pytest.mark.parametrize("largest", [40, 0x7FFFFFFF, 0x80000000, 0xFFFFFF00])
@pytest.mark.parametrize("ahead", [1, 2, 31, 32, 33, 64])
def test_behind_the_largest_counter_lie_32_that_may_still_come(largest: int, ahead: int) -> None:
    """As the Matter SDK has it."""
    window = ReceiveWindow(secured=True)
    assert window.is_new(largest) and not window.is_new(largest)
    assert window.is_new(largest + ahead)
    may_come = [largest + ahead - back for back in range(1, 40) if window.is_new(largest + ahead - back)]
    assert may_come == [largest + ahead - back for back in range(1, 33) if back != ahead]
