"""Amazon Frustration-Free Setup barcodes ("Provisionee 2D Barcode Specification"): `ABV:OB01;PID:...;`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret

PREFIX = "ABV:"
PUBLIC_LABELS = {
    "PID": "Product ID",
    "SERNUM": "Serial number",
    "DSN": "Serial number",
    "UPC": "Product code (UPC)",
    "PUK": "Public key",
    "MAC": "MAC address",
}

_START = re.compile(r"ABV:[A-Z]{2}[0-9]{2}(?:;|$)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class AmazonCode:
    """barcode_version: "IB01" on the device, "OB01" on its package. parts: all others, by key."""

    barcode_version: str
    parts: Mapping[str, Secret]


def recognise(text: str) -> SetupCode | None:
    """The code if the text starts with `ABV:` and a version. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    if not _START.match(text):
        return None
    code = parse(text)
    fields = [
        CodeField(
            key.lower(), PUBLIC_LABELS.get(key, key), value.reveal_text() if key in PUBLIC_LABELS else value
        )
        for key, value in code.parts.items()
    ]
    return SetupCode(
        ecosystem="amazon",
        title="Amazon Frustration-Free Setup",
        verdict=Text(
            "Only Amazon devices and the Alexa app can set up this device. Scan the code in the Alexa app."
        ),
        text=Secret(text),
        payload=code,
        fields=tuple(fields),
    )


def parse(text: str) -> AmazonCode:
    """The parts of a barcode. Raises CodeMalformed."""
    parts: dict[str, Secret] = {}
    for part in text.rstrip(";").split(";"):
        key, colon, value = part.partition(":")
        key = key.upper()
        if not colon or not key.isalnum() or key in parts:
            raise CodeMalformed("a part has no name, or appears twice", kind="Amazon")
        parts[key] = Secret(value)
    version = parts.pop("ABV").reveal_text()
    if not parts:
        raise CodeMalformed("nothing follows the version", kind="Amazon")
    return AmazonCode(version, parts)
