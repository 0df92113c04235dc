"""The words of devices by every three letters in a row: a search reads what it finds, and not the list.

SQLite keeps them in a table of its own (FTS5, `trigram`), PostgreSQL in an index (`pg_trgm`). Either may be
missing, as a build of SQLite or a server has it or not: then a search reads the list. It also does so while
devices of an older folder are still to be put into SQLite's: a hundred thousand take ten seconds and more.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, column, func, literal, select, table, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

LETTERS = 3
"""That a word has at least to be found here."""

# Rows are numbered here, because SQLite may number those of `devices` anew (VACUUM).
_SQLITE = (
    "CREATE TABLE device_numbers (number INTEGER PRIMARY KEY, device_id VARCHAR(64) NOT NULL UNIQUE)",
    "CREATE TRIGGER device_words_added AFTER INSERT ON devices BEGIN "
    "INSERT INTO device_numbers (device_id) VALUES (new.id); "
    "INSERT INTO device_words (rowid, words) "
    "SELECT number, new.words FROM device_numbers WHERE device_id = new.id; END",
    "CREATE TRIGGER device_words_changed AFTER UPDATE OF words ON devices WHEN old.words <> new.words BEGIN "
    "INSERT INTO device_words (device_words, rowid, words) "
    "SELECT 'delete', number, old.words FROM device_numbers WHERE device_id = old.id; "
    "INSERT INTO device_words (rowid, words) "
    "SELECT number, new.words FROM device_numbers WHERE device_id = new.id; END",
    "CREATE TRIGGER device_words_removed AFTER DELETE ON devices BEGIN "
    "INSERT INTO device_words (device_words, rowid, words) "
    "SELECT 'delete', number, old.words FROM device_numbers WHERE device_id = old.id; "
    "DELETE FROM device_numbers WHERE device_id = old.id; END",
)
# Devices without a number are not in it, and what is written about them waits for their turn.
_UNFINISHED = (
    "CREATE TABLE device_words_unfinished (last VARCHAR(64) NOT NULL, done INTEGER NOT NULL, "
    "total INTEGER NOT NULL)",
    "INSERT INTO device_words_unfinished SELECT '', 0, count(*) FROM devices",
)
_FTS5 = "CREATE VIRTUAL TABLE device_words USING fts5(words, content='', tokenize='trigram case_sensitive 1')"
# The extension may be in any schema. Whoever may not create it, or has no such file, does without.
POSTGRESQL = """DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXECUTE format('CREATE INDEX ix_devices_words ON devices USING gin (words %I.gin_trgm_ops)', (
    SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
    WHERE extname = 'pg_trgm'));
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN NULL;
END $$"""

_numbers = table("device_numbers", column("number"), column("device_id"))
_words = table("device_words", column("rowid"), column("device_words"))


def make_word_index(connection: Connection) -> None:
    """Once the table of devices is there, with all that it holds."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(POSTGRESQL))
        return
    try:
        connection.execute(text(_FTS5))
    except OperationalError:  # this SQLite has no FTS5, or none that knows trigrams
        return
    for statement in _SQLITE:
        connection.execute(text(statement))
    if connection.scalar(text("SELECT EXISTS (SELECT 1 FROM devices)")):
        for statement in _UNFINISHED:
            connection.execute(text(statement))


def has_word_index(connection: Connection) -> bool:
    """Whether it is asked by `find` and `count`, as soon as all devices are in it: PostgreSQL asks its own by
    itself."""
    return _tables(connection) == {"device_words"}


def unfinished(connection: Connection) -> tuple[int, int] | None:
    """How many devices were put into it, of how many; None: all, or there is none."""
    if "device_words_unfinished" not in _tables(connection):
        return None
    row = connection.execute(text("SELECT done, total FROM device_words_unfinished")).one()
    return row.done, row.total


def put_in(connection: Connection, most: int) -> tuple[int, int] | None:
    """So many further devices, in the transaction of a writer. Returns as `unfinished`."""
    if unfinished(connection) is None:
        return None
    last = connection.scalar(text("SELECT last FROM device_words_unfinished"))
    those = text("SELECT id FROM devices WHERE id > :last ORDER BY id LIMIT :most")
    ids = connection.scalars(those, {"last": last, "most": most}).all()
    if not ids:
        connection.execute(text("DROP TABLE device_words_unfinished"))
        return None
    highest = connection.scalar(text("SELECT coalesce(max(number), 0) FROM device_numbers"))
    bounds = {"last": last, "end": ids[-1], "highest": highest, "more": len(ids)}
    for statement in (
        "INSERT INTO device_numbers (device_id) SELECT id FROM devices "
        "WHERE id > :last AND id <= :end AND id NOT IN (SELECT device_id FROM device_numbers)",
        "INSERT INTO device_words (rowid, words) "
        "SELECT number, words FROM device_numbers JOIN devices ON id = device_id WHERE number > :highest",
        "UPDATE device_words_unfinished SET last = :end, done = min(done + :more, total)",
    ):
        connection.execute(text(statement), bounds)
    return unfinished(connection)


def _tables(connection: Connection) -> set[str]:
    if connection.dialect.name != "sqlite":
        return set()
    named = "SELECT name FROM sqlite_master WHERE name IN ('device_words', 'device_words_unfinished')"
    return set(connection.scalars(text(named)))


def find(session: Session, words: Sequence[str], most: int) -> list[str] | None:
    """The ids of devices that have all of these words (of `LETTERS` letters at least); None: of more than
    `most`.
    """
    found = session.scalars(select(_words.c.rowid).where(_match(words)).limit(most + 1)).all()
    if len(found) > most:
        return None
    wanted = select(_numbers.c.device_id).where(_numbers.c.number.in_(found))
    return [str(id) for id in session.scalars(wanted)]


def count(session: Session, words: Sequence[str]) -> int:
    """How many devices have all of these words."""
    return session.scalar(select(func.count()).select_from(_words).where(_match(words))) or 0


def _match(words: Sequence[str]) -> ColumnElement[bool]:
    quoted = (f'"{word.replace(chr(34), chr(34) * 2)}"' for word in words)
    return _words.c.device_words.op("MATCH", is_comparison=True)(literal(" AND ".join(quoted)))
