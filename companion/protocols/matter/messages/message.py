"""A message and its protocol header: what a session seals (Matter Core 1.4, 4.4.3).

    message  u8 flags, u8 opcode, u16 exchange (, u16 vendor), u16 protocol (, u32 acknowledged)
             (, u16 size || extension) || payload

All numbers are little-endian.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from companion.protocols.matter.messages.failure import BadMessage, Reason

SECURE_CHANNEL, INTERACTION = 0, 1
"""Protocols; those of a vendor are vendor << 16 | number."""

LARGEST_MESSAGE = 1280
"""Octets of a whole message with headers and tag, over UDP and Bluetooth."""

_INITIATOR, _ACKNOWLEDGES, _RELIABLE, _EXTENDED, _VENDOR = 0x01, 0x02, 0x04, 0x08, 0x10
_FIXED_SIZE = 6


class Opcode(IntEnum):
    """Of the secure channel."""

    STANDALONE_ACKNOWLEDGEMENT = 0x10
    PBKDF_PARAM_REQUEST = 0x20
    PBKDF_PARAM_RESPONSE = 0x21
    PASE_PAKE1 = 0x22
    PASE_PAKE2 = 0x23
    PASE_PAKE3 = 0x24
    CASE_SIGMA1 = 0x30
    CASE_SIGMA2 = 0x31
    CASE_SIGMA3 = 0x32
    CASE_SIGMA2_RESUME = 0x33
    STATUS_REPORT = 0x40


@dataclass(frozen=True)
class Message:
    """What one end says to the other.

    exchange: number of the conversation, 16 bits; initiator: the sender began that conversation; reliable:
    an acknowledgement is wanted; acknowledged: counter of a message that is acknowledged; counter: its own,
    known when it was received
    """

    exchange: int
    initiator: bool
    protocol: int
    opcode: int
    payload: bytes = field(repr=False)
    reliable: bool = False
    acknowledged: int | None = None
    counter: int = field(default=0, compare=False)

    @property
    def is_acknowledgement(self) -> bool:
        """True for one that says nothing else."""
        return (self.protocol, self.opcode) == (SECURE_CHANNEL, Opcode.STANDALONE_ACKNOWLEDGEMENT)

    @property
    def is_status_report(self) -> bool:
        return (self.protocol, self.opcode) == (SECURE_CHANNEL, Opcode.STATUS_REPORT)

    def encode(self) -> bytes:
        """As octets that are to be sealed."""
        flags = (_INITIATOR if self.initiator else 0) | (_RELIABLE if self.reliable else 0)
        vendor, acknowledged = b"", b""
        if self.protocol >> 16:
            flags |= _VENDOR
            vendor = (self.protocol >> 16).to_bytes(2, "little")
        if self.acknowledged is not None:
            flags |= _ACKNOWLEDGES
            acknowledged = self.acknowledged.to_bytes(4, "little")
        protocol = (self.protocol & 0xFFFF).to_bytes(2, "little")
        head = bytes((flags, self.opcode)) + self.exchange.to_bytes(2, "little")
        return head + vendor + protocol + acknowledged + self.payload


class Duplicate(BadMessage):
    """A message that was received before; it may have to be acknowledged once more."""

    def __init__(self, message: Message) -> None:
        super().__init__(Reason.DUPLICATE, f"counter {message.counter}")
        self.message = message


def decode(data: bytes, counter: int) -> Message:
    """A message of its octets; extensions are stepped over. Raises BadMessage CUT_OFF."""
    if len(data) < _FIXED_SIZE:
        raise BadMessage(Reason.CUT_OFF, "protocol header")
    flags, rest = data[0], _Numbers(data, 2)
    exchange = rest.take(2)
    vendor = rest.take(2) if flags & _VENDOR else 0
    protocol = rest.take(2)
    acknowledged = rest.take(4) if flags & _ACKNOWLEDGES else None
    if flags & _EXTENDED:
        rest.skip(rest.take(2))
    return Message(
        exchange=exchange,
        initiator=bool(flags & _INITIATOR),
        protocol=vendor << 16 | protocol,
        opcode=data[1],
        payload=data[rest.at :],
        reliable=bool(flags & _RELIABLE),
        acknowledged=acknowledged,
        counter=counter,
    )


class _Numbers:
    """Takes numbers off octets."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self.at = data, at

    def take(self, width: int) -> int:
        start = self.at
        self.skip(width)
        return int.from_bytes(self._data[start : self.at], "little")

    def skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self._data):
            raise BadMessage(Reason.CUT_OFF, "protocol header")
