"""How long runs are kept: what happened in older ones is removed, and the runs that nothing rests on.

What proves something stays for ever: devices, certificates, receipts, the log, revocations, tokens, grants,
alerts, and the outcome of each run that one of them came of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, delete, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import Base, Event, LogEntry, Memo, Run, Step
from companion.registry.retention import LEAST_DAYS, Removed
from companion.registry.store.unfinished_runs import unfinished

BATCH = 200
"""Runs in a transaction, so that no other writer waits long."""
_DAYS, _SWEPT = ("retention", "days"), ("retention", "swept")
_OWN = {Event.__tablename__, Step.__tablename__}


class RunRetention:
    """`companion.registry.retention.Retention`."""

    def __init__(self, engine: Engine) -> None:
        """Takes an engine whose tables are up to date."""
        self._engine = engine

    def days(self) -> int | None:
        """See `Retention.days`."""
        with database_errors(), Session(reading(self._engine)) as session:
            kept = session.get(Memo, _DAYS)
            return None if kept is None else int(kept.value["value"])

    def keep(self, days: int | None) -> None:
        """See `Retention.keep`."""
        if days is not None and days < LEAST_DAYS:
            raise ValueError(days)
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            session.execute(delete(Memo).where(Memo.protocol == _DAYS[0]))
            if days is not None:
                session.add(Memo(protocol=_DAYS[0], key=_DAYS[1], value={"value": days}))

    def count(self, days: int, now: datetime | None = None) -> int:
        """See `Retention.count`."""
        before = (now or datetime.now(UTC)) - timedelta(days=days)
        with database_errors(), Session(reading(self._engine)) as session:
            return session.scalar(select(func.count()).where(_ended(before), _is_removable())) or 0

    def apply(self, *, most: int | None = None, now: datetime | None = None) -> Removed:
        """See `Retention.apply`."""
        days = self.days()
        removed = Removed(0, 0)
        while days is not None:
            before = (now or datetime.now(UTC)) - timedelta(days=days)
            with database_errors(), Session(self._engine) as session, session.begin():
                seen, found = _sweep(session, before, min(most or BATCH, BATCH))
            removed = Removed(removed.runs + found.runs, removed.emptied + found.emptied)
            if most is not None or not seen:
                break
        return removed


def _sweep(session: Session, before: datetime, most: int) -> tuple[int, Removed]:
    """The next runs, from where the last sweep ended; how many were looked at, and what came of it."""
    swept = session.get(Memo, _SWEPT)
    wanted = select(Run.id, Run.started).where(_ended(before))
    if swept is not None:
        begun, id = datetime.fromisoformat(swept.value["started"]), swept.value["id"]
        wanted = wanted.where(or_(Run.started > begun, and_(Run.started == begun, Run.id > id)))
    rows = session.execute(wanted.order_by(Run.started, Run.id).limit(most)).all()
    if not rows:
        return 0, Removed(0, 0)
    waiting = {each.run for each in unfinished(session)}
    ids = [id for id, _ in rows if id not in waiting]
    removed = _remove(session, ids)
    last = {"started": rows[-1].started.isoformat(), "id": rows[-1].id}
    session.merge(Memo(protocol=_SWEPT[0], key=_SWEPT[1], value=last))
    return len(rows), removed


def _remove(session: Session, ids: Sequence[str]) -> Removed:
    """Of these runs: what happened in them, and those that nothing rests on."""
    for table in (Event, Step):
        session.execute(delete(table).where(table.run_id.in_(ids)))
    free = list(session.scalars(select(Run.id).where(Run.id.in_(ids), not_(_is_needed()))))
    session.execute(delete(Run).where(Run.id.in_(free)))
    return Removed(len(free), len(ids) - len(free))


def _ended(before: datetime) -> ColumnElement[bool]:
    return and_(Run.started < before, Run.state != "running")


def _is_removable() -> ColumnElement[bool]:
    """Something of it would go."""
    return or_(exists().where(Event.run_id == Run.id), not_(_is_needed()))


def _is_needed() -> ColumnElement[bool]:
    """A record that stays came of it."""
    columns = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table.name not in _OWN and any(key.column.table is Run.__table__ for key in column.foreign_keys)
    ]
    return or_(*(Run.id.in_(select(each).where(each.is_not(None))) for each in (*columns, LogEntry.run_id)))
