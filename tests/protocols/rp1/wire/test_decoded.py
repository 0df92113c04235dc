"""RP1's messages, put together from the values of a recording and told in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor
from companion.protocols.octets import Decoded
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import AbortMessage
from companion.protocols.rp1.methods import Method, Mode
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.decoded import MessageDecoder
from companion.protocols.rp1.wire.fragment import split
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID, Info, InfoState
from companion.protocols.rp1.wire.messages import M1, M2
from companion.protocols.rp1.wire.record import HEADER_SIZE, OVERHEAD

M_ONE = messages.encode_m1(
    M1(bytes(8), (1, 2), 2, 31, Method.OOB, Mode.ONBOARD, bytes(16), bytes(32), ek=bytes(1184))
)


def told(decode: MessageDecoder, uuid: str, message: bytes, room: int = 20) -> list[Decoded | None]:
    return [decode(uuid, fragment.data, uuid == RX_UUID) for fragment in split(message, room)]


def fields(decoded: Decoded | None) -> dict[str, str]:
    assert decoded is not None
    return {"": str(decoded.name), **{str(name): value for name, value in decoded.fields}}


def test_a_message_is_told_once_it_is_whole() -> None:
    *before, last = told(MessageDecoder(), RX_UUID, M_ONE)
    assert not any(before) and last is not None
    assert (last.octets, last.values) == (len(M_ONE), len(before) + 1)
    said = {"": "Handshake 1", "Suites": "1, 2", "Suite": "2", "Method": "oob", "Mode": "onboard (0)"}
    assert fields(last) == said
    m2 = M2(bytes(8), 1, Method.OOB, (1,), 31, bytes(65), bytes(16))
    (whole,) = told(MessageDecoder(), TX_UUID, messages.encode_m2(m2), 500)
    assert fields(whole) == {"": "Handshake 2", "Suite": "1", "Method": "oob"}


def test_of_what_is_sealed_the_length_is_told() -> None:
    record = b"\x10\0\0\0\x07" + b"sealed" + bytes(OVERHEAD - HEADER_SIZE)
    decode = MessageDecoder()
    (m3,) = told(decode, RX_UUID, cbor.encode([3, bytes(65), bytes(16)]) + record, 500)
    assert fields(m3) == {"": "Handshake 3", "Encrypted": f"{len(record)} B"}
    (sealed,) = told(decode, TX_UUID, record, 500)
    assert fields(sealed)["Type"] == "app (16)" and fields(sealed)["Number"] == "7"
    assert "sealed" not in str(fields(sealed))


def test_info_and_aborts_are_told_by_the_names_of_their_numbers() -> None:
    value = info.encode(Info((1, 2), 31, 4096, InfoState.OWNED, 0xFFF, 9))
    said = fields(MessageDecoder()(INFO_UUID, value, False))
    assert said["State"] == "owned (5)" and said["Longest message"] == "4096"
    for code, words in ((aborts.Abort.BUSY, "busy (3)"), (200, "200")):
        (abort,) = told(MessageDecoder(), TX_UUID, aborts.encode(AbortMessage(bytes(8), code)), 100)
        assert fields(abort) == {"": "Abort", "Code": words}


def test_what_breaks_the_protocol_is_told_and_the_next_message_is_read() -> None:
    decode = MessageDecoder()
    assert fields(decode(INFO_UUID, b"\xa0", False))[""] == "Breaks the protocol"
    assert (
        fields(decode(TX_UUID, b"\x05lost the beginning", False))["Why"]
        == "fragments: no message was started"
    )
    for broken in (b"\x82\x01\x05", b"\x83\x00\x05\x05", b"\x10short"):
        (each,) = told(decode, RX_UUID, broken, 100)
        assert fields(each)[""] == "Breaks the protocol"
    first, *_ = split(M_ONE, 100)
    assert decode(RX_UUID, first.data, True) is None, "the link ends here"
    *_, last = told(decode, RX_UUID, M_ONE, 100)
    assert last is not None and last.values == len(split(M_ONE, 100))
    assert decode("0" * 36, b"secret", True) is None


@given(st.lists(st.tuples(st.sampled_from((INFO_UUID, RX_UUID, TX_UUID)), st.binary(max_size=40))))
def test_a_decoder_takes_whatever_comes(values: list[tuple[str, bytes]]) -> None:
    decode = MessageDecoder()
    for uuid, value in values:
        decode(uuid, value, True)
