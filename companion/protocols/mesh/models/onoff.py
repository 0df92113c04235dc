"""Generic OnOff: a light that can be switched (Mesh Model 1.1, 3.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models.opcodes import Opcode


@dataclass(frozen=True)
class OnOffGet:
    OPCODE: ClassVar[Opcode] = Opcode.ONOFF_GET

    def parameters(self) -> bytes:
        return b""


@dataclass(frozen=True)
class OnOffSet:
    """transaction: another number for each new wish of a sender, the same for its repetitions

    fade: transition time (steps, 6 bits, and resolution, 2 bits) and delay (times 5 ms); () for at once
    """

    on: bool
    transaction: int
    fade: tuple[int, ...] = ()
    OPCODE: ClassVar[Opcode] = Opcode.ONOFF_SET

    def parameters(self) -> bytes:
        return bytes([self.on, self.transaction, *self.fade])


@dataclass(frozen=True)
class OnOffSetUnacknowledged(OnOffSet):
    OPCODE = Opcode.ONOFF_SET_UNACKNOWLEDGED


@dataclass(frozen=True)
class OnOffStatus:
    """on: now; target: what it is on its way to, None where it is not"""

    on: bool
    target: bool | None = None
    remaining: int = 0
    OPCODE: ClassVar[Opcode] = Opcode.ONOFF_STATUS

    def parameters(self) -> bytes:
        way = b"" if self.target is None else bytes([self.target, self.remaining])
        return bytes([self.on]) + way


OnOffMessage = OnOffGet | OnOffSet | OnOffSetUnacknowledged | OnOffStatus


def decode(opcode: int, octets: bytes) -> OnOffMessage | None:
    """The message, None for another opcode. Raises ProtocolViolation."""
    match opcode:
        case Opcode.ONOFF_GET if not octets:
            return OnOffGet()
        case Opcode.ONOFF_SET if len(octets) in (2, 4):
            return OnOffSet(_state(octets[0]), octets[1], tuple(octets[2:]))
        case Opcode.ONOFF_SET_UNACKNOWLEDGED if len(octets) in (2, 4):
            return OnOffSetUnacknowledged(_state(octets[0]), octets[1], tuple(octets[2:]))
        case Opcode.ONOFF_STATUS if len(octets) == 1:
            return OnOffStatus(_state(octets[0]))
        case Opcode.ONOFF_STATUS if len(octets) == 3:
            return OnOffStatus(_state(octets[0]), _state(octets[1]), octets[2])
        case Opcode.ONOFF_GET | Opcode.ONOFF_SET | Opcode.ONOFF_SET_UNACKNOWLEDGED | Opcode.ONOFF_STATUS:
            raise ProtocolViolation(f"OnOff message {opcode:#x} with {len(octets)} octets")
        case _:
            return None


def _state(octet: int) -> bool:
    if octet > 1:
        raise ProtocolViolation(f"OnOff state {octet}")
    return bool(octet)
