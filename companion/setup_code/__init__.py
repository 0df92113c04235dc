"""Text to SetupCode: what a scanned or typed text is, and whether Companion commissions it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeAlias

from companion.model import SetupCode, Text
from companion.secret import Secret
from companion.setup_code import (
    amazon,
    dpp,
    homekit,
    matter,
    thread,
    url,
    wifi,
    zwave,
)

Recogniser: TypeAlias = Callable[[str], SetupCode | None]

# Of ecosystems that Companion knows and no protocol of ours commissions. A new one is one file and one line
# here; the first that knows a text has it.
RECOGNISERS: tuple[Recogniser, ...] = (
    matter.recognise,
    homekit.recognise,
    dpp.recognise,
    zwave.recognise,
    thread.recognise,
    wifi.recognise,
    amazon.recognise,
    url.recognise,
)

# The largest QR code holds 7,089 digits; a longer text is not a setup code, and is not parsed.
MAX_LENGTH = 8192


def recognise(text: str, protocols: Iterable[Recogniser]) -> SetupCode:
    """What a text is. Unknown text has the ecosystem "unknown".

    protocols: the recognisers of the protocols that commission, asked first; `companion.protocols.recognise`
    passes those of all that are installed.

    Raises CodeMalformed, and nothing else, when a text announces itself as a known kind but is damaged.
    """
    text = text[: MAX_LENGTH + 1].encode(errors="replace").decode().lstrip("\ufeff")
    if len(text) <= MAX_LENGTH:
        for recogniser in chain(protocols, RECOGNISERS):
            code = recogniser(text)
            if code is not None:
                return code
    return _unknown(text)


def _unknown(text: str) -> SetupCode:
    return SetupCode(
        ecosystem="unknown",
        title="Unknown code",
        verdict=Text("Companion does not recognise this code. Look for another code on the device."),
        text=Secret(text),
    )
