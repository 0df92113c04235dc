"""What the runs say together: which values they have, what fails most, and which run is like another one.

`store/activity.py` answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Protocol

from companion.registry.lists import RunFact, RunQuery
from companion.registry.records import RunRecord, stamp

MOST_VALUES = 50
"""Values of a fact that are counted, the most frequent ones."""
MOST_SPANS = 26
"""Bars of a picture over all the time there is."""


@dataclass(frozen=True)
class ValueCount:
    """A value that runs have, and how many of them."""

    value: str
    count: int


@dataclass(frozen=True)
class Failure:
    """Runs that ended alike. code: of the error, "" for interrupted runs; step: where they ended.

    spans: how many in each span of time, the earliest first; last: when the latest one began
    """

    code: str
    step: str
    count: int
    spans: tuple[int, ...]
    last: datetime

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code or None,
            "step": self.step or None,
            "count": self.count,
            "spans": list(self.spans),
            "last": stamp(self.last),
        }


@dataclass(frozen=True)
class Failures:
    """What fails most, most frequent first. edges: of the spans, one more than there are; runs: all in the
    time, whatever became of them; failed: those that are counted in `groups`."""

    groups: tuple[Failure, ...]
    edges: tuple[datetime, ...]
    runs: int
    failed: int

    def as_json(self) -> dict[str, object]:
        return {
            "runs": self.runs,
            "failed": self.failed,
            "edges": [stamp(edge) for edge in self.edges],
            "groups": [group.as_json() for group in self.groups],
        }


@dataclass(frozen=True)
class Partner:
    """A run to hold another one against. same_device: else it is another device of the same kind."""

    run: str
    same_device: bool


class Activity(Protocol):
    """Counts of runs. May be read from any thread.

    Every method raises RegistryBusy, RegistryDamaged or StorageError when the database can't serve it.
    """

    def values(self, query: RunQuery, fact: RunFact, *, limit: int = MOST_VALUES) -> tuple[ValueCount, ...]:
        """The values that the query's runs have, the most frequent first; the query's own one is no limit."""

    def failures(self, query: RunQuery, edges: Sequence[datetime]) -> Failures:
        """What fails most among the query's runs, in the spans of time between `edges` (two at least)."""

    def first(self) -> datetime | None:
        """When the first run began; None without any."""

    def partner(self, run: RunRecord) -> Partner | None:
        """The good run that is nearest in time: of the same device where there is one, of the same operation,
        protocol, model, firmware and radio as far as they are known. None without one. The run itself may
        be of somebody's report.
        """


def days_until(today: date, days: int, zone: tzinfo | None = None) -> tuple[datetime, ...]:
    """The edges of the last days, today among them, by the calendar of `zone` (None: this computer's)."""
    return tuple(_midnight(today + timedelta(days=number), zone) for number in range(1 - days, 2))


def spans_since(first: datetime, today: date, zone: tzinfo | None = None) -> tuple[datetime, ...]:
    """The edges of at most `MOST_SPANS` equal spans of whole days, from `first` until the end of today."""
    days = max(1, (today - first.astimezone(zone).date()).days + 1)
    wide = -(-days // MOST_SPANS)
    count = -(-days // wide)
    starts = (today + timedelta(days=1 - wide * number) for number in range(count, -1, -1))
    return tuple(_midnight(start, zone) for start in starts)


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    start = datetime.combine(day, time())
    return start.astimezone() if zone is None else start.replace(tzinfo=zone)
