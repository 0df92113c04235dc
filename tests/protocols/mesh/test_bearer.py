"""Proxy PDUs: any message through writes of any size, and nothing out of order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.mesh.bearer import MOST_OCTETS, MessageType, Reassembler, segments

MESSAGES = st.lists(st.tuples(st.sampled_from(MessageType), st.binary(max_size=MOST_OCTETS)), max_size=4)


@given(MESSAGES, st.integers(2, 300))
def test_what_was_cut_is_whole_again(messages: list[tuple[MessageType, bytes]], size: int) -> None:
    reassembler = Reassembler()
    pieces = [piece for kind, message in messages for piece in segments(kind, message, size)]
    assert all(len(piece) <= size for piece in pieces)
    assert [whole for piece in pieces if (whole := reassembler.feed(piece))] == messages


def test_a_public_key_takes_four_writes_at_the_smallest_mtu() -> None:
    pieces = list(segments(MessageType.PROVISIONING, bytes(65), 20))
    assert [piece[:1].hex() for piece in pieces] == ["43", "83", "83", "c3"]
    assert list(segments(MessageType.PROVISIONING, b"\x00\x05", 20)) == [b"\x03\x00\x05"]


@pytest.mark.parametrize(
    "pdus",
    [
        [b""],
        [b"\x83"],
        [b"\xc3"],
        [b"\x43", b"\x43"],
        [b"\x43", b"\x03"],
        [b"\x43", b"\x80"],
        [b"\x43" + bytes(200), b"\x83" + bytes(56)],
    ],
)
def test_parts_out_of_order_and_endless_messages_are_refused(pdus: list[bytes]) -> None:
    reassembler = Reassembler()
    for pdu in pdus[:-1]:
        assert reassembler.feed(pdu) is None
    with pytest.raises(ProtocolViolation):
        reassembler.feed(pdus[-1])


def test_types_of_later_versions_are_passed_over() -> None:
    reassembler = Reassembler()
    assert [reassembler.feed(pdu) for pdu in (b"\x3f\x01", b"\x44\x01", b"\xc4\x02")] == [None] * 3
    assert reassembler.feed(b"\x03\x08") == (MessageType.PROVISIONING, b"\x08")
