"""Manufacturers' addresses: which may be offered, and how one is given the setup code (Core 5.7.3.1).

`MTop=_` in the query is the place of the onboarding payload. `MTcu=_` is that of an address to call back,
which Companion has none of: it stays. All else stays too, in its order.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_URL = re.compile(r"https://[!#-;=?-\[\]_a-z~%]+", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_PAYLOAD_PLACE = re.compile(r"(?<=[?&]MTop=)_(?=&|$)")


def usable(url: str) -> str:
    """The address if it leads to a named host over HTTPS, and to nothing that looks like another; else ""."""
    try:
        parts = urlsplit(url)
        fits = _URL.fullmatch(url) and parts.port != 0 and _HOST.fullmatch(parts.hostname or "")
    except ValueError:
        return ""
    return url if fits and "@" not in parts.netloc else ""


def with_payload(url: str, payload: str) -> str | None:
    """The address with the text of the setup code in its place; None where it has no place for it."""
    address, mark, fragment = url.partition("#")
    filled, places = _PAYLOAD_PLACE.subn(quote(payload, safe=""), address)
    return filled + mark + fragment if places else None
