"""The words of devices by every three letters in a row: a search reads what it finds, and not the list.

SQLite keeps them in a table of its own (FTS5, `trigram`), PostgreSQL in an index (`pg_trgm`). Either may be
missing, as a build of SQLite or a server has it or not: then a search reads the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, column, func, inspect, literal, select, table, text
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
    "INSERT INTO device_numbers (device_id) SELECT id FROM devices",
    "INSERT INTO device_words (rowid, words) "
    "SELECT number, words FROM device_numbers JOIN devices ON id = device_id",
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


def has_word_index(connection: Connection) -> bool:
    """Whether it is asked by `find` and `count`: PostgreSQL asks its own by itself."""
    return connection.dialect.name == "sqlite" and inspect(connection).has_table("device_words")


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
