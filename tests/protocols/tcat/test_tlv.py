"""TLVs of the secure session: any pieces, any lengths, and none without an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.tcat.tlv import MOST_OCTETS, Tlv, TlvReader

TLVS = st.builds(Tlv, st.integers(0, 255), st.binary(max_size=300))


@given(st.lists(TLVS, max_size=4), st.integers(1, 40))
def test_what_was_written_is_read_in_any_pieces(tlvs: list[Tlv], size: int) -> None:
    octets = b"".join(tlv.encode() for tlv in tlvs)
    reader = TlvReader()
    pieces = [octets[at : at + size] for at in range(0, len(octets), size)]
    assert [tlv for piece in pieces for tlv in reader.feed(piece)] == tlvs


def test_lengths_are_written_as_the_agent_reads_them() -> None:
    assert Tlv(0x0A, b"hi").encode() == bytes.fromhex("0a026869")
    assert Tlv(0x20, bytes(254)).encode()[:2] == bytes.fromhex("20fe")
    assert Tlv(0x20, bytes(255)).encode()[:4] == bytes.fromhex("20ff00ff")


def test_one_that_is_too_long_is_refused_before_it_is_there() -> None:
    assert TlvReader().feed(b"\x20\xff\x00") == []
    with pytest.raises(ProtocolViolation):
        TlvReader().feed(bytes((0x20, 0xFF)) + (MOST_OCTETS + 1).to_bytes(2, "big"))
    with pytest.raises(ValueError, match="2049 octets"):
        Tlv(0x20, bytes(MOST_OCTETS + 1)).encode()


def test_its_value_is_not_in_its_representation() -> None:
    assert "abc" not in repr(Tlv(0x20, b"abc"))
