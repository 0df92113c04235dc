"""How long runs are kept. `store/retention.py` removes the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

LEAST_DAYS = 7
"""Shorter, and a fault that somebody reports on Monday is gone on Tuesday."""


@dataclass(frozen=True)
class Removed:
    """runs: removed as a whole; emptied: kept with their outcome, as a record that stays came of them"""

    runs: int
    emptied: int


class Retention(Protocol):
    """What happened in a run (steps, events) is kept for some days, or for ever. What proves something stays:
    devices, certificates, receipts, the log, revocations, tokens, grants, alerts, and the outcomes of runs
    that they came of. So do unfinished runs that nobody settled.

    Every method raises RegistryBusy, RegistryDamaged or StorageError when the database can't serve it.
    """

    def days(self) -> int | None:
        """How long; None: for ever, as it is until somebody says otherwise."""

    def keep(self, days: int | None) -> None:
        """From now on so long. Removes nothing by itself. Raises ValueError under `LEAST_DAYS`."""

    def count(self, days: int) -> int:
        """How many runs would lose something if they were kept so long."""

    def apply(self, *, most: int | None = None) -> Removed:
        """Remove what is older. most: runs that are looked at now, the oldest first; None: all of them."""
