"""What the runs say together, answered by an index alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, select
from sqlalchemy.orm import Session

from companion.registry.activity import MOST_VALUES, Failure, Failures, Partner, ValueCount
from companion.registry.database.connection import reading
from companion.registry.database.failures import database_errors
from companion.registry.database.functions import ten_minutes
from companion.registry.database.tables import Run
from companion.registry.lists import RunFact, RunQuery
from companion.registry.privacy.safe_forms import radio_kinds
from companion.registry.records import RunRecord
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

    def partner(self, run: RunRecord) -> Partner | None:
        """See `Activity.partner`."""
        alike, same = and_(*_alike(run)), _same_device(run)
        with database_errors(), Session(self._engine) as session:
            if same is not None and (near := _nearest(session, run, and_(alike, same))) is not None:
                return Partner(near, same_device=True)
            near = _nearest(session, run, alike)
            return None if near is None else Partner(near, same_device=False)


def _alike(run: RunRecord) -> list[ColumnElement[bool]]:
    """What a run has in common with those that it may be held against."""
    facts: list[tuple[ColumnElement[Any], str]] = [
        (GUESSED_PROTOCOL, run.protocol or run.ecosystem or ""),
        (Run.radio_kind.expression, radio_kinds(run.radio)),
        (Run.model.expression, run.model),
        (Run.firmware.expression, run.firmware),
    ]
    known = [column == value for column, value in facts if value]
    return [Run.state.in_(GOOD), Run.operation == run.operation, Run.id != run.id, *known]


def _same_device(run: RunRecord) -> ColumnElement[bool] | None:
    if run.subject:
        return Run.subject == run.subject
    return Run.device_name == run.device_name if run.device_name else None


def _nearest(session: Session, run: RunRecord, wanted: ColumnElement[bool]) -> str | None:
    """The run that began closest to it."""
    before = select(Run.id, Run.started).where(wanted, Run.started <= run.started)
    after = select(Run.id, Run.started).where(wanted, Run.started > run.started)
    found = [
        session.execute(before.order_by(Run.started.desc(), Run.id.desc()).limit(1)).one_or_none(),
        session.execute(after.order_by(Run.started, Run.id).limit(1)).one_or_none(),
    ]
    there = [each for each in found if each is not None]
    near = min(there, key=lambda each: abs(each.started - run.started), default=None)
    return None if near is None else str(near.id)
