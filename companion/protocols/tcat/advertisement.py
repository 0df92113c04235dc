"""What a TCAT device says on the air: service data of FFFB (OpenThread's TCAT agent, Thread 1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

SERVICE = "0000fffb-0000-1000-8000-00805f9b34fb"
"""Both the service's and its data's 16-bit UUID."""
COMMANDS = "6bd10d8b-85a7-4e5a-ba2d-c83558a5f220"
"""Written by the commissioner."""
ANSWERS = "7fddf61f-280a-4773-b448-ba1b8fe0dd69"
"""Notified, or indicated, by the device."""

_OPCODE = 2
_TYPE_SHIFT, _LENGTH_MASK = 4, 0x0F


class Field(IntEnum):
    """The TLVs of an advertisement: the type in the upper four bits of an octet, the length in the lower."""

    VENDOR_OUI24 = 1
    VENDOR_OUI36 = 2
    DISCRIMINATOR = 3
    STATUS = 4
    LINK = 5
    VENDOR_PEN = 6


class State(IntFlag):
    """What kind of Thread device it is, and how far."""

    MULTI_RADIO = 0x02
    STORES_DATASET = 0x04
    COMMISSIONED = 0x08
    ACTIVE = 0x10
    BORDER_ROUTER = 0x20
    RECEIVER_ON = 0x40
    FULL = 0x80


NOTHING = State(0)


@dataclass(frozen=True)
class Announcement:
    """version: of Thread, 4 for 1.4; fields: all others by their type, as octets"""

    version: int
    state: State = NOTHING
    fields: tuple[tuple[int, bytes], ...] = field(default=())

    @property
    def discriminator(self) -> str:
        """Five octets in hexadecimal; "" where it says none."""
        return dict(self.fields).get(Field.DISCRIMINATOR, b"").hex()

    def encode(self) -> bytes:
        """The service data."""
        told = (*self.fields, (Field.STATUS, bytes((self.state,))))
        listed = (bytes((kind << _TYPE_SHIFT | len(value),)) + value for kind, value in told)
        return bytes((self.version << _TYPE_SHIFT | _OPCODE,)) + b"".join(listed)


def read(data: bytes) -> Announcement | None:
    """The service data of FFFB; None for what is no TCAT advertisement. What is cut off is left out."""
    if not data or data[0] & _LENGTH_MASK != _OPCODE:
        return None
    found: list[tuple[int, bytes]] = []
    state, at = State(0), 1
    while at < len(data):
        kind, length = data[at] >> _TYPE_SHIFT, data[at] & _LENGTH_MASK
        value = data[at + 1 : at + 1 + length]
        at += 1 + length
        if len(value) < length:
            break
        if kind == Field.STATUS and value:
            state = State(value[0])
        else:
            found.append((kind, value))
    return Announcement(data[0] >> _TYPE_SHIFT, state, tuple(found))
