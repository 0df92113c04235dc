"""HomeKit setup payloads: `X-HM://` of QR codes and NFC tags, and the eight digits printed beside them.

Layout as in Apple's open-source HomeKit ADK (HAPAccessorySetup): nine base-36 characters hold 46 bits,
version 3, reserved 4, category 8, flags 4, setup code 27; four characters of setup ID follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text
from companion.secret import Secret

PREFIX = "X-HM://"
CATEGORIES = {
    1: "other", 2: "bridge", 3: "fan", 4: "garage door opener", 5: "light bulb", 6: "door lock", 7: "outlet",
    8: "switch", 9: "thermostat", 10: "sensor", 11: "security system", 12: "door", 13: "window",
    14: "window covering", 15: "programmable switch", 16: "range extender", 17: "IP camera",
    18: "video doorbell", 19: "air purifier", 20: "heater", 21: "air conditioner", 22: "humidifier",
    23: "dehumidifier", 28: "sprinkler", 29: "faucet", 30: "shower head", 31: "television",
    32: "remote control",
}  # fmt: skip

_PAYLOAD = re.compile(r"([0-9A-Z]{9})([0-9A-Z]{4})", re.ASCII)
_DIGITS = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{3}|[0-9]{4}[ -][0-9]{4}", re.ASCII)
_BARE_DIGITS = re.compile(r"[0-9]{8}", re.ASCII)
_FORBIDDEN = frozenset([*(11_111_111 * digit for digit in range(10)), 12_345_678, 87_654_321])
_OVER_IP, _OVER_BLUETOOTH = 2, 4


@dataclass(frozen=True)
class HomeKitCode:
    """A setup code, "XXX-XX-XXX", and what a QR code adds to it."""

    setup_code: Secret
    setup_id: str | None = None
    category: int | None = None
    flags: int | None = None


def recognise(text: str) -> SetupCode | None:
    """An `X-HM://` text or eight digits. Raises CodeMalformed if the former is damaged.

    Eight digits in one piece are HomeKit's or a passcode of Matter: nothing in them tells which.
    """
    text = text.strip()
    if text[: len(PREFIX)].upper() == PREFIX:
        return _recognised(text, parse(text.upper()))
    if _DIGITS.fullmatch(text):
        return _recognised(text, HomeKitCode(_dashed(int(re.sub("[ -]", "", text)))))
    if _BARE_DIGITS.fullmatch(text):
        return _either(text)
    return None


def parse(text: str) -> HomeKitCode:
    """The payload of an `X-HM://` text. Raises CodeMalformed."""
    match = _PAYLOAD.fullmatch(text.removeprefix(PREFIX))
    if match is None:
        raise CodeMalformed("not nine and four characters of base 36", kind="HomeKit")
    bits = int(match[1], 36)
    number, flags, category = bits & (1 << 27) - 1, bits >> 27 & 0xF, bits >> 31 & 0xFF
    if bits >> 39 or number > 99_999_999:
        raise CodeMalformed("a field is out of range", kind="HomeKit")
    return HomeKitCode(_dashed(number), match[2], category, flags)


def _dashed(number: int) -> Secret:
    digits = f"{number:08}"
    return Secret(f"{digits[:3]}-{digits[3:5]}-{digits[5:]}")


def _either(text: str) -> SetupCode:
    return SetupCode(
        ecosystem="digits",
        title="HomeKit or Matter digits",
        verdict=Text(
            "Eight digits are a HomeKit setup code or a Matter passcode. Enter a HomeKit code in Apple Home. "
            "For a Matter device, use its QR code or its 11-digit pairing code."
        ),
        text=Secret(text),
        fields=(CodeField("digits", "Digits", Secret(text)),),
    )


def _recognised(text: str, code: HomeKitCode) -> SetupCode:
    return SetupCode(
        ecosystem="homekit",
        title="HomeKit accessory",
        verdict=Text("HomeKit accessories can be added only with Apple Home on an iPhone or iPad."),
        text=Secret(text),
        payload=code,
        fields=_fields(code),
        findings=_findings(code),
    )


def _fields(code: HomeKitCode) -> tuple[CodeField, ...]:
    fields = [CodeField("setup_code", "Setup code", code.setup_code)]
    if code.category is not None:
        fields.append(CodeField("category", "Kind", CATEGORIES.get(code.category, f"number {code.category}")))
    if code.flags is not None:
        ways = [name for bit, name in ((_OVER_IP, "IP"), (_OVER_BLUETOOTH, "Bluetooth")) if code.flags & bit]
        fields.append(CodeField("transports", "Transport", ", ".join(ways) or "not specified"))
    if code.setup_id is not None:
        fields.append(CodeField("setup_id", "Setup ID", code.setup_id))
    return tuple(fields)


def _findings(code: HomeKitCode) -> tuple[Finding, ...]:
    if int(code.setup_code.reveal().replace(b"-", b"")) not in _FORBIDDEN:
        return ()
    sentence = Text("HomeKit forbids this setup code because it is easy to guess.")
    return (Finding(Text("Setup code"), sentence, Severity.WARNING),)
