"""The octets of BTP segments, named: what is encrypted is counted alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.btp.gatt import INDICATED, WRITTEN
from companion.protocols.matter.btp.octets import dissect
from companion.protocols.octets import pieces


def told(value: bytes, uuid: str = WRITTEN) -> list[tuple[str, bytes | int]]:
    made = pieces(value, dissect(uuid, value, True))
    return [(str(each.name), each.size if each.octets is None else each.octets) for each in made]


@given(st.sampled_from((WRITTEN, INDICATED)), st.binary())
def test_every_octet_is_in_one_piece_whatever_comes(uuid: str, value: bytes) -> None:
    assert sum(each.size for each in pieces(value, dissect(uuid, value, False))) == len(value)


def test_a_message_is_shown_as_long_as_there_are_no_keys() -> None:
    unsecured, secured = b"\0\0\0\0\1\0\0\0", b"\0\x34\x12\0\1\0\0\0"
    front = [("BTP flags", b"\x0d"), ("Acknowledged", b"\2"), ("Number", b"\3")]
    length = ("Length of the message", b"\x0a\0")
    open_ = told(b"\x0d\2\3\x0a\0" + unsecured + b"hi")
    assert open_ == [*front, length, ("Message header", unsecured), ("Unsecured message", b"hi")]
    sealed = told(b"\x0d\2\3\x0a\0" + secured + b"hi")
    assert sealed == [*front, length, ("Message header", secured), ("Encrypted", 2)]
    assert told(b"\x02\4more") == [("BTP flags", b"\x02"), ("Number", b"\4"), ("Goes on", 4)]
    assert told(b"\x65\x6c\4", INDICATED) == [("BTP handshake", b"\x65\x6c\4")]
    assert told(b"\x20\1\2")[:2] == [("BTP flags", b"\x20"), ("Management", b"\1")]
    assert told(b"x", "0" * 36) == [("Not shown", 1)] and told(b"") == []
