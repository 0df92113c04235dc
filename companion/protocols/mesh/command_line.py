"""The options that only mesh devices take, and how they reach the driver."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from companion.protocols.options import GivenOptions, Option, first_values

STATIC, PUBLIC_KEY = "static-oob", "oob-public-key"
"""Keys of `Order.extra`: paths, as what is in the first file is a secret."""
ENHANCED = "epa-only"

COMMISSION = (
    Option(
        "--static-oob",
        "the static OOB secret of a mesh device, in hexadecimal in FILE",
        ("FILE",),
        gives_secret=True,
    ),
    Option("--oob-public-key", "the public key of a mesh device, in hexadecimal in FILE", ("FILE",)),
    Option("--epa-only", "reject mesh devices without enhanced provisioning authentication (Mesh 1.1)"),
)
VIRTUAL = (
    Option(
        "--oob",
        "whether it shows its secret (the usual one), takes it, has it on its label, or has none",
        ("METHOD",),
        choices=("static", "output", "input", "none"),
    ),
    Option("--no-epa", "it has no enhanced provisioning authentication, as in Mesh 1.0"),
    Option("--uuid", "its device UUID (default: a fresh one)", ("UUID",)),
)


def read(given: GivenOptions) -> Mapping[str, str]:
    """`Order.extra`. Raises ValueError for a file that holds something else, FileMissing,
    FileUnreadable."""
    from companion.protocols.mesh import known_secrets

    extra = first_values(given)
    if (path := extra.get(STATIC)) is not None:
        known_secrets.static_secret(known_secrets.read_file(Path(path)))
    if (path := extra.get(PUBLIC_KEY)) is not None:
        known_secrets.public_key(known_secrets.read_file(Path(path)))
    return {**extra, ENHANCED: "yes"} if ENHANCED in given else extra
