"""Manufacturers' addresses: which may be offered, and how one is given the setup code (Core 5.7.3.1).

`MTop=_` in the query is the place of the onboarding payload, `MTcu=_` that of an address to call back, which
a program on a computer has none of. A place that nothing is put into is left out, so that no page takes its
mark for a value. All else stays, in its order.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_URL = re.compile(r"https://[!#-;=?-\[\]_a-z~%]+", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_PAYLOAD, _CALLBACK = "MTop", "MTcu"
_EMPTY = "_"


def usable(url: str) -> str:
    """The address if it leads to a named host over HTTPS, and to nothing that looks like another; else ""."""
    try:
        parts = urlsplit(url)
        fits = _URL.fullmatch(url) and parts.port != 0 and _HOST.fullmatch(parts.hostname or "")
    except ValueError:
        return ""
    return url if fits and "@" not in parts.netloc else ""


def without_places(url: str) -> str:
    """The address as it is opened without a setup code."""
    return _filled(url, {})


def with_payload(url: str, payload: str) -> str | None:
    """The address with the text of the setup code in its place; None where it has no place for it."""
    filled = _filled(url, {_PAYLOAD: quote(payload, safe="")})
    return None if filled == without_places(url) else filled


def _filled(url: str, values: dict[str, str]) -> str:
    """values: percent-encoded, by the places that they are put into."""
    address, mark, fragment = url.partition("#")
    path, question, query = address.partition("?")
    pairs = []
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if value != _EMPTY or key not in (_PAYLOAD, _CALLBACK):
            pairs.append(pair)
        elif key in values:
            pairs.append(f"{key}={values[key]}")
    return path + (question + "&".join(pairs) if pairs else "") + mark + fragment
