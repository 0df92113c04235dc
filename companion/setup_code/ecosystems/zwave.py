"""Z-Wave: SmartStart and S2 QR codes (Silicon Labs SDS13937), and device specific keys (DSK).

A QR code is digits only: `90`, version 2, checksum 5, requested keys 3, DSK 40, then blocks of type 2,
length 2, value. The checksum is the first two octets of SHA-1 over all digits behind it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret

LEAD_IN = "90"
DSK_PREFIX = "zws2dsk:"
KEYS = {1: "S2 unauthenticated", 2: "S2 authenticated", 4: "S2 access control", 128: "S0"}

_MIN_DIGITS = 52
_KNOWN_VERSIONS = {0: "S2", 1: "SmartStart"}
_PRODUCT_ID = 1
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_BARE_DSK = re.compile(r"[0-9]{40}", re.ASCII)
_DSK = re.compile(r"[0-9]{5}(?:([ -])[0-9]{5})(?:\1[0-9]{5}){6}", re.ASCII)


@dataclass(frozen=True)
class ZWaveCode:
    """A device specific key, "12345-...", and what a QR code adds: version 0 S2 or 1 SmartStart."""

    dsk: Secret
    version: int | None = None
    keys: int | None = None
    manufacturer_id: int | None = None
    product_type: int | None = None
    product_id: int | None = None


def recognise(text: str) -> SetupCode | None:
    """A QR code's digits or a DSK. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    if _DIGITS.fullmatch(text) and text.startswith(LEAD_IN) and len(text) >= _MIN_DIGITS:
        return _recognised(text, parse_qr(text))
    prefixed = text[: len(DSK_PREFIX)].lower() == DSK_PREFIX
    body = text[len(DSK_PREFIX) :] if prefixed else text
    if _DSK.fullmatch(body):
        return _recognised(text, ZWaveCode(_dsk(re.sub("[ -]", "", body))))
    if _BARE_DSK.fullmatch(body) and (prefixed or _is_in_range(body)):
        return _recognised(text, ZWaveCode(_dsk(body)))
    if prefixed:
        raise CodeMalformed("not eight groups of five digits", kind="Z-Wave")
    return None


def parse_qr(digits: str) -> ZWaveCode:
    """The content of a QR code's digits. Raises CodeMalformed."""
    checksum = int.from_bytes(hashlib.sha1(digits[9:].encode(), usedforsecurity=False).digest()[:2], "big")
    if int(digits[4:9]) != checksum:
        raise CodeMalformed("the checksum does not fit", kind="Z-Wave")
    version, keys = int(digits[2:4]), int(digits[9:12])
    if version not in _KNOWN_VERSIONS or keys > 0xFF:
        raise CodeMalformed("digits out of range", kind="Z-Wave")
    manufacturer_id = product_type = product_id = None
    for kind, value in _blocks(digits[_MIN_DIGITS:]):
        if kind == _PRODUCT_ID:
            if len(value) != 20:
                raise CodeMalformed("a block has a wrong length", kind="Z-Wave")
            manufacturer_id, product_type, product_id = (_word(value[at : at + 5]) for at in (0, 5, 10))
    return ZWaveCode(_dsk(digits[12:52]), version, keys, manufacturer_id, product_type, product_id)


def _blocks(digits: str) -> Iterator[tuple[int, str]]:
    """Type and value of each block; the lowest bit of the first number only says "critical"."""
    at = 0
    while at < len(digits):
        head = digits[at : at + 4]
        value = digits[at + 4 : at + 4 + int(head[2:] or 0)]
        if len(head) < 4 or len(value) < int(head[2:]):
            raise CodeMalformed("a block is cut short", kind="Z-Wave")
        yield int(head[:2]) >> 1, value
        at += 4 + len(value)


def _word(digits: str) -> int:
    number = int(digits)
    if number > 0xFFFF:
        raise CodeMalformed("digits out of range", kind="Z-Wave")
    return number


def _is_in_range(digits: str) -> bool:
    return all(int(digits[at : at + 5]) <= 0xFFFF for at in range(0, len(digits), 5))


def _dsk(digits: str) -> Secret:
    groups = [digits[at : at + 5] for at in range(0, 40, 5)]
    for group in groups:
        _word(group)
    return Secret("-".join(groups))


def _recognised(text: str, code: ZWaveCode) -> SetupCode:
    kind = "S2" if code.version is None else _KNOWN_VERSIONS[code.version]
    return SetupCode(
        ecosystem="zwave",
        title=f"Z-Wave device ({kind})",
        verdict=Text(
            "Z-Wave devices are not reachable over Bluetooth. Scan this code with a Z-Wave "
            "controller: Home Assistant with Z-Wave JS, SmartThings or Hubitat."
        ),
        text=Secret(text),
        payload=code,
        fields=_fields(code),
    )


def _fields(code: ZWaveCode) -> tuple[CodeField, ...]:
    fields = [CodeField("dsk", "Device specific key", code.dsk)]
    if code.keys is not None:
        asked = ", ".join(name for bit, name in KEYS.items() if code.keys & bit)
        fields.append(CodeField("keys", "Requested keys", asked or "none"))
    if code.manufacturer_id is not None:
        product = f"0x{code.manufacturer_id:04X} / 0x{code.product_type:04X} / 0x{code.product_id:04X}"
        fields.append(CodeField("product", "Manufacturer / type / product", product))
    return tuple(fields)
