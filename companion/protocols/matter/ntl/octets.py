"""What commands and answers of NTL are made of (Matter Core 1.4.1, 4.21.4; ISO 7816-4, short lengths)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import TagMalformed

AID = bytes.fromhex("A0000009098A77E401")
"""Of Matter's application."""
SELECT = bytes.fromhex("00A4040C09") + AID + b"\x00"

PLAIN, CHAINED, WHOLE = 0x00, 0x90, 0x80
"""Classes: of ISO's own commands; of TRANSPORT with more to come, and of the last or only one."""
SELECTS, TRANSPORTS, GETS = 0xA4, 0x20, 0xC0
"""Instructions."""
LONGEST_MESSAGE = 1280
"""Octets of a message in either direction (4.4.4)."""
FRAGMENT, ANSWER = 245, 250
"""Octets of a message in one command, and in one answer: what fits into ISO-DEP frames of 256."""
MOST_ANSWER = 256

MORE = 0x61
"""SW1: the answer goes on. SW2: by how many octets in the next part."""
WRONG_LENGTH, NOT_NOW, MISSING = 0x6700, 0x6985, 0x6A82
TOO_LONG, WRONG_PLACE, UNKNOWN = 0x6A84, 0x6A86, 0x6D00

_VERSION = 1
_LEAST = 8


@dataclass(frozen=True)
class Announcement:
    """What a device in setup mode says when it is selected (table 45). vendor, product: 0 for not said."""

    discriminator: int
    vendor: int = 0
    product: int = 0

    def encode(self) -> bytes:
        numbers = (self.discriminator, self.vendor, self.product)
        return bytes([_VERSION, 0]) + b"".join(each.to_bytes(2, "big") for each in numbers)

    @classmethod
    def decode(cls, data: bytes) -> Announcement:
        """Raises TagMalformed, also for another version of NTL. What follows is for later versions."""
        if len(data) < _LEAST or data[0] != _VERSION:
            raise TagMalformed("a Matter application that announces something else")
        said, vendor, product = (int.from_bytes(data[at : at + 2], "big") for at in (2, 4, 6))
        return cls(said & 0xFFF, vendor, product)


@dataclass(frozen=True)
class Command:
    """A command with short lengths. place: P1 and P2; room: octets that the answer may have."""

    family: int
    instruction: int
    place: int
    data: bytes = b""
    room: int = MOST_ANSWER

    def encode(self) -> bytes:
        head = bytes([self.family, self.instruction]) + self.place.to_bytes(2, "big")
        body = bytes([len(self.data)]) + self.data if self.data else b""
        return head + body + bytes([self.room % MOST_ANSWER])

    @classmethod
    def decode(cls, octets: bytes) -> Command | None:
        """None for what is no command, or one with another length than it says."""
        if len(octets) < 4:
            return None
        place, rest = int.from_bytes(octets[2:4], "big"), octets[4:]
        data = rest[1 : 1 + rest[0]] if len(rest) > 1 else b""
        left = rest[1 + rest[0] :] if len(rest) > 1 else rest
        if len(left) > 1 or (len(rest) > 1 and (not data or len(data) != rest[0])):
            return None
        return cls(octets[0], octets[1], place, data, left[0] or MOST_ANSWER if left else MOST_ANSWER)
