"""Zigbee install codes (Zigbee 3.0 Base Device Behavior 13-0402, section 10.1) in the forms that labels have.

An install code is 6, 8, 12 or 16 octets and their CRC-16/X-25, low octet first. Forms, as the published tests
of zigpy and zigbee-herdsman have them: `HUE:Z:<code> M:<EUI-64>`, `Z:<EUI-64>$I:<code>`, with other parts
before and behind it (`G$M:...%Z$A:...$I:...`), `<EUI-64>|<code>`, `RB01SG...<EUI-64>DLK<code>`, and the bare
code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text
from companion.secret import Secret

_CODE = r"(?P<code>[0-9A-F]{36}|[0-9A-F]{32}|[0-9A-F]{28}|[0-9A-F]{20}|[0-9A-F]{16})"
_EUI64 = r"(?P<eui64>[0-9A-F]{16})"
_FORMS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"HUE:Z:{_CODE} M:{_EUI64}(?: [0-9A-Z]:\S+)*",
        rf"(?:[0-9A-Z$:.\-]+[%$])?(?:Z|A|Z\$A):{_EUI64}\$I:{_CODE}(?:[$%][0-9A-Z$%:.\-]*)?",
        rf"{_EUI64}\|{_CODE}",
        rf"(?:RB|ZB)[0-9]{{2}}SG[0-9A-F]{{20,60}}?{_EUI64}DLK{_CODE}",
    )
)
_START = re.compile(
    r"HUE:Z:|G\$M:[^%]*%Z|Z\$A:[0-9A-F]{4}|Z:[0-9A-F]{8,16}\$|(?:RB|ZB)[0-9]{2}SG[0-9]|[0-9A-F]{16}\|[0-9A-F]",
    re.ASCII | re.IGNORECASE,
)
_BARE = re.compile(
    r"[0-9A-F]{4}([ :-]?)[0-9A-F]{4}(?:\1[0-9A-F]{4}){2,7}"
    r"|[0-9A-F]{2}([ :-])[0-9A-F]{2}(?:\2[0-9A-F]{2}){6,16}",
    re.ASCII | re.IGNORECASE,
)
_SIZES_WITH_CRC = (8, 10, 14, 18)
_KEY_SIZE, _FULL_SIZE = 16, 18


@dataclass(frozen=True)
class ZigbeeCode:
    """secret: the install code with its CRC, or a link key of 16 octets. eui64: sixteen hex digits."""

    secret: Secret
    eui64: str | None = None
    has_right_check: bool = True


def recognise(text: str) -> SetupCode | None:
    """An install code with its device's address, or alone. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    for form in _FORMS:
        if match := form.fullmatch(text):
            octets = bytes.fromhex(match["code"])
            is_right = len(octets) == _KEY_SIZE or _is_checked(octets)
            if not is_right and len(octets) != _FULL_SIZE:
                break  # rather a longer one that was cut
            return _recognised(text, ZigbeeCode(Secret(octets), match["eui64"].lower(), is_right))
    if _START.match(text):
        raise CodeMalformed("not an address and an install code", kind="Zigbee")
    if _BARE.fullmatch(text):
        octets = bytes.fromhex(re.sub("[ :-]", "", text))
        if _is_checked(octets) and len(set(octets)) > 1:
            return _recognised(text, ZigbeeCode(Secret(octets)))
    return None


def _is_checked(octets: bytes) -> bool:
    """True for an install code whose last two octets are the CRC of the others."""
    if len(octets) not in _SIZES_WITH_CRC:
        return False
    return _crc(octets[:-2]) == int.from_bytes(octets[-2:], "little")


def _crc(octets: bytes) -> int:
    """CRC-16/X-25: reflected 0x1021, all ones before and inverted after."""
    crc = 0xFFFF
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x8408 if crc & 1 else 0)
    return crc ^ 0xFFFF


def _recognised(text: str, code: ZigbeeCode) -> SetupCode:
    fields = [] if code.eui64 is None else [CodeField("eui64", "EUI-64", code.eui64)]
    fields.append(CodeField("install_code", "Install code", code.secret))
    return SetupCode(
        ecosystem="zigbee",
        title="Zigbee device",
        verdict=Text(
            "Zigbee devices are not reachable over Bluetooth. Add this install code to a Zigbee hub: the "
            "manufacturer's, Home Assistant or Zigbee2MQTT."
        ),
        text=Secret(text),
        payload=code,
        fields=tuple(fields),
        findings=() if code.has_right_check else (_WRONG_CHECK,),
    )


_WRONG_CHECK = Finding(
    Text("Install code"),
    Text("Its checksum does not match. Compare the code with the label."),
    Severity.WARNING,
)
