"""Text to SetupCode: what a scanned or typed text is, and whether Companion commissions it."""

from __future__ import annotations

from collections.abc import Callable

from companion.model import SetupCode, Text
from companion.secret import Secret
from companion.setup_code import (
    amazon,
    dpp,
    espressif,
    homekit,
    matter,
    rp1,
    rp1_transfer,
    thread,
    url,
    wifi,
    zwave,
)

# A new ecosystem is one file and one line here; the first that knows a text has it.
RECOGNISERS: tuple[Callable[[str], SetupCode | None], ...] = (
    rp1.recognise,
    rp1_transfer.recognise,
    espressif.recognise,
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


def recognise(text: str) -> SetupCode:
    """What a text is. Unknown text has the ecosystem "unknown".

    Raises CodeMalformed, and nothing else, when a text announces itself as a known kind but is damaged.
    """
    text = text[: MAX_LENGTH + 1].encode(errors="replace").decode().lstrip("\ufeff")
    if len(text) <= MAX_LENGTH:
        for recogniser in RECOGNISERS:
            code = recogniser(text)
            if code is not None:
                return code
    return _unknown(text)


def _unknown(text: str) -> SetupCode:
    return SetupCode(
        ecosystem="unknown",
        title="Unknown code",
        verdict=Text("This is not a setup code that Companion knows. Look for another code on the device."),
        text=Secret(text),
    )
