"""What commissioner and device say inside their TLS connection: TLVs, each a command or an answer.

Type (1 octet), length (1, or 0xFF and 2 more, big-endian), value. Source: OpenThread's TCAT agent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.errors import ProtocolViolation

MOST_OCTETS = 2048
"""Of one value. A dataset has at most 254, a certificate some 600."""

_EXTENDED = 0xFF
_SHORT_HEADER, _LONG_HEADER = 2, 4


class Command(IntEnum):
    """What a commissioner asks for. The classes are those of `authorization.CommandClass`."""

    NETWORK_NAME = 0x08
    DISCONNECT = 0x09
    PING = 0x0A
    DEVICE_ID = 0x0B
    EXTENDED_PAN_ID = 0x0C
    PROVISIONING_URL = 0x0D
    PRESENT_PSKD_HASH = 0x10
    PRESENT_PSKC_HASH = 0x11
    CHALLENGE = 0x13
    SET_DATASET = 0x20
    DIAGNOSTICS = 0x26
    START_THREAD = 0x27
    STOP_THREAD = 0x28
    GET_DATASET = 0x40
    DECOMMISSION = 0x60


class Answer(IntEnum):
    """The types of a device's answers."""

    STATUS = 0x01
    PAYLOAD = 0x02


class Status(IntEnum):
    """What came of a command."""

    SUCCESS = 0
    UNSUPPORTED = 1
    PARSE_ERROR = 2
    VALUE_ERROR = 3
    GENERAL_ERROR = 4
    BUSY = 5
    UNDEFINED = 6
    """Not there, or not yet: a device without a network has no network name."""
    HASH_ERROR = 7
    UNAUTHORIZED = 16


@dataclass(frozen=True)
class Tlv:
    """value: may hold a dataset, which is a secret, so it is not in the representation."""

    type: int
    value: bytes = b""

    def __repr__(self) -> str:
        return f"Tlv({self.type:#04x}, {len(self.value)} octets)"

    def encode(self) -> bytes:
        """Raises ValueError for a value that no reader takes."""
        length = len(self.value)
        if length > MOST_OCTETS:
            raise ValueError(f"{length} octets in one TLV")
        if length < _EXTENDED:
            return bytes((self.type, length)) + self.value
        return bytes((self.type, _EXTENDED)) + length.to_bytes(2, "big") + self.value


class TlvReader:
    """A stream of octets in, whole TLVs out."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def feed(self, octets: bytes) -> list[Tlv]:
        """The TLVs that end with these octets. Raises ProtocolViolation for one that is too long."""
        self._octets += octets
        found: list[Tlv] = []
        while (tlv := self._next()) is not None:
            found.append(tlv)
        return found

    def _next(self) -> Tlv | None:
        octets, header = self._octets, _SHORT_HEADER
        if len(octets) < _SHORT_HEADER:
            return None
        length = octets[1]
        if length == _EXTENDED:
            header = _LONG_HEADER
            if len(octets) < _LONG_HEADER:
                return None
            length = int.from_bytes(octets[2:4], "big")
        if length > MOST_OCTETS:
            raise ProtocolViolation(f"a TLV of {length} octets")
        end = header + length
        if len(octets) < end:
            return None
        tlv = Tlv(octets[0], bytes(octets[header:end]))
        del octets[:end]
        return tlv
