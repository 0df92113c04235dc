"""The GATT database of a virtual device, told as data, and what a test may do to its operations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntFlag
from typing import Protocol

ADVERTISING_OCTETS = 31  # of one legacy advertisement or scan response

# AD types: Assigned Numbers, 2.3.
_FLAGS, _ALL_UUIDS_16, _ALL_UUIDS_128, _NAME = 0x01, 0x03, 0x07, 0x09
_SERVICE_DATA_16, _SERVICE_DATA_128, _MANUFACTURER = 0x16, 0x21, 0xFF
_DISCOVERABLE_LE_ONLY = 0x06


class Central(Protocol):
    """A connected central, as a device sees it. Hashable; the same object for one connection."""

    @property
    def address(self) -> str: ...

    @property
    def mtu(self) -> int:
        """The ATT MTU in octets, 23 until the central asked for more."""


class AttError(Exception):
    """Raised by a callback: the operation is answered with this ATT error.

    code: Core Specification, Vol 3, Part F, 3.4.1.1; 0x80 to 0x9F belong to the application.
    """

    READ_NOT_PERMITTED = 0x02
    WRITE_NOT_PERMITTED = 0x03
    INVALID_OFFSET = 0x07
    INVALID_LENGTH = 0x0D
    UNLIKELY = 0x0E

    def __init__(self, code: int) -> None:
        super().__init__(f"ATT error 0x{code:02X}")
        self.code = code


class Properties(IntFlag):
    """What a characteristic offers, by its bits in the declaration (Vol 3, Part G, 3.3.1.1)."""

    READ = 0x02
    WRITE_WITHOUT_RESPONSE = 0x04
    WRITE = 0x08
    NOTIFY = 0x10
    INDICATE = 0x20


Read = Callable[[Central], bytes | Awaitable[bytes]]
Write = Callable[[Central, bytes], Awaitable[None] | None]


@dataclass(frozen=True)
class Characteristic:
    """One characteristic of a virtual device.

    read, write: called with the central (and the value); plain functions or coroutine functions. A plain
    one keeps the order of write commands; a coroutine that waits lets later operations overtake it.
    description: the text of its user description descriptor (0x2901), None for no descriptor.
    encrypted: only on a paired link, else ATT error 0x0F.
    """

    uuid: str
    properties: Properties
    read: Read | None = None
    write: Write | None = None
    description: str | None = None
    encrypted: bool = False


@dataclass(frozen=True)
class Service:
    """A primary service of a virtual device."""

    uuid: str
    characteristics: tuple[Characteristic, ...]


class OperationKind(Enum):
    READ = "read"
    WRITE = "write"
    WRITE_COMMAND = "write command"


@dataclass(frozen=True)
class Operation:
    """An ATT operation of a central on a characteristic; `number` counts from 1 for each connection."""

    number: int
    kind: OperationKind
    uuid: str


class Fault(Enum):
    """What a device does with an operation instead of serving it."""

    DROP_LINK = "end the connection"
    REFUSE = "answer with ATT error 0x0E"
    IGNORE = "never answer"


FaultPlan = Callable[[Operation], Fault | None]


Speech = Callable[[str, bool, bytes], bytes | None]
"""What a device says on a characteristic instead of its own octets: asked (True) as the value of a read, or
in a notification, which None keeps back."""


DelayPlan = Callable[[Operation], float]
"""Seconds that pass before a device serves an operation. Later ones wait for it."""


def drop_at(number: int) -> FaultPlan:
    """A plan that ends the first connection at its `number`-th operation, and leaves later ones alone."""
    dropped = False

    def plan(operation: Operation) -> Fault | None:
        nonlocal dropped
        if dropped or operation.number != number:
            return None
        dropped = True
        return Fault.DROP_LINK

    return plan


@dataclass(frozen=True)
class Advertising:
    """What a device sends on the air: an advertisement and the answer to active scanners.

    At most 31 octets each. `connectable` False: it is only heard.
    """

    data: bytes
    scan_response: bytes = b""
    connectable: bool = True

    def __post_init__(self) -> None:
        for what, octets in (("advertisement", self.data), ("scan response", self.scan_response)):
            if len(octets) > ADVERTISING_OCTETS:
                raise ValueError(f"the {what} has {len(octets)} octets, at most {ADVERTISING_OCTETS} fit")

    @classmethod
    def of(cls, advertised: AdStructures, answered: AdStructures | None = None) -> Advertising:
        """Advertising data with the usual flags, made of structures. Raises ValueError if too long."""
        flags = ad_structure(_FLAGS, bytes((_DISCOVERABLE_LE_ONLY,)))
        return cls(flags + advertised.encode(), answered.encode() if answered else b"")


@dataclass(frozen=True)
class AdStructures:
    """The contents of an advertisement or a scan response. UUIDs are 128-bit strings.

    A UUID on Bluetooth's base is sent in its 16-bit form.
    """

    name: str | None = None
    service_uuids: tuple[str, ...] = ()
    service_data: Mapping[str, bytes] = field(default_factory=dict)
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Length, type, value after length, type, value (Vol 3, Part C, 11)."""
        octets = [uuid_octets(uuid) for uuid in self.service_uuids]
        encoded = b""
        for size, ad_type in ((2, _ALL_UUIDS_16), (16, _ALL_UUIDS_128)):
            if listed := b"".join(uuid for uuid in octets if len(uuid) == size):
                encoded += ad_structure(ad_type, listed)
        for service, data in self.service_data.items():
            uuid = uuid_octets(service)
            encoded += ad_structure(_SERVICE_DATA_16 if len(uuid) == 2 else _SERVICE_DATA_128, uuid + data)
        for company, data in self.manufacturer_data.items():
            encoded += ad_structure(_MANUFACTURER, company.to_bytes(2, "little") + data)
        return encoded + (ad_structure(_NAME, self.name.encode()) if self.name else b"")


def ad_structure(ad_type: int, value: bytes) -> bytes:
    """One advertising structure."""
    return bytes((len(value) + 1, ad_type)) + value


def uuid_octets(uuid: str) -> bytes:
    """A 128-bit UUID text in the order of the air, little-endian, 2 octets if it is on Bluetooth's base."""
    octets = bytes.fromhex(uuid.replace("-", ""))[::-1]
    base = bytes.fromhex("00001000800000805f9b34fb")[::-1]
    return octets[12:14] if octets[:12] == base and octets[14:] == b"\0\0" else octets
