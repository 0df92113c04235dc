"""RP1 labels for a batch of devices: a fresh discriminator and setup secret for each."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from companion.errors import SecretPredictable
from companion.model import SetupCode
from companion.protocols.declaration import LabelDeclaration
from companion.protocols.rp1.setup_code import label_code
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.protocols.rp1.setup_code.manual_entry import groups_of
from companion.secret import Secret

SUITES = (1,)
METHODS = 1 | 2 | 4 | 8 | 16
"""What these labels promise (RP1, section 1)."""

_GROUPS_A_LINE = 3


def make(row: Mapping[str, str]) -> str:
    """A code for a device whose identity key is made; `fingerprint` is its fp in hexadecimal.

    Raises ValueError for one that is not 16 octets.
    """
    return label_code.make(
        Rp1Code(
            disc=secrets.randbelow(label_code.MAX_DISCRIMINATOR),
            fp=bytes.fromhex(row["fingerprint"]),
            r=_setup_secret(),
            suites=SUITES,
            methods=METHODS,
        )
    )


def unique(code: SetupCode) -> tuple[tuple[str, Secret], ...]:
    """Setup secret and identity key. Raises SecretPredictable."""
    payload = code.payload
    assert isinstance(payload, Rp1Code)
    if payload.has_predictable_secret:
        raise SecretPredictable()
    return (("setup secret", payload.r), ("identity key", Secret(payload.fp)))


def lines(code: SetupCode) -> tuple[str, ...]:
    """The prefix, then the groups in which the code is typed."""
    groups = groups_of(code.text.reveal_text())
    parts = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    return (label_code.PREFIX, *(" ".join(part) for part in parts))


def _setup_secret() -> Secret:
    while label_code.is_predictable(drawn := Secret(secrets.token_bytes(label_code.SECRET_SIZE))):
        continue
    return drawn


LABEL = LabelDeclaration(
    column="fingerprint",
    help="RP1 devices, each with a new secret; fingerprint is fp in hexadecimal (32 digits)",
    make=make,
    unique=unique,
    lines=lines,
)
