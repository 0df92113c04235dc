"""The kinds of mesh addresses (Mesh Protocol 1.1, 3.4.2)."""

from __future__ import annotations

UNASSIGNED = 0x0000
LAST_UNICAST = 0x7FFF
FIRST_GROUP = 0xC000
LAST = 0xFFFF


def is_unicast(address: int) -> bool:
    """Of one element."""
    return UNASSIGNED < address <= LAST_UNICAST


def is_group(address: int) -> bool:
    """Of many elements, by a number; 0xFF00 and above are fixed by the specification."""
    return FIRST_GROUP <= address <= LAST


def is_virtual(address: int) -> bool:
    """Of many elements, by the hash of a label."""
    return LAST_UNICAST < address < FIRST_GROUP
