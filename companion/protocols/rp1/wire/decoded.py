"""A recording's values as RP1's messages (2, 7, 8): INFO, the open handshake, and records from outside."""

from __future__ import annotations

from dataclasses import replace

from companion.encoding.cbor import MalformedCbor
from companion.model import Text
from companion.protocols.octets import ENCRYPTED, Decoded, words
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.methods import Mode, method_name
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.fragment import START, Reassembler
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, TX_UUID
from companion.protocols.rp1.wire.record import OVERHEAD, RecordType

_BROKEN = Text("Breaks the protocol")
_WHY, _SUITE, _METHOD, _MODE = Text("Why"), Text("Suite"), Text("Method"), Text("Mode")
_ABORT, _M1, _M2, _M3 = range(4)


class MessageDecoder:
    """See `companion.protocols.octets.Decoder`."""

    def __init__(self) -> None:
        self._directions = {RX_UUID: Reassembler(), TX_UUID: Reassembler()}
        self._values = dict.fromkeys(self._directions, 0)

    def __call__(self, uuid: str, value: bytes, to_device: bool) -> Decoded | None:
        if uuid == INFO_UUID:
            return _decoded(value)
        if uuid not in self._directions:
            return None
        if value and value[0] & START and self._directions[uuid].is_inside:
            self._begin_anew(uuid)  # the link ended inside a message
        self._values[uuid] += 1
        try:
            message = self._directions[uuid].feed(value)
        except LocalAbort as broken:
            values = self._values[uuid]
            self._begin_anew(uuid)
            return Decoded(_BROKEN, ((_WHY, broken.why),), len(value), values)
        if message is None:
            return None
        values, self._values[uuid] = self._values[uuid], 0
        return replace(_decoded(message, in_session=True), values=values)

    def _begin_anew(self, uuid: str) -> None:
        self._directions[uuid], self._values[uuid] = Reassembler(), 0


def _decoded(message: bytes, *, in_session: bool = False) -> Decoded:
    try:
        name, *fields = _message(message) if in_session else _info(message)
    except LocalAbort as broken:
        return Decoded(_BROKEN, ((_WHY, broken.why),), len(message))
    except MalformedCbor as broken:
        return Decoded(_BROKEN, ((_WHY, str(broken)),), len(message))
    return Decoded(name[0], tuple(fields), len(message))


Fields = list[tuple[Text, str]]


def _info(value: bytes) -> Fields:
    told = info.decode(value)
    return [
        (Text("INFO"), ""),
        (Text("State"), words(told.state, info.InfoState)),
        (Text("Suites"), _numbers(told.suites)),
        (Text("Methods"), str(told.methods)),
        (Text("Longest message"), str(told.max_msg)),
        (Text("Discriminator"), str(told.disc)),
        (Text("Capabilities"), str(told.caps)),
    ]


def _message(message: bytes) -> Fields:
    match messages.kind_of(message):
        case 1:
            m1 = messages.decode_m1(message)
            return [
                (Text("Handshake 1"), ""),
                (Text("Suites"), _numbers(m1.suites)),
                (_SUITE, str(m1.suite)),
                (_METHOD, method_name(m1.method)),
                (_MODE, words(m1.mode, Mode)),
            ]
        case 2:
            m2 = messages.decode_m2(message)
            return [(Text("Handshake 2"), ""), (_SUITE, str(m2.suite)), (_METHOD, method_name(m2.method))]
        case 3:
            m3 = messages.decode_m3(message)
            return [(Text("Handshake 3"), ""), (ENCRYPTED, f"{len(m3.record)} B")]
        case 0:
            told = aborts.decode(message)
            return [(Text("Abort"), ""), (Text("Code"), words(told.code, Abort))]
        case _:
            return _record(message)


def _record(message: bytes) -> Fields:
    if len(message) < OVERHEAD:
        raise LocalAbort(Abort.MALFORMED, "too short for a record")
    return [
        (Text("Record"), ""),
        (Text("Type"), words(message[0], RecordType)),
        (Text("Number"), str(int.from_bytes(message[1:5], "big"))),
        (ENCRYPTED, f"{len(message) - OVERHEAD} B"),
    ]


def _numbers(each: tuple[int, ...]) -> str:
    return ", ".join(map(str, each))
