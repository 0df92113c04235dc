"""Logs of many entries, made at once instead of run by run."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from companion.registry import open_registry
from companion.registry.database.connection import DATABASE, connect
from companion.registry.transparency.log import enter
from companion.registry.transparency.nodes import grow
from companion.trust.transparency.entries import receipt_entry
from companion.trust.transparency.merkle import leaf_hash


def entry(number: int) -> bytes:
    """As long as a real one."""
    return receipt_entry(b"receipt %d" % number + bytes(230), b"final %d" % number + bytes(120))


def fill(folder: Path, count: int) -> None:
    """A log of `count` entries in a new registry."""
    open_registry(folder).close()
    enter_all(folder, count)
    engine = connect(folder)
    with engine.begin() as connection:
        grow(connection)
    engine.dispose()


def enter_all(folder: Path, count: int) -> None:
    """`count` entries in the table of an empty registry of any version, without the tree."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    rows = ((number, f"run{number}", entry(number), leaf_hash(entry(number)), now) for number in range(count))
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        # Leaves come in no order: their index is made in memory, and nobody fears for this file.
        database.executescript("PRAGMA cache_size = -500000; PRAGMA synchronous = OFF")
        database.executemany(
            "INSERT INTO log (number, run_id, entry, leaf, added) VALUES (?, ?, ?, ?, ?)", rows
        )
        database.commit()


def append(session: Session, number: int) -> None:
    """Enter one more, as the end of a run does."""
    enter(
        session,
        f"run{number}",
        b"receipt %d" % number + bytes(230),
        b"final %d" % number + bytes(120),
        datetime.now(UTC),
    )
