"""Text to setup code: `MT:` of QR codes, and the digits of manual codes."""

from __future__ import annotations

import re
from dataclasses import replace

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text
from companion.protocols.matter.setup_code.payload import (
    CUSTOM,
    PREFIX,
    STANDARD,
    USER_INTENT,
    MatterPayload,
    parse_manual,
    parse_qr,
)
from companion.secret import Secret

FLOWS = ("standard", "user intent", "custom", "reserved")
CAPABILITIES = {
    1: "its own access point",
    2: "Bluetooth",
    4: "the network",
    8: "Wi-Fi public action frames",
    16: "NFC",
}

_TRIVIAL_PASSCODES = frozenset([*(11_111_111 * digit for digit in range(1, 9)), 12_345_678, 87_654_321])
_TEST_PASSCODE = 20_202_021
_MANUAL = re.compile(r"[0-9](?:[ -]?[0-9])*", re.ASCII)
_PRINTED = re.compile(r"[0-9]{4}([ -]?)[0-9]{3}\1[0-9]{4}", re.ASCII)
_RESERVED_FLOW = 3
_NEEDS_MAKER = Text(
    "Companion can set up this device once the manufacturer's app or website has prepared it. Follow the "
    "manufacturer's instructions first."
)
_PREPARE_BY_MAKER = Text(
    "The manufacturer's app or website has to prepare this device. Follow the manufacturer's instructions, "
    "then try again."
)
_VERDICTS = {
    STANDARD: Text("Companion can set up this device over Bluetooth or the network."),
    USER_INTENT: Text(
        "Companion can set up this device. First press its button, or follow its instructions, until it is "
        "in setup mode."
    ),
    CUSTOM: _NEEDS_MAKER,
    _RESERVED_FLOW: _NEEDS_MAKER,
}
PREPARE = {
    USER_INTENT: Text(
        "Press the device's button, or follow its instructions, until it is in setup mode. Then try again."
    ),
    CUSTOM: _PREPARE_BY_MAKER,
    _RESERVED_FLOW: _PREPARE_BY_MAKER,
}
"""For devices that do not wait to be set up whenever they are new (Core 5.1.1.1, custom flow)."""
_SEVERAL = Text("Companion can set up these devices, one after the other.")
_SEVERAL_PREPARED = Text(
    "Companion can set up these devices, one after the other. Some of them need more than power first."
)
_PREPARE_SEVERAL = Text(
    "Some of these devices need more than power before they can be set up. Follow the instructions of each."
)
_NO_PASSCODE = Text(
    "This label has no passcode, so Companion can't set up the device with it. The manufacturer's app or "
    "website prepares the device and shows a setup code for it. Scan or enter that code."
)
GET_CODE = Text(
    "Get a setup code for this device from the manufacturer's app or website. Then enter that code."
)
"""For a label without a passcode (5.7.3.1)."""


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


def _recognised(text: str, payloads: tuple[MatterPayload, ...]) -> SetupCode:
    several = len(payloads) > 1
    fields = [field for payload in payloads for field in _fields(payload)]
    flow = max(payload.flow or STANDARD for payload in payloads)
    lacks_secret = all(payload.passcode is None for payload in payloads)
    verdict, prepare = _VERDICTS[flow], PREPARE.get(flow)
    if several:
        fields.insert(0, CodeField("devices", "Devices in this code", str(len(payloads))))
        verdict, prepare = (_SEVERAL_PREPARED, _PREPARE_SEVERAL) if flow else (_SEVERAL, None)
    if lacks_secret:
        verdict, prepare = _NO_PASSCODE, GET_CODE
    return SetupCode(
        ecosystem="matter",
        title="Matter devices" if several else "Matter device",
        verdict=verdict,
        text=Secret(text),
        protocol="matter",
        payload=payloads,
        fields=tuple(fields),
        findings=tuple(finding for payload in payloads for finding in _findings(payload)),
        devices=len(payloads),
        prepare=prepare,
        lacks_secret=lacks_secret,
    )


def of_flow(code: SetupCode, flow: int) -> SetupCode:
    """The code of a device that is known to have this flow, which its label may not say."""
    if code.lacks_secret:
        return code
    return replace(code, verdict=_VERDICTS[flow], prepare=PREPARE.get(flow))


def parts_of(code: SetupCode) -> tuple[str, ...]:
    """The text of each payload as if it stood alone, in their order."""
    text = code.text.reveal_text().strip()
    if text[:3].upper() == PREFIX:
        return tuple(PREFIX + part for part in text.upper().removeprefix(PREFIX).split("*"))
    return (re.sub("[ -]", "", text),)


def rest_of(code: SetupCode | None, done: MatterPayload | None) -> SetupCode | None:
    """The code of a QR code's other devices, in their order; None where it opens none of them."""
    payloads = code.payload if code is not None else None
    if code is None or not isinstance(payloads, tuple) or len(payloads) < 2 or done not in payloads:
        return None
    parts = list(parts_of(code))
    del parts[payloads.index(done)]
    text = PREFIX + "*".join(part.removeprefix(PREFIX) for part in parts)
    rest = _recognised(text, parse_qr(text))
    return None if rest.lacks_secret else rest


def _test_passcode(text: str) -> SetupCode:
    return SetupCode(
        ecosystem="matter",
        title="Matter test passcode",
        verdict=Text(
            "This is the passcode of Matter's example firmware, and only part of a setup code. Scan the QR "
            "code or enter the 11-digit pairing code."
        ),
        text=Secret(text),
    )


def _fields(payload: MatterPayload) -> list[CodeField]:
    label = "Discriminator (short)" if payload.is_short else "Discriminator"
    fields = [
        CodeField("passcode", "Passcode", payload.passcode or "not on this label"),
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
    if payload.passcode is None:
        return []
    passcode = int(payload.passcode.reveal())
    if passcode in _TRIVIAL_PASSCODES:
        sentence = "Matter forbids this passcode because it is easy to guess."
    elif passcode == _TEST_PASSCODE:
        sentence = "The passcode is the public one from Matter's example firmware."
    else:
        return []
    return [Finding(Text("Passcode"), Text(sentence), Severity.WARNING)]
