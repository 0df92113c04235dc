"""A device's place in its Thread network, from its diagnostics: which TLVs to ask for, and what they say.

Type and length of an octet each, value. Source: Thread 1.3, 10.11.3 and 10.11.4 (network diagnostic TLVs).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

_SHORT_ADDRESS, _MODE, _LEADER_DATA = 1, 2, 6
WANTED = bytes((_SHORT_ADDRESS, _MODE, _LEADER_DATA))
"""What `role` is told by, as the value of the command."""

NOWHERE = 0xFFFE
"""0xFFFE and 0xFFFF are nobody's address (IEEE 802.15.4)."""
_CHILD_BITS, _ROUTER_SHIFT = 0x01FF, 10
_LENGTHS = {_SHORT_ADDRESS: 2, _MODE: 1, _LEADER_DATA: 8}


class _Mode(IntEnum):
    """Bits of a device's mode (Thread 1.3, 4.5.2)."""

    FULL = 0x02
    RECEIVER_ON = 0x08


class Role(StrEnum):
    """By the words of OpenThread's `state`, and how a child behaves."""

    LEADER = "leader"
    ROUTER = "router"
    FULL_CHILD = "full end device"
    CHILD = "end device"
    SLEEPY_CHILD = "sleepy end device"


def role(octets: bytes) -> Role | None:
    """Which role these TLVs tell of; None for a device that is on no network, or does not say so."""
    values = _read(octets)
    if (short := values.get(_SHORT_ADDRESS)) is None:
        return None
    address = int.from_bytes(short, "big")
    if address >= NOWHERE:
        return None
    if not address & _CHILD_BITS:
        leader = values.get(_LEADER_DATA)
        leads = leader is not None and leader[-1] == address >> _ROUTER_SHIFT
        return Role.LEADER if leads else Role.ROUTER
    mode = values.get(_MODE, b"\0")[0]
    if mode & _Mode.FULL:
        return Role.FULL_CHILD
    return Role.CHILD if mode & _Mode.RECEIVER_ON else Role.SLEEPY_CHILD


def _read(octets: bytes) -> dict[int, bytes]:
    """The TLVs of known lengths, as far as they are whole."""
    values: dict[int, bytes] = {}
    at = 0
    while at + 2 <= len(octets):
        kind, length = octets[at], octets[at + 1]
        value = octets[at + 2 : at + 2 + length]
        if len(value) == length == _LENGTHS.get(kind):
            values.setdefault(kind, value)
        at += 2 + length
    return values


def encode(address: int, mode: int, leader: int) -> bytes:
    """What a device with this address, mode and leader (a router's number) answers."""
    leader_data = bytes(7) + bytes((leader,))
    values = (
        (_SHORT_ADDRESS, address.to_bytes(2, "big")),
        (_MODE, bytes((mode,))),
        (_LEADER_DATA, leader_data),
    )
    return b"".join(bytes((kind, len(value))) + value for kind, value in values)
