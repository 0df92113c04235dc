"""What a report is about: one run, or those of a query, redacted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from companion.registry import Registry
from companion.registry.lists import RunQuery
from companion.registry.lookup import by_id
from companion.registry.privacy.redaction import redacted
from companion.registry.privacy.safe_forms import StandIns
from companion.registry.records import RunRecord

Document = Mapping[str, Any]
"""A run as `RunRecord.as_json`, redacted."""

MOST_RUNS = 10_000
"""In a report: the newest ones."""


@dataclass(frozen=True)
class Selection:
    """The runs of a report, newest first, without steps and events.

    whole: reads one of them (its id) with steps and events; matching: how many there were, if there are more
    than a report has; is_one: the report is about a single run
    """

    runs: Sequence[Document]
    whole: Callable[[str], Document]
    matching: int
    is_one: bool = False


def one_run(record: RunRecord) -> Selection:
    """A report about one run, which has its steps and events."""
    document = redacted(record.as_json())
    return Selection((document,), lambda _: document, 1, is_one=True)


def runs_of(registry: Registry, query: RunQuery, *, most: int = MOST_RUNS) -> Selection:
    """A report about the runs of a query. A value has the same stand-in in all of them.

    Raises what the registry raises, also later, when a run is read.
    """
    shared = StandIns()
    listed = islice(registry.lists.every_run(query), most)
    runs = [redacted(record.as_json(), shared) for record in listed]
    matching = registry.lists.count_runs(query) if len(runs) == most else len(runs)

    def whole(run: str) -> Document:
        return redacted(registry.run(by_id(run)).as_json(), shared)

    return Selection(runs, whole, matching)


def seconds_of(document: Document) -> float | None:
    """How long a run took; None while it goes on."""
    from datetime import datetime

    if document.get("ended") is None:
        return None
    begun, ended = (datetime.fromisoformat(document[name]) for name in ("started", "ended"))
    return max(0.0, (ended - begun).total_seconds())


def step_seconds(document: Document) -> dict[str, float]:
    """How long each finished step took, as the run's outcome tells it."""
    steps = (document.get("outcome") or {}).get("steps") or ()
    return {str(each["name"]): float(each["seconds"]) for each in steps if each.get("seconds") is not None}
