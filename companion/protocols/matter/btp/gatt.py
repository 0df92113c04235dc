"""What a device shows over Bluetooth: service, characteristics, advertisement (Matter Core 1.4, 5.4.2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.btp.failure import BtpFailure, Reason

SERVICE = "0000fff6-0000-1000-8000-00805f9b34fb"
WRITTEN = "18ee2ef5-263d-4559-959f-4f9c429f9d11"
"""C1: the central writes its segments here, with response."""
INDICATED = "18ee2ef5-263d-4559-959f-4f9c429f9d12"
"""C2: the peripheral indicates its segments here."""
ADDITIONAL = "64630238-8772-45f2-b87d-748a83218f04"
"""C3: more about the device, where the advertisement says so."""

MOST_DISCRIMINATOR = 0xFFF

_COMMISSIONABLE = 0x00
_SIZE = 8
_HAS_ADDITIONAL, _EXTENDED = 0x01, 0x02
_SHORT_SHIFT = 8


@dataclass(frozen=True)
class Advertisement:
    """The service data of a device that waits to be commissioned.

    discriminator: 12 bits; vendor, product: 16 bits, 0 where it does not say; additional: C3 is there;
    extended: it announces itself for longer than 15 minutes, and then without vendor and product
    """

    discriminator: int
    vendor: int = 0
    product: int = 0
    additional: bool = False
    extended: bool = False

    @property
    def short_discriminator(self) -> int:
        """The upper 4 bits, as manual codes have it."""
        return self.discriminator >> _SHORT_SHIFT

    def encode(self) -> bytes:
        numbers = [number.to_bytes(2, "little") for number in (self.discriminator, self.vendor, self.product)]
        flags = (_HAS_ADDITIONAL if self.additional else 0) | (_EXTENDED if self.extended else 0)
        return bytes((_COMMISSIONABLE,)) + b"".join(numbers) + bytes((flags,))

    @staticmethod
    def decode(data: bytes) -> Advertisement:
        """Of service data; more octets and flags are left to later versions. Raises BtpFailure MALFORMED."""
        if len(data) < _SIZE or data[0] != _COMMISSIONABLE or data[2] > MOST_DISCRIMINATOR >> 8:
            raise BtpFailure(Reason.MALFORMED, "an advertisement")
        discriminator, vendor, product = (int.from_bytes(data[at : at + 2], "little") for at in (1, 3, 5))
        flags = data[7]
        return Advertisement(
            discriminator, vendor, product, bool(flags & _HAS_ADDITIONAL), bool(flags & _EXTENDED)
        )
