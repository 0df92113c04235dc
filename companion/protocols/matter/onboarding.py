"""Onboarding payloads as a device shows them: the text of a QR code, and eleven digits (Core 5.1)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import IntFlag

from companion.secret import Secret
from companion.setup_code.digits import base38, verhoeff

PASSCODES = range(1, 99_999_998 + 1)
FORBIDDEN_PASSCODES = frozenset([*(11_111_111 * digit for digit in range(1, 9)), 12_345_678, 87_654_321])
"""Those that people guess."""

_PREFIX = "MT:"
_OCTETS = 11


def fresh_passcode() -> Secret:
    """A random one, eight digits."""
    while (made := secrets.choice(PASSCODES)) in FORBIDDEN_PASSCODES:
        pass
    return Secret(f"{made:08}")


class Capability(IntFlag):
    """Over what a device is found."""

    BLE = 2
    NETWORK = 4
    NFC = 16


@dataclass(frozen=True)
class Onboarding:
    """passcode: up to eight digits; discriminator: 12 bits; flow: 0 standard, 1 user intent, 2 custom."""

    passcode: Secret
    discriminator: int
    vendor: int = 0
    product: int = 0
    flow: int = 0
    capabilities: Capability = Capability.BLE

    @property
    def qr(self) -> str:
        """The text of its QR code."""
        packed = shift = 0
        for value, width in (
            *((0, 3), (self.vendor, 16), (self.product, 16), (self.flow, 2), (int(self.capabilities), 8)),
            *((self.discriminator, 12), (self._number, 27), (0, 4)),
        ):
            packed |= value << shift
            shift += width
        return _PREFIX + base38.encode(packed.to_bytes(_OCTETS, "little"))

    @property
    def digits(self) -> str:
        """The eleven digits that people type: the upper four bits of the discriminator, and the passcode."""
        short = self.discriminator >> 8
        low = (short & 3) << 14 | self._number & 0x3FFF
        digits = f"{short >> 2}{low:05}{self._number >> 14:04}"
        return digits + verhoeff.check_digit(digits)

    @property
    def printed_digits(self) -> str:
        """The same as labels show them: 4, 3 and 4."""
        digits = self.digits
        return f"{digits[:4]}-{digits[4:7]}-{digits[7:]}"

    @property
    def _number(self) -> int:
        return int(self.passcode.reveal())
