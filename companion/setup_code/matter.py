"""Matter onboarding payloads (Matter Core 1.4, section 5.1): `MT:` QR codes and manual pairing codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text
from companion.secret import Secret
from companion.setup_code.digits import base38, verhoeff
from companion.setup_code.matter_tlv import Value, decode_structure

PREFIX = "MT:"
FLOWS = ("standard", "user intent", "custom", "reserved")
CAPABILITIES = {
    1: "its own access point",
    2: "Bluetooth",
    4: "the network",
    8: "Wi-Fi public action frames",
    16: "NFC",
}

_FIXED_OCTETS = 11
_MAX_PASSCODE = 99_999_998
_TRIVIAL_PASSCODES = frozenset([*(11_111_111 * digit for digit in range(1, 9)), 12_345_678, 87_654_321])
_TEST_PASSCODE = 20_202_021
_SERIAL_NUMBER_TAG = 0
_MANUAL = re.compile(r"[0-9](?:[ -]?[0-9])*", re.ASCII)
_PRINTED = re.compile(r"[0-9]{4}([ -]?)[0-9]{3}\1[0-9]{4}", re.ASCII)


@dataclass(frozen=True)
class MatterPayload:
    """One device's onboarding payload.

    discriminator: 12 bits from a QR code, the upper 4 bits only (`is_short`) from a manual code.
    passcode: eight decimal digits. flow: 0 standard, 1 user intent, 2 custom. capabilities: bits of
    `CAPABILITIES`, None in a manual code. serial_number and vendor_data: from the optional TLV data.
    """

    discriminator: int
    is_short: bool
    passcode: Secret
    vendor_id: int | None = None
    product_id: int | None = None
    flow: int | None = None
    capabilities: int | None = None
    serial_number: str | None = None
    vendor_data: tuple[tuple[int, Value], ...] = ()


def recognise(text: str) -> SetupCode | None:
    """A QR code's `MT:` text, or 11 or 21 digits. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    if text[:3].upper() == PREFIX:
        return _recognised(text, parse_qr(text.upper()))
    if text == str(_TEST_PASSCODE):
        return _test_passcode(text)
    if _MANUAL.fullmatch(text):
        digits = re.sub("[ -]", "", text)
        if len(digits) in (11, 21):
            return _manual(text, digits)
    return None


def _manual(text: str, digits: str) -> SetupCode | None:
    """A manual code; None for eleven digits that are wrong, and parted where no label parts them."""
    try:
        return _recognised(text, (parse_manual(digits),))
    except CodeMalformed:
        if len(digits) == 21 or _PRINTED.fullmatch(text):
            raise
        return None


def parse_qr(text: str) -> tuple[MatterPayload, ...]:
    """The payloads of `MT:` and base38, several joined by `*`. Raises CodeMalformed."""
    try:
        return tuple(_fixed(base38.decode(part)) for part in text.removeprefix(PREFIX).split("*"))
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Matter") from None


def parse_manual(digits: str) -> MatterPayload:
    """The payload of 11 or 21 decimal digits, check digit last (5.1.4). Raises CodeMalformed."""
    if not verhoeff.is_valid(digits):
        raise CodeMalformed("the check digit does not fit", kind="Matter")
    first, low, high = int(digits[0]), int(digits[1:6]), int(digits[6:10])
    is_long = len(digits) == 21
    vendor_id, product_id = (int(digits[10:15]), int(digits[15:20])) if is_long else (None, None)
    if first > 7 or bool(first & 4) != is_long or low > 0xFFFF or high > 0x1FFF:
        raise CodeMalformed("digits out of range", kind="Matter")
    if max(vendor_id or 0, product_id or 0) > 0xFFFF:
        raise CodeMalformed("digits out of range", kind="Matter")
    try:
        passcode = _passcode(high << 14 | low & 0x3FFF)
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Matter") from None
    return MatterPayload((first & 3) << 2 | low >> 14, True, passcode, vendor_id, product_id)


def _fixed(data: bytes) -> MatterPayload:
    """The 88 bits of table 38, least significant first, and the TLV data behind them."""
    if len(data) < _FIXED_OCTETS:
        raise ValueError("the code is cut short")
    bits = int.from_bytes(data[:_FIXED_OCTETS], "little")

    def take(width: int) -> int:
        nonlocal bits
        value = bits & (1 << width) - 1
        bits >>= width
        return value

    version, vendor_id, product_id, flow, capabilities, discriminator, passcode = map(
        take, (3, 16, 16, 2, 8, 12, 27)
    )
    if version or bits:
        raise ValueError("a version or padding that this Companion does not know")
    optional = data[_FIXED_OCTETS:]
    values = dict(decode_structure(optional)) if any(optional) else {}
    serial_number = values.pop(_SERIAL_NUMBER_TAG, None)
    return MatterPayload(
        discriminator,
        False,
        _passcode(passcode),
        vendor_id,
        product_id,
        flow,
        capabilities,
        None if serial_number is None else str(serial_number),
        tuple((tag, value) for tag, value in values.items() if tag >= 0x80),
    )


def _passcode(number: int) -> Secret:
    if not 1 <= number <= _MAX_PASSCODE:
        raise ValueError("the passcode is out of range")
    return Secret(f"{number:08}")


def _recognised(text: str, payloads: tuple[MatterPayload, ...]) -> SetupCode:
    several = len(payloads) > 1
    fields = [field for payload in payloads for field in _fields(payload)]
    if several:
        fields.insert(0, CodeField("devices", "Devices in this code", str(len(payloads))))
    return SetupCode(
        ecosystem="matter",
        title="Matter devices" if several else "Matter device",
        verdict=Text(
            "Companion does not support Matter. Scan this code with a Matter controller: Apple Home, "
            "Google Home, Amazon Alexa, SmartThings or Home Assistant."
        ),
        text=Secret(text),
        payload=payloads,
        fields=tuple(fields),
        findings=tuple(finding for payload in payloads for finding in _findings(payload)),
    )


def _test_passcode(text: str) -> SetupCode:
    return SetupCode(
        ecosystem="matter",
        title="Matter test passcode",
        verdict=Text(
            "This is the passcode of Matter's example firmware, and only part of a setup code. A Matter "
            "controller needs the QR code or the 11-digit pairing code."
        ),
        text=Secret(text),
    )


def _fields(payload: MatterPayload) -> list[CodeField]:
    label = "Discriminator (short)" if payload.is_short else "Discriminator"
    fields = [
        CodeField("passcode", "Passcode", payload.passcode),
        CodeField("discriminator", label, str(payload.discriminator)),
    ]
    if payload.vendor_id is not None and payload.product_id is not None:
        fields.append(CodeField("vendor_id", "Vendor", f"0x{payload.vendor_id:04X}"))
        fields.append(CodeField("product_id", "Product", f"0x{payload.product_id:04X}"))
    if payload.flow is not None:
        fields.append(CodeField("flow", "Commissioning flow", FLOWS[payload.flow]))
    if payload.capabilities is not None:
        known = ", ".join(name for bit, name in CAPABILITIES.items() if payload.capabilities & bit)
        fields.append(CodeField("capabilities", "Discoverable over", known or "not specified"))
    if payload.serial_number is not None:
        fields.append(CodeField("serial_number", "Serial number", payload.serial_number))
    return fields


def _findings(payload: MatterPayload) -> list[Finding]:
    passcode = int(payload.passcode.reveal())
    if passcode in _TRIVIAL_PASSCODES:
        sentence = "Matter forbids this passcode because it is easy to guess."
    elif passcode == _TEST_PASSCODE:
        sentence = "The passcode is the public one from Matter's example firmware."
    else:
        return []
    return [Finding(Text("Passcode"), Text(sentence), Severity.WARNING)]
