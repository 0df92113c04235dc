"""What other protocols put into a request or a grant: octets by protocol, which mean nothing here."""

from __future__ import annotations

from collections.abc import Mapping

from companion.encoding import cbor, shape

MAX_PART = 2048
_MOST = 4
_MAX_PROTOCOL = 32


def encode(key: int, parts: Mapping[str, bytes]) -> dict[int, cbor.Value]:
    """The member of a map; none where there is no part, so that apps of before read it."""
    if not parts:
        return {}
    entries: list[cbor.Value] = [[name, part] for name, part in sorted(parts.items())]
    return {key: entries}


def decode(value: cbor.Value | None) -> dict[str, bytes]:
    """By protocol. Raises MalformedCbor."""
    if value is None:
        return {}
    parts: dict[str, bytes] = {}
    for each in shape.array(value, 1, _MOST):
        name, part = shape.array(each, 2)
        parts[shape.plain_text(name, _MAX_PROTOCOL)] = shape.octets(part, 1, MAX_PART)
    return parts
