"""Proxy PDUs: how messages of any length go through the writes and notifications of GATT (Mesh 1.1, 6.3).

The first octet of each is SAR (2 bits: complete, first, continuation, last) and the message's type (6 bits).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from companion.errors import ProtocolViolation

PROVISIONING_SERVICE = "00001827-0000-1000-8000-00805f9b34fb"
PROVISIONING_IN = "00002adb-0000-1000-8000-00805f9b34fb"
"""Written by the provisioner, without response."""
PROVISIONING_OUT = "00002adc-0000-1000-8000-00805f9b34fb"
"""Notified by the device."""
PROXY_SERVICE = "00001828-0000-1000-8000-00805f9b34fb"
PROXY_IN = "00002add-0000-1000-8000-00805f9b34fb"
PROXY_OUT = "00002ade-0000-1000-8000-00805f9b34fb"

MOST_OCTETS = 255
"""Of one message. The longest that there is, a public key, has 65."""

_SAR_SHIFT, _TYPE_MASK = 6, 0x3F


class MessageType(IntEnum):
    """What a Proxy PDU carries."""

    NETWORK = 0
    BEACON = 1
    CONFIGURATION = 2
    PROVISIONING = 3


class Sar(IntEnum):
    """Which part of a message it is."""

    COMPLETE = 0
    FIRST = 1
    CONTINUATION = 2
    LAST = 3


def segments(kind: MessageType, message: bytes, size: int) -> Iterator[bytes]:
    """A message as Proxy PDUs. size: of one write, the ATT MTU without its 3 octets, at least 2"""
    room = size - 1
    pieces = [message[at : at + room] for at in range(0, len(message), room)] or [b""]
    for at, piece in enumerate(pieces):
        if len(pieces) == 1:
            part = Sar.COMPLETE
        elif at == 0:
            part = Sar.FIRST
        else:
            part = Sar.LAST if at == len(pieces) - 1 else Sar.CONTINUATION
        yield bytes((part << _SAR_SHIFT | kind,)) + piece


class Reassembler:
    """Proxy PDUs in, messages out: one at a time, as each end has one message under way."""

    def __init__(self) -> None:
        self._kind: int | None = None
        self._octets = b""

    def feed(self, pdu: bytes) -> tuple[MessageType, bytes] | None:
        """The message that ends with this PDU, and its type; None before its end.

        Messages of types that are not defined are passed over. Raises ProtocolViolation for parts out of
        order and for too many octets, after which the link is of no more use.
        """
        if not pdu:
            raise ProtocolViolation("an empty Proxy PDU")
        part, kind = Sar(pdu[0] >> _SAR_SHIFT), pdu[0] & _TYPE_MASK
        begins = part in (Sar.COMPLETE, Sar.FIRST)
        if begins != (self._kind is None) or (not begins and kind != self._kind):
            raise ProtocolViolation(f"a Proxy PDU out of order: {part.name} of type {kind}")
        self._octets += pdu[1:]
        if len(self._octets) > MOST_OCTETS:
            raise ProtocolViolation(f"a Proxy message of more than {MOST_OCTETS} octets")
        if part in (Sar.FIRST, Sar.CONTINUATION):
            self._kind = kind
            return None
        whole, self._octets, self._kind = self._octets, b"", None
        return (MessageType(kind), whole) if kind in _TYPES else None


_TYPES = frozenset(MessageType)
