"""What is said of the revocation list that was written last, and when to write it again."""

from __future__ import annotations

from companion.commands.terminal.numbers import entries
from companion.identity import crl

_WARNINGS = {
    crl.CrlState.AGING: "! It expires soon; brokers then reject every device.",
    crl.CrlState.INCOMPLETE: "! A certificate revoked since is not in it; brokers still accept that.",
    crl.CrlState.MISSING: "! The file is missing.",
    crl.CrlState.EXPIRED: "! It has expired; brokers that use it reject every device.",
}


def describe(published: crl.Publication, standing: crl.CrlState) -> list[str]:
    """The list in a line, and below it a warning with what to do where one is due."""
    line = (
        f"Revocation list: {published.file}, {entries(published.entries)}, "
        f"valid until {published.until:%Y-%m-%d %H:%M} UTC."
    )
    if standing is crl.CrlState.FRESH:
        return [line]
    advice = "Renew it with `companion trust crl`, then install it on the broker."
    return [line, f"{_WARNINGS[standing]} {advice}"]
