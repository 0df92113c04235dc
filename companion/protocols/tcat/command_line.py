"""The options that only TCAT devices take."""

from __future__ import annotations

from collections.abc import Mapping

from companion.protocols.options import GivenOptions, Option, first_values

COMMISSION = (
    Option(
        "--pskd", "the PSKd on the label of a Thread device that asks for it", ("PSKD",), gives_secret=True
    ),
)
VIRTUAL = (
    Option("--commissioner", "write a commissioner certificate that the device accepts to FILE", ("FILE",)),
    Option("--device-id", "its device id, 16 hexadecimal digits (default: a fresh one)", ("ID",)),
)


def read(given: GivenOptions) -> Mapping[str, str]:
    """`Order.extra`. Raises ValueError for what can't be a PSKd."""
    from companion.protocols.tcat import proofs

    extra = first_values(given)
    if (pskd := extra.get("pskd")) is not None:
        proofs.pskd(pskd)
    return extra
