"""PDUs of the lower transport: whole messages, segments, and which came (Mesh Protocol 1.1, 3.5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from companion.errors import ProtocolViolation

SEGMENT = 12
"""Octets of an access message's segment; only the last one may be shorter."""
MOST_SEGMENTS = 32
SEQ_ZERO_MASK = 0x1FFF

_SEGMENTED, _APPLICATION, _AID_MASK, _OPCODE_MASK = 0x80, 0x40, 0x3F, 0x7F
_ACKNOWLEDGEMENT = 0x00
_SHORTEST_UPPER = 5
"""Octets of an upper transport PDU: an opcode and its MIC."""


@dataclass(frozen=True)
class KeyId:
    """Which key protects an access message. aid: of an application key; None: the device key"""

    aid: int | None = None

    def encode(self) -> int:
        """The octet without its first bit."""
        return 0 if self.aid is None else _APPLICATION | self.aid


@dataclass(frozen=True)
class Whole:
    """An access message in one piece. upper: 5 to 15 octets"""

    key: KeyId
    upper: bytes

    def encode(self) -> bytes:
        return bytes([self.key.encode()]) + self.upper


@dataclass(frozen=True)
class Segment:
    """A piece of an access message. number, last: 0 to 31; long_mic: the message's MIC has 8 octets, not 4"""

    key: KeyId
    long_mic: bool
    seq_zero: int
    number: int
    last: int
    octets: bytes

    def encode(self) -> bytes:
        where = self.long_mic << 23 | self.seq_zero << 10 | self.number << 5 | self.last
        return bytes([_SEGMENTED | self.key.encode()]) + where.to_bytes(3, "big") + self.octets


@dataclass(frozen=True)
class Acknowledgement:
    """Which segments came. blocks: bit n for segment n; none: the receiver cannot take the message

    on_behalf: a friend says so for a node that sleeps
    """

    seq_zero: int
    blocks: int
    on_behalf: bool = False

    def encode(self) -> bytes:
        where = self.on_behalf << 15 | self.seq_zero << 2
        return bytes([_ACKNOWLEDGEMENT]) + where.to_bytes(2, "big") + self.blocks.to_bytes(4, "big")


@dataclass(frozen=True)
class OtherControl:
    """What friends, heartbeats and routes tell each other; not for us."""

    opcode: int


LowerPdu: TypeAlias = Whole | Segment | Acknowledgement | OtherControl


def decode(octets: bytes, *, control: bool) -> LowerPdu:
    """The PDU in 1 to 16 octets. Raises ProtocolViolation."""
    first, rest = octets[0], octets[1:]
    if control:
        if first != _ACKNOWLEDGEMENT:
            return OtherControl(first & _OPCODE_MASK)
        return _acknowledgement(rest)
    key = KeyId(first & _AID_MASK if first & _APPLICATION else None)
    if first & _SEGMENTED:
        return _segment(key, rest)
    if len(rest) < _SHORTEST_UPPER:
        raise ProtocolViolation(f"an access message of {len(rest)} octets")
    return Whole(key, rest)


def _acknowledgement(rest: bytes) -> Acknowledgement:
    if len(rest) != 6:
        raise ProtocolViolation(f"an acknowledgement of {len(rest)} octets")
    where = int.from_bytes(rest[:2], "big")
    blocks = int.from_bytes(rest[2:], "big")
    return Acknowledgement(where >> 2 & SEQ_ZERO_MASK, blocks, bool(where >> 15))


def _segment(key: KeyId, rest: bytes) -> Segment:
    where = int.from_bytes(rest[:3], "big")
    octets = rest[3:]
    number, last = where >> 5 & 0x1F, where & 0x1F
    if not octets or number > last:
        raise ProtocolViolation(f"segment {number} of {last + 1} with {len(octets)} octets")
    if number < last and len(octets) != SEGMENT:
        raise ProtocolViolation(f"segment {number} of {last + 1} has {len(octets)} octets")
    return Segment(key, bool(where >> 23), where >> 10 & SEQ_ZERO_MASK, number, last, octets)
