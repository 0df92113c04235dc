"""Thread joiner codes (OpenThread "Thread Connect QR code"): `v=1&&eui=<16 hex>&&cc=<PSKd>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret

_START = re.compile(r"v=\d+&&", re.IGNORECASE)
_CODE = re.compile(r"v=1&&eui=([0-9A-Fa-f]{16})&&cc=([0-9A-HJ-NPR-Y]{6,32})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class ThreadJoinerCode:
    """eui64: sixteen hex digits. pskd: the joiner's credential, base-32 of Thread (no I, O, Q, Z)."""

    eui64: str
    pskd: Secret


def recognise(text: str) -> SetupCode | None:
    """The code if the text starts with `v=...&&`. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    if not _START.match(text):
        return None
    match = _CODE.fullmatch(text)
    if match is None:
        raise CodeMalformed("not an EUI-64 and a joiner credential", kind="Thread")
    code = ThreadJoinerCode(match[1].lower(), Secret(match[2].upper()))
    return SetupCode(
        ecosystem="thread",
        title="Thread joiner",
        verdict=Text(
            "This device joins over Thread, not over Bluetooth. Add it with a commissioner of your "
            "Thread network, for example the OpenThread border router's web page."
        ),
        text=Secret(text),
        payload=code,
        fields=(CodeField("eui64", "EUI-64", code.eui64), CodeField("pskd", "Joiner credential", code.pskd)),
    )
