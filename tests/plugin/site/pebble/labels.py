"""Labels for a batch of pebbles: a file with a column `pebble`, the name that each advertises."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from companion.model import SetupCode
from companion.protocols import LabelDeclaration
from companion.secret import Secret
from pebble.codec import PebbleCode, make_code


def make(row: Mapping[str, str]) -> str:
    """A code with a fresh PIN."""
    return make_code(PebbleCode(row["pebble"], Secret(f"{secrets.randbelow(10**8):08}")))


def unique(code: SetupCode) -> tuple[tuple[str, Secret], ...]:
    """The name alone: PINs may be equal."""
    assert isinstance(code.payload, PebbleCode)
    return (("name", Secret(code.payload.name)),)


def lines(code: SetupCode) -> tuple[str, ...]:
    """Name and PIN."""
    assert isinstance(code.payload, PebbleCode)
    return (code.payload.name, code.payload.pin.reveal_text())


LABEL = LabelDeclaration("pebble", "pebbles, each with a new PIN", make, unique, lines)
