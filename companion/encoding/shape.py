"""What a decoded value must look like. Each function gives the value back or raises MalformedCbor.

Types are compared exactly: in Python `True == 1`, on the wire they differ.
"""

from __future__ import annotations

from collections.abc import Collection
from unicodedata import category

from companion.encoding.cbor import MalformedCbor, Value

_STEERING = frozenset({"Cc", "Zl", "Zp"})
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unicode's Bidi_Control (UAX #9)."""


def array(value: object, low: int, high: int | None = None) -> list[Value]:
    """An array of `low` to `high` elements (exactly `low` without `high`)."""
    if not isinstance(value, list) or not low <= len(value) <= (low if high is None else high):
        raise MalformedCbor("not an array of this length")
    return value


def fields(value: object, required: Collection[int], optional: Collection[int] = ()) -> dict[int, Value]:
    """A map that has all required keys and no unknown ones."""
    if not isinstance(value, dict) or not set(required) <= value.keys():
        raise MalformedCbor("not a map, or a key is missing")
    if not value.keys() <= {*required, *optional}:
        raise MalformedCbor("an unknown key")
    return value


def known(value: object, required: Collection[int], optional: Collection[int] = ()) -> dict[int, Value]:
    """A result: a map that has all required keys. Unknown ones are left out, for later devices say more."""
    if not isinstance(value, dict):
        raise MalformedCbor("not a map")
    known_keys = {*required, *optional}
    return fields({key: said for key, said in value.items() if key in known_keys}, required, optional)


def uint(value: object, high: int = 0xFFFF_FFFF_FFFF_FFFF, low: int = 0) -> int:
    """An integer from `low` to `high`."""
    if type(value) is not int or not low <= value <= high:
        raise MalformedCbor("not an integer in range")
    return value


def octets(value: object, low: int, high: int | None = None) -> bytes:
    """A byte string of `low` to `high` octets (exactly `low` without `high`)."""
    if not isinstance(value, bytes) or not low <= len(value) <= (low if high is None else high):
        raise MalformedCbor("not a byte string of this length")
    return value


def text(value: object, high: int, low: int = 0) -> str:
    """Text of `low` to `high` octets in UTF-8."""
    if not isinstance(value, str) or not low <= len(value.encode()) <= high:
        raise MalformedCbor("not text of this length")
    return value


def plain_text(value: object, high: int) -> str:
    """Text that shows what it holds, in one line: without control characters, separators of lines and
    paragraphs (U+2028, U+2029), and marks that turn the direction."""
    shown = text(value, high)
    if any(category(one) in _STEERING or one in _DIRECTION for one in shown):
        raise MalformedCbor("text with characters that are not to be seen")
    return shown


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise MalformedCbor("not a truth value")
    return value
