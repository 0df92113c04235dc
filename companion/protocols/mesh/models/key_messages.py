"""Configuration messages about keys: add, update, delete, and the phases of a refresh.

Mesh Protocol 1.1, 4.3.2.31 to 4.3.2.45. All but the refresh's status answer with a status and the index.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models.opcodes import Opcode
from companion.protocols.mesh.models.status import Status
from companion.protocols.mesh.models.status import decode as status_in
from companion.protocols.mesh.network.keys import LAST_INDEX, Phase
from companion.secret import Secret

KEY = 16


class Transition(IntEnum):
    """To which phase a refresh is to move on."""

    TO_SWITCH = 2
    TO_NORMAL = 3


@dataclass(frozen=True)
class NetworkKeyMessage:
    """What is done with one network key."""

    network: int
    OPCODE: ClassVar[Opcode]

    def parameters(self) -> bytes:
        return self.network.to_bytes(2, "little")


@dataclass(frozen=True)
class NetKeyAdd(NetworkKeyMessage):
    key: Secret
    OPCODE = Opcode.NETKEY_ADD

    def parameters(self) -> bytes:
        return super().parameters() + self.key.reveal()


@dataclass(frozen=True)
class NetKeyUpdate(NetKeyAdd):
    """Begins a refresh: the node keeps both keys."""

    OPCODE = Opcode.NETKEY_UPDATE


@dataclass(frozen=True)
class NetKeyDelete(NetworkKeyMessage):
    OPCODE = Opcode.NETKEY_DELETE


@dataclass(frozen=True)
class NetKeyStatus:
    status: Status
    network: int
    OPCODE: ClassVar[Opcode] = Opcode.NETKEY_STATUS

    def parameters(self) -> bytes:
        return bytes([self.status]) + self.network.to_bytes(2, "little")


@dataclass(frozen=True)
class ApplicationKeyMessage:
    """What is done with one application key."""

    network: int
    application: int
    OPCODE: ClassVar[Opcode]

    def parameters(self) -> bytes:
        return _both(self.network, self.application)


@dataclass(frozen=True)
class AppKeyAdd(ApplicationKeyMessage):
    key: Secret
    OPCODE = Opcode.APPKEY_ADD

    def parameters(self) -> bytes:
        return super().parameters() + self.key.reveal()


@dataclass(frozen=True)
class AppKeyUpdate(AppKeyAdd):
    """In the first phase of the network key's refresh alone."""

    OPCODE = Opcode.APPKEY_UPDATE


@dataclass(frozen=True)
class AppKeyDelete(ApplicationKeyMessage):
    OPCODE = Opcode.APPKEY_DELETE


@dataclass(frozen=True)
class AppKeyStatus:
    status: Status
    network: int
    application: int
    OPCODE: ClassVar[Opcode] = Opcode.APPKEY_STATUS

    def parameters(self) -> bytes:
        return bytes([self.status]) + _both(self.network, self.application)


@dataclass(frozen=True)
class KeyRefreshGet(NetworkKeyMessage):
    OPCODE = Opcode.KEY_REFRESH_GET


@dataclass(frozen=True)
class KeyRefreshSet(NetworkKeyMessage):
    transition: Transition
    OPCODE = Opcode.KEY_REFRESH_SET

    def parameters(self) -> bytes:
        return super().parameters() + bytes([self.transition])


@dataclass(frozen=True)
class KeyRefreshStatus:
    status: Status
    network: int
    phase: Phase
    OPCODE: ClassVar[Opcode] = Opcode.KEY_REFRESH_STATUS

    def parameters(self) -> bytes:
        return bytes([self.status]) + self.network.to_bytes(2, "little") + bytes([self.phase])


KeyMessage = (
    NetKeyAdd
    | NetKeyUpdate
    | NetKeyDelete
    | NetKeyStatus
    | AppKeyAdd
    | AppKeyUpdate
    | AppKeyDelete
    | AppKeyStatus
    | KeyRefreshGet
    | KeyRefreshSet
    | KeyRefreshStatus
)


def decode(opcode: int, octets: bytes) -> KeyMessage | None:
    """The message, None for another opcode. Raises ProtocolViolation."""
    size = _SIZES.get(opcode)
    if size is None:
        return None
    if len(octets) != size:
        raise ProtocolViolation(f"{len(octets)} octets after opcode {opcode:#x}")
    match opcode:
        case Opcode.NETKEY_ADD:
            return NetKeyAdd(_index(octets), Secret(octets[2:]))
        case Opcode.NETKEY_UPDATE:
            return NetKeyUpdate(_index(octets), Secret(octets[2:]))
        case Opcode.NETKEY_DELETE:
            return NetKeyDelete(_index(octets))
        case Opcode.NETKEY_STATUS:
            return NetKeyStatus(status_in(octets[0]), _index(octets[1:]))
        case Opcode.APPKEY_ADD:
            return AppKeyAdd(*_indexes(octets), Secret(octets[3:]))
        case Opcode.APPKEY_UPDATE:
            return AppKeyUpdate(*_indexes(octets), Secret(octets[3:]))
        case Opcode.APPKEY_DELETE:
            return AppKeyDelete(*_indexes(octets))
        case Opcode.APPKEY_STATUS:
            return AppKeyStatus(status_in(octets[0]), *_indexes(octets[1:]))
        case Opcode.KEY_REFRESH_GET:
            return KeyRefreshGet(_index(octets))
        case Opcode.KEY_REFRESH_SET:
            return KeyRefreshSet(_index(octets), _transition(octets[2]))
        case _:
            return KeyRefreshStatus(status_in(octets[0]), _index(octets[1:]), _phase(octets[3]))


_SIZES: dict[int, int] = {
    Opcode.NETKEY_ADD: 2 + KEY,
    Opcode.NETKEY_UPDATE: 2 + KEY,
    Opcode.NETKEY_DELETE: 2,
    Opcode.NETKEY_STATUS: 3,
    Opcode.APPKEY_ADD: 3 + KEY,
    Opcode.APPKEY_UPDATE: 3 + KEY,
    Opcode.APPKEY_DELETE: 3,
    Opcode.APPKEY_STATUS: 4,
    Opcode.KEY_REFRESH_GET: 2,
    Opcode.KEY_REFRESH_SET: 3,
    Opcode.KEY_REFRESH_STATUS: 4,
}


def _both(network: int, application: int) -> bytes:
    """Two indexes of 12 bits in 3 octets (4.3.1.1)."""
    return (network | application << 12).to_bytes(3, "little")


def _index(octets: bytes) -> int:
    return int.from_bytes(octets[:2], "little") & LAST_INDEX


def _indexes(octets: bytes) -> tuple[int, int]:
    both = int.from_bytes(octets[:3], "little")
    return both & LAST_INDEX, both >> 12


def _transition(octet: int) -> Transition:
    try:
        return Transition(octet)
    except ValueError as error:
        raise ProtocolViolation(f"key refresh transition {octet}") from error


def _phase(octet: int) -> Phase:
    try:
        return Phase(octet)
    except ValueError as error:
        raise ProtocolViolation(f"key refresh phase {octet}") from error
