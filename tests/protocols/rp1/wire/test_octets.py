"""The octets of RP1's messages, named: what is sealed is counted alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.octets import pieces
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID
from companion.protocols.rp1.wire.octets import dissect


def told(uuid: str, value: bytes) -> list[tuple[str, bytes | int]]:
    made = pieces(value, dissect(uuid, value, True))
    return [(str(each.name), each.size if each.octets is None else each.octets) for each in made]


@given(st.sampled_from((INFO_UUID, RX_UUID, TX_UUID, "0" * 36)), st.binary())
def test_every_octet_is_in_one_piece_whatever_comes(uuid: str, value: bytes) -> None:
    assert sum(each.size for each in pieces(value, dissect(uuid, value, False))) == len(value)


def test_the_open_handshake_is_shown_and_what_is_sealed_is_not() -> None:
    start = [("Fragment", b"\xc0"), ("Length of the message", b"\x00\x03")]
    assert told(RX_UUID, b"\xc0\x00\x03\x82\x01\x05") == [*start, ("Handshake 1", b"\x82\x01\x05")]
    assert told(TX_UUID, b"\xc0\x00\x03\x82\x02\x05") == [*start, ("Handshake 2", b"\x82\x02\x05")]
    assert told(RX_UUID, b"\xc0\x00\x03\x83\x03\x05") == [*start, ("Handshake 3", 3)]
    record = b"\x10\0\0\0\x01" + b"sealed"
    head = [("Record", b"\x10"), ("Number", b"\0\0\0\x01"), ("Encrypted", 6)]
    assert told(RX_UUID, b"\xc0\x00\x0b" + record)[2:] == head
    assert told(RX_UUID, b"\x41sealed") == [("Fragment", b"\x41"), ("Goes on", 6)]
    assert told(INFO_UUID, b"\xa0") == [("INFO", b"\xa0")]
    assert told("0" * 36, b"secret") == [("Not shown", 6)]
    assert told(RX_UUID, b"") == []
