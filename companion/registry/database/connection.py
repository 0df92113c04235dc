"""Opening a database: connection settings, and migration to the version that this program knows."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.mock import MockConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from companion.errors import StorageError, WrittenByNewer
from companion.files import ensure_own, own_folder
from companion.registry.database.dialect import STATEMENTS, one_dialect
from companion.registry.database.failures import database_errors
from companion.registry.database.postgresql import (
    SCHEMA,
    FindPassword,
    make_schema,
    server_engine,
    take_your_time,
)
from companion.registry.database.roles import act_as_owner
from companion.registry.database.tables import HEAD, Base
from companion.registry.database.word_index import make_word_index

DATABASE = "registry.db"
BUSY_SECONDS = 3.0
MIGRATIONS = Path(__file__).parents[1] / "migrations"


def connect(where: Path | str, *, schema: str = SCHEMA, password: FindPassword | None = None) -> Engine:
    """An engine for a data folder or an SQLAlchemy URL, its tables at this program's version.

    schema: in which a server has them; password: for it
    Raises RegistryDamaged, RegistryBusy, WrittenByNewer (the data is left as it is), RegistryUnreachable,
    RegistryAbsent, StorageError.
    """
    url = where if isinstance(where, str) and "://" in where else None
    engine = engine_of(url, schema, password) if url else _sqlite(Path(where))
    try:
        with database_errors():
            bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_of(url: str, schema: str, password: FindPassword | None = None) -> Engine:
    """An engine for a URL, which has not connected yet. Raises as `connect`."""
    try:
        is_server = make_url(url).get_backend_name() == "postgresql"
        return server_engine(url, schema, password) if is_server else _engine(url)
    except (ArgumentError, NoSuchModuleError) as problem:
        raise StorageError("the registry's URL is not one that SQLAlchemy knows") from problem
    except ModuleNotFoundError as problem:
        raise StorageError(f"the database driver {problem.name} is not installed") from problem


def durable(engine: Engine) -> Engine:
    """The same engine with commits that are on the disk when they return."""
    return engine.execution_options(companion_durable=True)


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read, and wait for no writer."""
    return engine.execution_options(companion_reads=True)


def _sqlite(folder: Path) -> Engine:
    return own_sqlite(own_folder(folder) / DATABASE)


def own_sqlite(file: Path) -> Engine:
    """An engine for a file of SQLite in a folder of ours. Raises FileNotOwn, StorageError."""
    try:
        # SQLite gives its other files the rights of the database.
        ensure_own(file)
        for suffix in ("-wal", "-shm", "-journal"):
            ensure_own(file.with_name(file.name + suffix), make=False)
    except OSError as problem:
        raise StorageError(f"{file.name} can't be made: {problem.strerror}") from problem
    return _engine(URL.create("sqlite", database=str(file)))


def _engine(url: str | URL) -> Engine:
    # Parameters stay out of error texts: they are the user's devices.
    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        url = one_dialect(url)
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        engine.update_execution_options(compiled_cache=STATEMENTS)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, record: object) -> None:
    # Python's driver would begin transactions late and commit them before DDL; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take their turn at the beginning, so that none fails half way through.

    With synchronous = NORMAL a commit survives a killed process, with FULL also a power cut.
    """
    options = connection.get_execution_options()
    safe = options.get("companion_durable", False)
    connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if safe else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN" if options.get("companion_reads") else "BEGIN IMMEDIATE")


def bring_up_to_date(engine: Engine) -> None:
    """Make or migrate its tables. Raises as `connect`, and what the database raises."""
    with reading(engine).connect() as connection:
        if schema_version(connection) == HEAD:
            return
    with durable(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            take_your_time(connection)
            act_as_owner(connection)
        # Asked again: another process may have migrated while this one waited for its turn.
        version = schema_version(connection)
        if version is None and not inspect(connection).get_table_names():
            _make(connection)
        elif version != HEAD:
            migrate(connection, version)


def _make(connection: Connection) -> None:
    """All tables at once where there are none: what the migrations build step by step, without Alembic."""
    if connection.dialect.name == "postgresql":
        make_schema(connection)
    for statement in _all_tables(connection.dialect):
        connection.exec_driver_sql(statement)
    make_word_index(connection)
    column, key = (
        "version_num VARCHAR(32) NOT NULL",
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)",
    )
    connection.execute(text(f"CREATE TABLE alembic_version ({column}, {key})"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


@lru_cache(maxsize=2)
def _all_tables(dialect: Dialect) -> tuple[str, ...]:
    """What makes all tables: to put it together takes longer than to do it."""
    made: list[str] = []
    Base.metadata.create_all(
        MockConnection(dialect, lambda statement, *_: made.append(str(statement.compile(dialect=dialect)))),
        checkfirst=False,
    )
    return tuple(made)


def schema_version(connection: Connection) -> str | None:
    """The version of its tables; None: there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


_MIGRATION = threading.Lock()
"""Alembic's context belongs to the process, and the window opens two registries at a first start: that of the
real devices, and the virtual ones'."""


def migrate(connection: Connection, version: str | None, *, to: str = "head") -> None:
    """Bring tables of a version (None: there are none) to another. Raises WrittenByNewer for unknown ones."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    # Alembic's settings are a configparser's, where a percent sign needs its twin.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for wanted in (version, to):
        if wanted not in (None, "head", *known):
            raise WrittenByNewer(f"the registry has version {wanted}")
    with _MIGRATION:
        command.upgrade(config, to)
