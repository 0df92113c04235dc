"""Espressif labels for a batch of devices: a fresh proof of possession for each."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from companion.errors import SecretPredictable
from companion.model import SetupCode
from companion.protocols.declaration import LabelDeclaration
from companion.protocols.espressif.setup_code import EspressifCode
from companion.secret import Secret

# Letters and digits that print cannot confuse: 16 of them hold 79 bits.
_POP_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
_POP_LENGTH = 16


def make(row: Mapping[str, str]) -> str:
    """A code for a device that advertises `name`; a `username` means security 2."""
    fields = {
        "ver": "v1",
        "name": row["name"],
        "username": row.get("username"),
        "pop": "".join(secrets.choice(_POP_ALPHABET) for _ in range(_POP_LENGTH)),
        "transport": "ble",
    }
    return json.dumps({key: value for key, value in fields.items() if value}, separators=(",", ":"))


def unique(code: SetupCode) -> tuple[tuple[str, Secret], ...]:
    """Proof of possession and name. Raises SecretPredictable where the code has no proof."""
    payload = code.payload
    assert isinstance(payload, EspressifCode)
    if payload.pop is None:
        raise SecretPredictable("no proof of possession")
    return (("proof of possession", payload.pop), ("name", Secret(payload.name)))


def lines(code: SetupCode) -> tuple[str, ...]:
    """The name, and the proof of possession to type in an app."""
    payload = code.payload
    assert isinstance(payload, EspressifCode)
    return (payload.name, *([payload.pop.reveal_text()] if payload.pop else []))


LABEL = LabelDeclaration(
    column="name",
    help="Espressif devices, each with a new proof of possession; with username: security 2",
    make=make,
    unique=unique,
    lines=lines,
    is_common=True,
)
