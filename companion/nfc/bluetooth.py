"""Bluetooth LE's out-of-band record: which device it is (Bluetooth SIG, NFC Forum: Bluetooth Secure Simple
Pairing Using NFC 1.3, section 4; AD types of the Core Specification Supplement)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.errors import TagMalformed
from companion.model import FoundDevice
from companion.nfc.ndef import MEDIA, Record

TYPE = b"application/vnd.bluetooth.le.oob"
_ADDRESS, _SHORT_NAME, _NAME = 0x1B, 0x08, 0x09
_ADDRESS_OCTETS = 7


@dataclass(frozen=True)
class TaggedDevice:
    """Which device a tag is for. address: "AA:BB:CC:DD:EE:FF", as radios write it.

    is_random: it may change. What else such a record carries is for pairing by the operating system, to which
    no program can hand it over.
    """

    address: str
    is_random: bool = False
    name: str | None = None

    def among(self, nearby: tuple[FoundDevice, ...]) -> FoundDevice | None:
        """The device with this address, else the only one with this name: some systems hide addresses."""
        for each in nearby:
            if each.address.upper() == self.address:
                return each
        named = [each for each in nearby if self.name and each.advertisement.name == self.name]
        return named[0] if len(named) == 1 else None


def device_of(records: tuple[Record, ...]) -> TaggedDevice | None:
    """The device of the first such record, None without one. Raises TagMalformed."""
    for record in records:
        if record.type_format == MEDIA and record.type.lower() == TYPE:
            return _device(dict(_structures(record.payload)))
    return None


def _device(structures: dict[int, bytes]) -> TaggedDevice:
    address = structures.get(_ADDRESS, b"")
    if len(address) != _ADDRESS_OCTETS:
        raise TagMalformed("a Bluetooth record without an address")
    name = structures.get(_NAME, structures.get(_SHORT_NAME, b"")).decode(errors="replace")
    # On the tag the address has its lowest octet first.
    return TaggedDevice(address[5::-1].hex(":").upper(), bool(address[6] & 1), name or None)


def _structures(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and value of each AD structure. A length of 0 ends them."""
    at = 0
    while at < len(payload) and payload[at]:
        length = payload[at]
        if at + 1 + length > len(payload):
            raise TagMalformed("a Bluetooth record ends within a part")
        yield payload[at + 1], payload[at + 2 : at + 1 + length]
        at += 1 + length
