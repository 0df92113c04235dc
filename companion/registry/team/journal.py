"""What runs record, on this computer's disk, until the server has it.

Every run writes here first, so that no radio ever waits for a server. A run stays until the server has its
end; what it told before is dropped as soon as the server has that. Certificates and tokens stand here before
they leave, on the disk. A code of a device, a password or a key is never in it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from companion.errors import RegistryDamaged, WrittenByNewer
from companion.errors.registry import RegistryJournalFull
from companion.files import own_folder
from companion.registry.database.connection import durable, own_sqlite, reading
from companion.registry.database.failures import database_errors
from companion.registry.store.delivery import Waiting
from companion.registry.store.run_end import RunEnd
from companion.registry.store.run_log import Beginning, Entry
from companion.registry.team.codec import decode, encode

FILE = "waiting.db"
FORM = 1
"""Of the file; kept in its `user_version`."""
MOST_RUNS = 1000
MOST_PARTS = 200_000
"""Events of all runs that wait."""
AT_ONCE = 500
"""Parts of a run that are delivered together."""

_TABLES = MetaData()
_RUNS = Table(
    "runs",
    _TABLES,
    Column("id", String(32), primary_key=True),
    Column("place", Text, nullable=False),
    Column("process", String(32), nullable=False),
    Column("begun", Text, nullable=False),
    # How many parts it ever had: their numbers are never used again.
    Column("parts", Integer, nullable=False),
)
_PARTS = Table(
    "parts",
    _TABLES,
    Column("run", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
)
_KNOWN = Table(
    "known",
    _TABLES,
    Column("place", Text, primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)


@dataclass(frozen=True)
class _Part:
    """An event, or the end."""

    at: datetime
    entry: Entry | None = None
    end: RunEnd | None = None


def waiting_in(folder: Path) -> int:
    """How many runs of a data folder wait for a server, whichever it is. Nothing is made there, and nothing
    is waited for; 0 where nobody can say.
    """
    file = folder / FILE
    if not file.is_file():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as journal:
            (count,) = journal.execute("SELECT count(DISTINCT run) FROM parts").fetchone()
            return int(count)
    except sqlite3.Error:
        return 0


class Journal:
    """The journal of a data folder, for one server (its place). Calls may come from any thread, and take a
    millisecond or a few. Raises StorageError leaves.
    """

    def __init__(self, folder: Path, place: str) -> None:
        """Made if it is missing. Raises WrittenByNewer, RegistryDamaged, StorageError."""
        self._place = place
        self._engine = own_sqlite(own_folder(folder) / FILE)
        try:
            with database_errors(), durable(self._engine).begin() as connection:
                self._set_up(connection)
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        self._engine.dispose()

    # --- a run, as it happens ---

    def begin(self, begun: Beginning) -> None:
        """A run begins. Raises RegistryJournalFull."""
        row = {"id": begun.id, "place": self._place, "process": begun.process, "begun": _text(begun)}
        with self._writing() as connection:
            runs = connection.scalar(select(func.count()).select_from(_RUNS)) or 0
            parts = connection.scalar(select(func.count()).select_from(_PARTS)) or 0
            if runs >= MOST_RUNS or parts >= MOST_PARTS:
                raise RegistryJournalFull(f"{runs} runs")
            connection.execute(insert(_RUNS).values(**row, parts=0))

    def add(self, run: str, entry: Entry) -> bool:
        """Something that a run told. False: the run is not here, or not any more."""
        return self._add(run, _Part(entry.at, entry=entry), safe=entry.decision is not None)

    def end(self, run: str, end: RunEnd) -> bool:
        """How a run ended. On the disk when this returns. False as `add`."""
        return self._add(run, _Part(datetime.now(UTC), end=end), safe=True)

    # --- delivering ---

    def runs(self, process: str) -> list[str]:
        """Runs of this server that a process began, and that it has not all of, the oldest first."""
        mine = select(_RUNS.c.id).where(_RUNS.c.process == process, _RUNS.c.place == self._place)
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return list(connection.scalars(mine.order_by(text("rowid"))))

    def others(self, process: str) -> set[str]:
        """Other processes whose runs are here."""
        wanted = select(_RUNS.c.process).where(_RUNS.c.process != process, _RUNS.c.place == self._place)
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return set(connection.scalars(wanted.distinct()))

    def waiting(self, run: str) -> tuple[Waiting, int] | None:
        """A run with its first parts that wait, and the number behind the last of them; None: it is not here.

        Raises RegistryDamaged.
        """
        wanted = select(_PARTS.c.number, _PARTS.c.content).where(_PARTS.c.run == run)
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            begun = connection.scalar(select(_RUNS.c.begun).where(_RUNS.c.id == run))
            rows = connection.execute(wanted.order_by(_PARTS.c.number).limit(AT_ONCE)).all()
        if begun is None:
            return None
        try:
            parts = [(number, decode(_Part, json.loads(content))) for number, content in rows]
            entries = [(number, part.entry) for number, part in parts if part.entry is not None]
            end = next(((part.at, part.end) for _, part in parts if part.end is not None), None)
            told = Waiting(decode(Beginning, json.loads(begun)), entries, end)
        except (ValueError, KeyError, TypeError) as problem:
            raise RegistryDamaged(f"{FILE}: {type(problem).__name__}") from None
        return told, parts[-1][0] + 1 if parts else 0

    def forget(self, run: str, upto: int, *, all_of_it: bool) -> bool:
        """The server has the parts below a number. all_of_it: no more will come. True if none is left."""
        with self._writing() as connection:
            connection.execute(delete(_PARTS).where(_PARTS.c.run == run, _PARTS.c.number < upto))
            left = connection.scalar(select(func.count()).where(_PARTS.c.run == run)) or 0
            if all_of_it and not left:
                connection.execute(delete(_RUNS).where(_RUNS.c.id == run))
            return not left

    def count(self) -> int:
        """Runs of this server of which it lacks something."""
        lacking = select(func.count(func.distinct(_PARTS.c.run))).join(_RUNS, _RUNS.c.id == _PARTS.c.run)
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return connection.scalar(lacking.where(_RUNS.c.place == self._place)) or 0

    def count_elsewhere(self) -> int:
        """Runs that wait for other servers."""
        lacking = select(func.count()).where(_RUNS.c.place != self._place)
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            return connection.scalar(lacking) or 0

    # --- what is known of the server ---

    def know(self, key: str, value: Any) -> None:
        """Keep something that was heard from the server, as JSON."""
        row = {"place": self._place, "key": key, "value": json.dumps(value)}
        with self._writing() as connection:
            connection.execute(delete(_KNOWN).where(_KNOWN.c.place == self._place, _KNOWN.c.key == key))
            connection.execute(insert(_KNOWN).values(**row))

    def known(self, key: str) -> Any | None:
        """What was heard last, None for nothing."""
        wanted = select(_KNOWN.c.value).where(_KNOWN.c.place == self._place, _KNOWN.c.key == key)
        with database_errors(), reading(self._engine).connect() as connection, connection.begin():
            kept = connection.scalar(wanted)
        return None if kept is None else json.loads(kept)

    def _add(self, run: str, part: _Part, *, safe: bool) -> bool:
        with self._writing(safe=safe) as connection:
            number = connection.scalar(select(_RUNS.c.parts).where(_RUNS.c.id == run))
            if number is not None:
                connection.execute(update(_RUNS).where(_RUNS.c.id == run).values(parts=number + 1))
                connection.execute(insert(_PARTS).values(run=run, number=number, content=_text(part)))
            return number is not None

    @contextmanager
    def _writing(self, *, safe: bool = True) -> Iterator[Connection]:
        engine = durable(self._engine) if safe else self._engine
        with database_errors(), engine.begin() as connection:
            yield connection

    def _set_up(self, connection: Connection) -> None:
        form = connection.exec_driver_sql("PRAGMA user_version").scalar()
        if form not in (0, FORM):
            raise WrittenByNewer(f"{FILE} has form {form}")
        _TABLES.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {FORM}")


def _text(value: Any) -> str:
    return json.dumps(encode(value))
