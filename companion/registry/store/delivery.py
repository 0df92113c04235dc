"""Runs that were kept elsewhere until the database could take them, each of its parts once.

A run's events have their numbers from the process that runs it, and an end is taken once. So a delivery whose
answer got lost is simply done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from companion.errors import StorageError
from companion.registry.database.connection import durable
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import Event, Run
from companion.registry.store.completion import complete
from companion.registry.store.run_end import RunEnd
from companion.registry.store.run_log import Beginning, Entry, new_run, write
from companion.registry.store.unfinished_runs import interrupt

LATE = timedelta(seconds=5)
"""A run that is delivered so long after its end may be behind others with its device."""


@dataclass(frozen=True)
class Waiting:
    """A run, or what is new of it. entries: with their numbers; end: and when it ended, None: it goes on

    gone: its process is, so it ends with its last event
    """

    begun: Beginning
    entries: Sequence[tuple[int, Entry]]
    end: tuple[datetime, RunEnd] | None = None
    gone: bool = False


def deliver(engine: Engine, waiting: Waiting, *, now: datetime, ahead: timedelta) -> str | None:
    """Take it in, all or nothing, durably; returns the id of its device, None if it has none yet.

    now: by the clock that its times are of; ahead: how far the database's clock is ahead of that one. The
    times of a registry are those of its database, so that runs of several computers stand in their order.
    Raises StorageError leaves.
    """
    begun = waiting.begun
    with database_errors(), Session(durable(engine)) as session, session.begin():
        row = session.get(Run, begun.id)
        if row is None:
            row = new_run(replace(begun, started=begun.started + ahead))
            session.add(row)
            session.flush()
        elif row.process != begun.process:
            raise StorageError("another run has this id")
        there = set(session.scalars(select(Event.number).where(Event.run_id == begun.id)))
        for number, entry in waiting.entries:
            if number not in there:
                write(session.connection(), begun.id, replace(entry, at=entry.at + ahead), number)
        _end(session, row, waiting, now, ahead)
        return row.device_id


def _end(session: Session, row: Run, waiting: Waiting, now: datetime, ahead: timedelta) -> None:
    if row.outcome is not None:
        return
    if waiting.end is not None:
        at, end = waiting.end
        complete(session, row, end, at + ahead, waited=now - at > LATE)
    elif waiting.gone:
        interrupt(session, [row])
    elif row.state == "interrupted":
        # Nobody heard of its computer for a while, and took it for dead.
        row.state, row.ended = "running", None
