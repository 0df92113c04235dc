"""Pebble's setup code and its one message: `pin NUL ssid NUL passphrase`, answered by a word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text, WifiCredentials, WifiSecurity
from companion.networks.wifi_rules import WifiSupport
from companion.secret import Secret

PREFIX = "PEBBLE:"
WITHIN_TEXT = PREFIX + r"[^:\r\n]+:[0-9]+"
SERVICE = "70656262-6c65-4000-8000-000000000001"
CONFIG = "70656262-6c65-4000-8000-000000000002"
WIFI = WifiSupport("Pebble", frozenset({WifiSecurity.OPEN, WifiSecurity.WPA2}), range(8, 64), raw_key=False)


class Answer(Enum):
    """What the characteristic reads after a write."""

    JOINED = b"joined"
    WRONG_PIN = b"wrong pin"
    WRONG_PASSPHRASE = b"wrong passphrase"
    NOT_FOUND = b"not found"


@dataclass(frozen=True)
class PebbleCode:
    """name: as the device advertises it; pin: digits."""

    name: str
    pin: Secret


def recognise(text: str) -> SetupCode | None:
    """The code if the text starts with `PEBBLE:`. Raises CodeMalformed."""
    if not text.startswith(PREFIX):
        return None
    name, _, pin = text.removeprefix(PREFIX).strip().partition(":")
    if not (name and pin.isdigit()):
        raise CodeMalformed("not a name and a number", kind="Pebble")
    return SetupCode(
        ecosystem="pebble",
        title="Pebble",
        verdict=Text("Companion sets this device up."),
        text=Secret(text),
        protocol="pebble",
        payload=PebbleCode(name, Secret(pin)),
        fields=(CodeField("name", "Name", name), CodeField("pin", "PIN", Secret(pin))),
    )


def make_code(code: PebbleCode) -> str:
    return f"{PREFIX}{code.name}:{code.pin.reveal_text()}"


def encode(pin: Secret, wifi: WifiCredentials) -> bytes:
    passphrase = wifi.passphrase.reveal() if wifi.passphrase is not None else b""
    return b"\0".join((pin.reveal(), wifi.ssid, passphrase))


def decode(message: bytes) -> tuple[bytes, bytes, bytes]:
    """Pin, ssid, passphrase. Raises ValueError."""
    pin, ssid, passphrase = message.split(b"\0")
    return pin, ssid, passphrase
