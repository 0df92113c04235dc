"""What the factory makes a virtual Matter device: its kind, its passcode and what its label shows."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from pathlib import Path

from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.protocols.matter.crypto.spake2plus import Passcode, Pbkdf, Verifier
from companion.protocols.matter.onboarding import Capability, Onboarding, fresh_passcode
from companion.secret import Secret

VENDOR, VENDOR_NAME = 0xFFF1, "Companion"
"""The first of Matter's vendor ids for tests."""
ITERATIONS = 1000

_DISCRIMINATORS = 1 << 12


class Kind(Enum):
    """What it is."""

    LIGHT = "light"
    SENSOR = "sensor"

    @property
    def device_type(self) -> int:
        """On/off light, temperature sensor (device library 4.1 and 7.4)."""
        return {Kind.LIGHT: 0x0100, Kind.SENSOR: 0x0302}[self]

    @property
    def product(self) -> int:
        """Its product id."""
        return {Kind.LIGHT: 0x8001, Kind.SENSOR: 0x8002}[self]

    @property
    def title(self) -> str:
        return {Kind.LIGHT: "Harbour light", Kind.SENSOR: "Harbour thermometer"}[self]


class Medium(Enum):
    """How it gets on the network."""

    WIFI = "wifi"
    THREAD = "thread"
    ETHERNET = "ethernet"


@dataclass(frozen=True)
class Product:
    """A device as it leaves the factory. passcode: eight digits; salt: of its verifier, 16 octets.

    has_nfc: it can be set up at an NFC reader too
    """

    serial: str
    passcode: Secret
    discriminator: int
    salt: bytes
    kind: Kind = Kind.LIGHT
    medium: Medium = Medium.WIFI
    has_nfc: bool = False

    @property
    def onboarding(self) -> Onboarding:
        """What its label shows."""
        over = Capability.NETWORK if self.medium is Medium.ETHERNET else Capability.BLE
        if self.has_nfc:
            over |= Capability.NFC
        return Onboarding(self.passcode, self.discriminator, VENDOR, self.kind.product, capabilities=over)

    @property
    def pbkdf(self) -> Pbkdf:
        return Pbkdf(ITERATIONS, self.salt)

    @cached_property
    def verifier(self) -> Verifier:
        return Passcode.of(int(self.passcode.reveal()), self.pbkdf).verifier()


SAMPLE = Product("ML-00000001", Secret("51902734"), 2620, bytes(range(16)))
"""The sample device. Everybody has its passcode: it exists on virtual airs only."""


def make(kind: Kind, medium: Medium) -> Product:
    """A new device, unlike any other."""
    return Product(
        serial=f"ML-{secrets.randbelow(10**8):08}",
        passcode=fresh_passcode(),
        discriminator=secrets.randbelow(_DISCRIMINATORS),
        salt=secrets.token_bytes(16),
        kind=kind,
        medium=medium,
    )


def product_in(folder: Path, kind: Kind, medium: Medium) -> Product:
    """The device of a state folder, made at first use. Raises OSError and ValueError."""
    file = folder / "device.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        replace_durably(file, _write(make(kind, medium)).encode())
    return _read(read_own(MAX_SMALL_FILE, file).decode())


def with_another_passcode(product: Product) -> Product:
    """The same device with a passcode that its label does not show."""
    other = fresh_passcode()
    return replace(product, passcode=other if other != product.passcode else fresh_passcode())


def _write(product: Product) -> str:
    kept = {
        "serial": product.serial,
        "passcode": product.passcode.reveal_text(),
        "discriminator": product.discriminator,
        "salt": product.salt.hex(),
        "kind": product.kind.value,
        "network": product.medium.value,
    }
    return json.dumps(kept, indent=2)


def _read(text: str) -> Product:
    kept = json.loads(text)
    try:
        return Product(
            serial=str(kept["serial"]),
            passcode=Secret(str(kept["passcode"])),
            discriminator=int(kept["discriminator"]),
            salt=bytes.fromhex(kept["salt"]),
            kind=Kind(kept["kind"]),
            medium=Medium(kept["network"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not the state of a virtual Matter device") from error
