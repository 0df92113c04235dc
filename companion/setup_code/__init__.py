"""Text to SetupCode: what a scanned or typed text is, and whether Companion commissions it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeAlias

from companion.errors import CodeMalformed
from companion.model import SetupCode, Text
from companion.secret import Secret
from companion.setup_code import extraction, url
from companion.setup_code.ecosystems import amazon, dpp, homekit, non_devices, thread, wifi, zigbee, zwave
from companion.setup_code.ecosystems import shapes as ecosystems

Recogniser: TypeAlias = Callable[[str], SetupCode | None]

# Of ecosystems that Companion knows and no protocol of ours commissions. A new one is one file and one line
# here; the first that knows a text has it.
RECOGNISERS: tuple[Recogniser, ...] = (
    homekit.recognise,
    dpp.recognise,
    zwave.recognise,
    thread.recognise,
    wifi.recognise,
    amazon.recognise,
    zigbee.recognise,
    ecosystems.recognise,
    non_devices.recognise,
    url.recognise,
)

# The largest QR code holds 7,089 digits; a longer text is not a setup code, and is not parsed.
MAX_LENGTH = 8192

# What copying and scanning leave around a code, besides white space.
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060\0"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
# What says little by itself and often holds another code.
_AROUND = ("url", "link")


def recognise(
    text: str, protocols: Iterable[Recogniser], patterns: Iterable[re.Pattern[str]] = ()
) -> SetupCode:
    """What a text is. Unknown text has the ecosystem "unknown".

    protocols: the recognisers of the protocols that commission, asked first
    patterns:  what their codes look like within other text, see `extraction.compiled`
    `companion.protocols.recognise` passes those of all that are installed.

    Raises CodeMalformed, and nothing else, when a text announces itself as a known kind but is damaged.
    """
    text = text[: MAX_LENGTH + 1].encode(errors="replace").decode().strip(_INVISIBLE)
    if len(text) > MAX_LENGTH:
        return _unknown(text)
    recognisers = (*protocols, *RECOGNISERS)
    try:
        code = _first(text, recognisers)
    except CodeMalformed:
        if (inside := _inside(text, recognisers, patterns)) is None:
            raise
        return inside
    if code is None or code.ecosystem in _AROUND:
        code = (
            _inside(text, recognisers, patterns, strict=True) or code or _first(_printable(text), recognisers)
        )
    return code or _unknown(text)


def _printable(text: str) -> str:
    """The text with the dashes, spaces and wide characters of print as a keyboard has them."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)[:MAX_LENGTH]


def _first(text: str, recognisers: Iterable[Recogniser]) -> SetupCode | None:
    return next((code for each in recognisers if (code := each(text)) is not None), None)


def _inside(
    text: str,
    recognisers: Iterable[Recogniser],
    patterns: Iterable[re.Pattern[str]],
    *,
    strict: bool = False,
) -> SetupCode | None:
    """The first whole code that something else surrounds. strict: raises CodeMalformed if all are damaged."""
    damage = None
    for candidate in extraction.candidates(text, patterns):
        try:
            code = _first(candidate, recognisers)
        except CodeMalformed as error:
            damage = damage or error
            continue
        if code is not None and code.ecosystem not in _AROUND:
            return code
    if strict and damage is not None:
        raise damage
    return None


def _unknown(text: str) -> SetupCode:
    return SetupCode(
        ecosystem="unknown",
        title="Unknown code",
        verdict=Text(
            "Companion does not recognise this code. If the device has another code, scan that one."
        ),
        text=Secret(text),
    )
