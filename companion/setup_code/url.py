"""Web addresses: what most labels hold that are not setup codes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret

_URL = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def recognise(text: str) -> SetupCode | None:
    """An http or https address. Only its host is shown: the rest may hold a secret."""
    text = text.strip()
    if not _URL.match(text):
        return None
    try:
        host = (urlsplit(text).hostname or "").encode("idna").decode()
    except ValueError:
        return None
    return SetupCode(
        ecosystem="url",
        title="Web address",
        verdict=Text(
            "This link leads to {host}, often the manufacturer's app, and contains no setup data. "
            "Look for another code on the device.",
            {"host": host},
        ),
        text=Secret(text),
        fields=(CodeField("host", "Host", host), CodeField("url", "Address", Secret(text))),
    )
