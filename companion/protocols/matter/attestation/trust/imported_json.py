"""JSON that a user imported: bounded, and anything unexpected is one exception."""

from __future__ import annotations

import json
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MAX_SIZE = 32 * 1024 * 1024
"""Octets. All roots and revocation lists of the ledger are about 1 MB."""


class MalformedJson(ValueError):
    """Too long, not JSON, or nested too deeply."""


def is_json(name: str) -> bool:
    """True for a file that is taken for JSON, by its name."""
    return name.lower().endswith(".json")


def loads(data: bytes) -> Json:
    """Raises MalformedJson."""
    if len(data) > MAX_SIZE:
        raise MalformedJson("too long")
    try:
        value: Json = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedJson("not JSON") from error
    return value
