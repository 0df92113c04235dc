"""What a proxy client and its proxy tell each other besides mesh messages (Mesh Protocol 1.1, 6.3, 6.4).

A proxy passes on only what is for an address of its filter. It adds what its client sends from by itself;
that it did so is only known if it is told, and answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.errors import ProtocolViolation

MOST_ADDRESSES = 5
"""In one message of ours: what fits in a PDU without segments."""


class ProxyPduType(IntEnum):
    """What a proxy PDU carries."""

    NETWORK = 0
    BEACON = 1
    CONFIGURATION = 2
    PROVISIONING = 3


class FilterType(IntEnum):
    """accept: only what is listed passes; reject: everything else"""

    ACCEPT = 0
    REJECT = 1


class _Opcode(IntEnum):
    SET_TYPE = 0
    ADD = 1
    REMOVE = 2
    STATUS = 3


@dataclass(frozen=True)
class SetFilterType:
    """Empties the filter."""

    type: FilterType

    def encode(self) -> bytes:
        return bytes([_Opcode.SET_TYPE, self.type])


@dataclass(frozen=True)
class AddAddresses:
    """To the filter."""

    addresses: tuple[int, ...]

    def encode(self) -> bytes:
        return bytes([_Opcode.ADD]) + _octets(self.addresses)


@dataclass(frozen=True)
class RemoveAddresses:
    """From the filter."""

    addresses: tuple[int, ...]

    def encode(self) -> bytes:
        return bytes([_Opcode.REMOVE]) + _octets(self.addresses)


@dataclass(frozen=True)
class FilterStatus:
    """What the filter is after each change."""

    type: FilterType
    size: int

    def encode(self) -> bytes:
        return bytes([_Opcode.STATUS, self.type]) + self.size.to_bytes(2, "big")


ProxyMessage = SetFilterType | AddAddresses | RemoveAddresses | FilterStatus


def decode(octets: bytes) -> ProxyMessage:
    """Of the transport PDU. Raises ProtocolViolation."""
    opcode, rest = octets[0], octets[1:]
    try:
        match opcode:
            case _Opcode.SET_TYPE if len(rest) == 1:
                return SetFilterType(FilterType(rest[0]))
            case _Opcode.ADD if rest and len(rest) % 2 == 0:
                return AddAddresses(_addresses(rest))
            case _Opcode.REMOVE if rest and len(rest) % 2 == 0:
                return RemoveAddresses(_addresses(rest))
            case _Opcode.STATUS if len(rest) == 3:
                return FilterStatus(FilterType(rest[0]), int.from_bytes(rest[1:], "big"))
    except ValueError as error:
        raise ProtocolViolation(f"filter type {rest[0]}") from error
    raise ProtocolViolation(f"proxy configuration {opcode} with {len(rest)} octets")


def _octets(addresses: tuple[int, ...]) -> bytes:
    return b"".join(address.to_bytes(2, "big") for address in addresses)


def _addresses(octets: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(octets[at : at + 2], "big") for at in range(0, len(octets), 2))
