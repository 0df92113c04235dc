"""Which model, and what people call it (Bluetooth Assigned Numbers, 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import ProtocolViolation

SIG_SIZE, VENDOR_SIZE = 2, 4

NAMES = {
    0x0000: "Configuration Server",
    0x0001: "Configuration Client",
    0x0002: "Health Server",
    0x0003: "Health Client",
    0x1000: "Generic OnOff Server",
    0x1001: "Generic OnOff Client",
    0x1002: "Generic Level Server",
    0x1003: "Generic Level Client",
    0x1006: "Generic Power OnOff Server",
    0x100C: "Generic Battery Server",
    0x1100: "Sensor Server",
    0x1200: "Time Server",
    0x1203: "Scene Server",
    0x1300: "Light Lightness Server",
    0x1303: "Light CTL Server",
    0x1307: "Light HSL Server",
    0x130F: "Light LC Server",
}


@dataclass(frozen=True)
class ModelId:
    """number: 16 bits; company: of a vendor's model, None for the Bluetooth SIG's"""

    number: int
    company: int | None = None

    def __str__(self) -> str:
        if self.company is not None:
            return f"{self.company:04x}{self.number:04x}"
        return f"{self.number:04x}"

    @property
    def name(self) -> str:
        """For people; its number where it has no name here."""
        known = NAMES.get(self.number) if self.company is None else None
        return known or str(self)

    @property
    def is_foundation(self) -> bool:
        """It is configured with the device key alone: no application key can be bound to it."""
        return self.company is None and self.number in (0x0000, 0x0001)

    def encode(self) -> bytes:
        """2 octets, of a vendor 4."""
        company = b"" if self.company is None else self.company.to_bytes(2, "little")
        return company + self.number.to_bytes(2, "little")


CONFIGURATION_SERVER = ModelId(0x0000)
HEALTH_SERVER = ModelId(0x0002)
ONOFF_SERVER = ModelId(0x1000)
ONOFF_CLIENT = ModelId(0x1001)


def decode(octets: bytes) -> ModelId:
    """Raises ProtocolViolation."""
    if len(octets) == SIG_SIZE:
        return ModelId(int.from_bytes(octets, "little"))
    if len(octets) == VENDOR_SIZE:
        return ModelId(int.from_bytes(octets[2:], "little"), int.from_bytes(octets[:2], "little"))
    raise ProtocolViolation(f"a model of {len(octets)} octets")


def parse(text: str) -> ModelId:
    """From 4 or 8 hexadecimal digits, as `str` writes it. Raises ValueError."""
    if len(text) not in (2 * SIG_SIZE, 2 * VENDOR_SIZE):
        raise ValueError(f"a model of {len(text)} digits")
    octets = bytes.fromhex(text)
    number = int.from_bytes(octets[-2:], "big")
    return ModelId(number, int.from_bytes(octets[:2], "big") if len(octets) == VENDOR_SIZE else None)
