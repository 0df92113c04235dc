"""What runs say together, two of them side by side, and reports: commands, answers, what is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError, StorageError
from companion.events import Event
from companion.registry.lists import RunFact, RunQuery
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.registry import Registry, RunRecord
    from companion.registry.activity import Failures, ValueCount
    from companion.reports.comparison import Comparison


@dataclass(frozen=True)
class CountFailures(Command):
    """What fails most among the runs of a query: `FailuresCounted`. days: the last ones, None for all."""

    query: RunQuery
    days: int | None


@dataclass(frozen=True)
class CountValues(Command):
    """Which values of a fact the runs of a query have: `ValuesCounted`."""

    query: RunQuery
    fact: RunFact


@dataclass(frozen=True)
class CompareRuns(Command):
    """Two runs beside each other: `RunsCompared`. Each is an id, or a run of somebody's report.

    right: None for the nearest good run like the left one
    """

    left: str | RunRecord
    right: str | RunRecord | None = None


@dataclass(frozen=True)
class ReadReport(Command):
    """Open a report of somebody else: `ReportRead`."""

    path: Path


@dataclass(frozen=True)
class FailuresCounted(Event):
    """The answer to `asked`."""

    asked: CountFailures
    failures: Failures


@dataclass(frozen=True)
class ValuesCounted(Event):
    """The answer to `asked`."""

    asked: CountValues
    values: Sequence[ValueCount]


@dataclass(frozen=True)
class RunsCompared(Event):
    """The answer to `asked`. comparison: None where no good run is like the left one.

    same_device: whether the right run was with the same device; None if the right one was named
    """

    asked: CompareRuns
    left: RunRecord
    comparison: Comparison | None
    same_device: bool | None = None


@dataclass(frozen=True)
class ReportRead(Event):
    """The runs of a report, or why it can't be opened."""

    path: Path
    runs: tuple[RunRecord, ...] = ()
    error: CompanionError | None = None


Asked = CountFailures | CountValues | CompareRuns | ReadReport


def answer(command: Asked, registry: Registry) -> Event:
    """On the records' thread. Raises StorageError, RecordMissing."""
    match command:
        case CountFailures():
            return _failures(command, registry)
        case CountValues():
            return ValuesCounted(command, registry.activity.values(command.query, command.fact))
        case CompareRuns():
            return _compared(command, registry)
        case ReadReport():
            return _report(command)


def _failures(command: CountFailures, registry: Registry) -> FailuresCounted:
    from companion.registry.activity import days_until, spans_since

    today = date.today()
    if command.days is None and (first := registry.activity.first()) is not None:
        edges = spans_since(first, today)
    else:
        edges = days_until(today, command.days or 1)
    query = replace(command.query, since=None, until=None)
    return FailuresCounted(command, registry.activity.failures(query, edges))


def _compared(command: CompareRuns, registry: Registry) -> RunsCompared:
    from companion.registry.lookup import by_id
    from companion.reports.comparison import compare

    def whole(run: str | RunRecord) -> RunRecord:
        return registry.run(by_id(run)) if isinstance(run, str) else run

    left = whole(command.left)
    if command.right is not None:
        return RunsCompared(command, left, compare(left, whole(command.right)))
    partner = registry.activity.partner(left)
    if partner is None:
        return RunsCompared(command, left, None)
    made = compare(left, registry.run(by_id(partner.run)))
    return RunsCompared(command, left, made, partner.same_device)


def _report(command: ReadReport) -> ReportRead:
    from companion.reports.reader import read_report

    try:
        return ReportRead(command.path, read_report(command.path))
    except StorageError as error:
        return ReportRead(command.path, error=error)
