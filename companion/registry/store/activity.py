"""What the runs say together, answered by an index alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, select
from sqlalchemy.orm import Session

from companion.errors import RecordMissing
from companion.registry.activity import MOST_VALUES, Failure, Failures, Partner, ValueCount
from companion.registry.database.connection import reading
from companion.registry.database.failures import database_errors
from companion.registry.database.functions import ten_minutes
from companion.registry.database.tables import Run
from companion.registry.lists import RunFact, RunQuery
from companion.registry.store.run_filter import (
    GOOD,
    GUESSED_PROTOCOL,
    column_of,
    is_failing,
    runs_wanted,
)


class RunActivity:
    """`companion.registry.activity.Activity`."""

    def __init__(self, engine: Engine) -> None:
        """Takes an engine whose tables are up to date."""
        self._engine = reading(engine)

    def values(self, query: RunQuery, fact: RunFact, *, limit: int = MOST_VALUES) -> tuple[ValueCount, ...]:
        """See `Activity.values`."""
        column, count = column_of(fact), func.count()
        wanted = (
            select(column, count)
            .where(runs_wanted(query, but=fact), column != "")
            .group_by(column)
            .order_by(count.desc(), column)
            .limit(limit)
        )
        with database_errors(), Session(self._engine) as session:
            return tuple(ValueCount(value, number) for value, number in session.execute(wanted))

    def failures(self, query: RunQuery, edges: Sequence[datetime]) -> Failures:
        """See `Activity.failures`."""
        spans = replace(query, since=edges[0], until=edges[-1])
        # What is chosen of the groups does not take the others away.
        every = runs_wanted(replace(spans, ending="", code="", step=""))
        moment = ten_minutes(Run.started)
        wanted = (
            select(Run.error, Run.step, moment, func.count(), func.max(Run.started))
            .where(every, is_failing())
            .group_by(Run.error, Run.step, moment)
        )
        found: dict[tuple[str, str], tuple[list[int], list[datetime]]] = {}
        with database_errors(), Session(self._engine) as session:
            runs = session.scalar(select(func.count(Run.id)).where(every)) or 0
            for code, step, text, count, last in session.execute(wanted):
                bars, latest = found.setdefault((code, step), ([0] * (len(edges) - 1), []))
                began = datetime.fromisoformat(f"{text}0").replace(tzinfo=UTC)
                place = bisect_right(edges, began) - 1
                bars[min(max(place, 0), len(bars) - 1)] += count
                latest.append(last)
        groups = [
            Failure(code, step, sum(bars), tuple(bars), max(latest))
            for (code, step), (bars, latest) in found.items()
        ]
        groups.sort(key=lambda group: (-group.count, group.code, group.step))
        return Failures(tuple(groups), tuple(edges), runs, sum(group.count for group in groups))

    def first(self) -> datetime | None:
        """See `Activity.first`."""
        with database_errors(), Session(self._engine) as session:
            return session.scalar(select(func.min(Run.started)))

    def partner(self, run: str) -> Partner | None:
        """See `Activity.partner`."""
        with database_errors(), Session(self._engine) as session:
            row = session.get(Run, run)
            if row is None:
                raise RecordMissing(wanted=run)
            alike, same = and_(*_alike(row)), _same_device(row)
            if same is not None and (near := _nearest(session, row, and_(alike, same))) is not None:
                return Partner(near, same_device=True)
            near = _nearest(session, row, alike)
            return None if near is None else Partner(near, same_device=False)


def _alike(row: Run) -> list[ColumnElement[bool]]:
    """What a run has in common with those that it may be held against."""
    facts: list[tuple[ColumnElement[Any], str]] = [
        (GUESSED_PROTOCOL, row.protocol or row.ecosystem or ""),
        (Run.radio_kind.expression, row.radio_kind),
        (Run.model.expression, row.model),
        (Run.firmware.expression, row.firmware),
    ]
    known = [column == value for column, value in facts if value]
    return [Run.state.in_(GOOD), Run.operation == row.operation, Run.id != row.id, *known]


def _same_device(row: Run) -> ColumnElement[bool] | None:
    if row.subject:
        return Run.subject == row.subject
    return Run.device_name == row.device_name if row.device_name else None


def _nearest(session: Session, row: Run, wanted: ColumnElement[bool]) -> str | None:
    """The run that began closest to it."""
    before = select(Run.id, Run.started).where(wanted, Run.started <= row.started)
    after = select(Run.id, Run.started).where(wanted, Run.started > row.started)
    found = [
        session.execute(before.order_by(Run.started.desc(), Run.id.desc()).limit(1)).one_or_none(),
        session.execute(after.order_by(Run.started, Run.id).limit(1)).one_or_none(),
    ]
    there = [each for each in found if each is not None]
    near = min(there, key=lambda each: abs(each.started - row.started), default=None)
    return None if near is None else str(near.id)
