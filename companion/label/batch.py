"""Labels for a batch: every device gets its own secret, and a batch that would share one is refused."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from companion.errors import CodeForeign, SecretPredictable, SecretsShared
from companion.model import SetupCode
from companion.plain_text import plain
from companion.protocols import recognise
from companion.secret import Secret
from companion.setup_code import rp1
from companion.setup_code.espressif import EspressifCode
from companion.setup_code.manual_entry import grouped
from companion.setup_code.non_devices import NON_DEVICES
from companion.setup_code.rp1 import Rp1Code

# Letters and digits that print cannot confuse: 16 of them hold 79 bits.
_POP_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
_POP_LENGTH = 16
_GROUPS_A_LINE = 3
_CHARACTERS_A_LINE = 22
_MAX_SERIAL = 32


@dataclass(frozen=True)
class Label:
    """What is printed for one device. serial: printable ASCII, at most 32 characters."""

    serial: str
    code: SetupCode

    def __post_init__(self) -> None:
        if not (0 < len(self.serial) <= _MAX_SERIAL and self.serial.isascii() and self.serial.isprintable()):
            raise ValueError("a serial number has 1 to 32 printable ASCII characters")

    @property
    def text(self) -> str:
        """What the QR code holds. It contains the secret."""
        return self.code.text.reveal_text()

    @property
    def readable(self) -> tuple[str, ...]:
        """The same for eyes and keyboards, in lines of plain text. They contain the secret."""
        return tuple(map(plain, self._lines()))

    def _lines(self) -> tuple[str, ...]:
        entry = grouped(self.text)
        if entry.kind == "rp1":
            groups = [group.text for group in entry.groups]
            lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
            return (rp1.PREFIX, *(" ".join(line) for line in lines))
        if isinstance(self.code.payload, EspressifCode):
            pop = self.code.payload.pop
            return (self.code.payload.name, *([pop.reveal_text()] if pop else []))
        shown = entry.display
        return tuple(shown[at : at + _CHARACTERS_A_LINE] for at in range(0, len(shown), _CHARACTERS_A_LINE))


@dataclass(frozen=True)
class Rp1Device:
    """A device whose identity key is made.

    fingerprint: the first 16 octets of SHA-256 of the public identity key (65 octets, uncompressed).
    suites and methods: what the label promises (RP1 section 1).
    """

    serial: str
    fingerprint: bytes
    suites: tuple[int, ...] = (1,)
    methods: int = 1 | 2 | 4 | 8 | 16
    address: str | None = None


@dataclass(frozen=True)
class EspressifDevice:
    """A device that advertises `name`. username: set for security 2."""

    serial: str
    name: str
    username: str | None = None
    network: str | None = None


def rp1_labels(devices: Iterable[Rp1Device]) -> tuple[Label, ...]:
    """A label with a fresh discriminator and setup secret for each device.

    Raises SecretsShared if two have the same identity key, ValueError if a field is out of its range.
    """
    return _batch(
        (
            device.serial,
            rp1.make(
                Rp1Code(
                    disc=secrets.randbelow(rp1.MAX_DISCRIMINATOR),
                    fp=device.fingerprint,
                    r=_setup_secret(),
                    suites=device.suites,
                    methods=device.methods,
                    address=device.address,
                )
            ),
        )
        for device in devices
    )


def espressif_labels(devices: Iterable[EspressifDevice]) -> tuple[Label, ...]:
    """A label with a fresh proof of possession for each device. Raises SecretsShared, ValueError."""
    return _batch((device.serial, _espressif_text(device)) for device in devices)


def labels_of(codes: Iterable[tuple[str, str]]) -> tuple[Label, ...]:
    """Labels for codes that exist, as (serial, text).

    Raises SecretsShared if two codes would open each other's device, SecretPredictable for a secret that
    is none, CodeForeign for a text that is no setup code, CodeMalformed for a damaged one, and ValueError
    for a serial that can't be printed or appears twice.
    """
    return _batch(codes)


def _batch(codes: Iterable[tuple[str, str]]) -> tuple[Label, ...]:
    labels = []
    owners: dict[tuple[str, Secret], str] = {}
    serials: set[str] = set()
    for serial, text in codes:
        if serial in serials:
            raise ValueError(f"duplicate serial number {serial}")
        serials.add(serial)
        code = recognise(text)
        for kind, secret in _own_things(code):
            if (kind, secret) in owners:
                raise SecretsShared(kind, first=owners[kind, secret], second=serial)
            owners[kind, secret] = serial
        labels.append(Label(serial, code))
    return tuple(labels)


def _own_things(code: SetupCode) -> list[tuple[str, Secret]]:
    """What no two devices of a batch may have in common. Raises CodeForeign, SecretPredictable."""
    if code.ecosystem in ("unknown", "url", "wifi", *NON_DEVICES):
        raise CodeForeign(kind=code.title, verdict=str(code.verdict))
    payload = code.payload
    if isinstance(payload, Rp1Code):
        if payload.has_predictable_secret:
            raise SecretPredictable()
        return [("setup secret", payload.r), ("identity key", Secret(payload.fp))]
    if isinstance(payload, EspressifCode):
        if payload.pop is None:
            raise SecretPredictable("no proof of possession")
        return [("proof of possession", payload.pop), ("name", Secret(payload.name))]
    return [("code", code.text)]


def _setup_secret() -> Secret:
    while rp1.is_predictable(drawn := Secret(secrets.token_bytes(rp1.SECRET_SIZE))):
        continue
    return drawn


def _espressif_text(device: EspressifDevice) -> str:
    said = {
        "ver": "v1",
        "name": device.name,
        "username": device.username,
        "pop": "".join(secrets.choice(_POP_ALPHABET) for _ in range(_POP_LENGTH)),
        "transport": "ble",
        "network": device.network,
    }
    return json.dumps({key: value for key, value in said.items() if value}, separators=(",", ":"))
