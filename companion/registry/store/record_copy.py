"""All records as one piece of compressed JSON, and back into an empty registry: what a backup carries.

Rows are copied as SQLite keeps them, with the version of their tables. Those of an older version are migrated
in memory, by the same migrations as a registry. No row holds a secret: these are in the vault.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, delete, func, inspect, select
from sqlalchemy.orm import Session

from companion.errors import BackupDamaged, StorageError
from companion.registry.database.connection import durable, migrate, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import HEAD, Base, Event, LogNode, Memo, Run, Step
from companion.registry.records import RecordCount
from companion.registry.store.unfinished_runs import interrupt
from companion.registry.transparency.nodes import grow

MOST_OCTETS = 256 << 20
"""Of JSON that is taken out of a backup."""
_DETAILS = (Event.__tablename__, Step.__tablename__)
_DERIVED = (LogNode.__tablename__,)
"""Made anew from what is restored."""


@dataclass(frozen=True)
class _Table:
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def pack(engine: Engine, *, details: bool = True) -> bytes:
    """Every record of the registry. details: with the steps and events of its runs.

    Raises StorageError for a database on a server, which has backups of its own.
    """
    if engine.dialect.name != "sqlite":
        raise StorageError("a database on a server is not part of a backup")
    with database_errors(), reading(engine).connect() as connection, connection.begin():
        tables = _taken(connection, [] if details else _DETAILS)
    content = {
        name: {"columns": table.columns, "rows": [[_as_json(value) for value in row] for row in table.rows]}
        for name, table in tables.items()
    }
    return zlib.compress(json.dumps({"version": HEAD, "tables": content}).encode())


def count(records: bytes) -> RecordCount:
    """How much is in what `pack` made. Raises BackupDamaged."""
    _, tables = _unpacked(records)
    devices, runs = (len(tables[name].rows) if name in tables else 0 for name in ("devices", "runs"))
    return RecordCount(devices, runs, _ids(tables.get("devices")))


def restore(engine: Engine, records: bytes) -> bool:
    """Put them into a registry without any; what protocols remembered there makes way. All or nothing.

    False: records are there, and nothing was written. Raises BackupDamaged, WrittenByNewer, and what the
    database raises.
    """
    version, tables = _unpacked(records)
    tables = tables if version == HEAD else _migrated(version, tables)
    with database_errors(), durable(engine).begin() as connection:
        kept = [table for table in Base.metadata.sorted_tables if table is not Memo.__table__]
        if any(connection.scalar(select(func.count()).select_from(table)) for table in kept):
            return False
        connection.execute(delete(Memo))
        _put(connection, tables)
        grow(connection)
        with Session(connection) as session:
            interrupt(session, session.scalars(select(Run).where(Run.state == "running")))
            session.flush()
    return True


def _taken(connection: Connection, without: Sequence[str] = ()) -> dict[str, _Table]:
    names = [table.name for table in Base.metadata.sorted_tables if table.name not in (*without, *_DERIVED)]
    taken = {}
    for name in names:
        found = connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        taken[name] = _Table(tuple(found.keys()), [tuple(row) for row in found])
    return taken


def _put(connection: Connection, tables: Mapping[str, _Table]) -> None:
    """Names from outside are only used if the database has them."""
    inspector = inspect(connection)
    order = [table.name for table in Base.metadata.sorted_tables]
    there = set(inspector.get_table_names()) - {"alembic_version"}
    if not set(tables) <= there:
        raise BackupDamaged("its records are of an unknown kind")
    for name in sorted(tables, key=lambda each: order.index(each) if each in order else len(order)):
        table = tables[name]
        if not set(table.columns) <= {column["name"] for column in inspector.get_columns(name)}:
            raise BackupDamaged("its records have unknown fields")
        if table.rows:
            columns = ", ".join(f'"{column}"' for column in table.columns)
            places = ", ".join("?" * len(table.columns))
            statement = f'INSERT INTO "{name}" ({columns}) VALUES ({places})'
            connection.exec_driver_sql(statement, [tuple(row) for row in table.rows])


def _migrated(version: str, tables: Mapping[str, _Table]) -> dict[str, _Table]:
    """The records as this program keeps them. Raises WrittenByNewer."""
    engine = create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)
    try:
        with database_errors():
            with engine.begin() as connection:
                migrate(connection, None, to=version)
                _put(connection, tables)
            with engine.begin() as connection:
                migrate(connection, version)
                return _taken(connection)
    finally:
        engine.dispose()


def _unpacked(records: bytes) -> tuple[str, dict[str, _Table]]:
    try:
        unpacking = zlib.decompressobj()
        clear = unpacking.decompress(records, MOST_OCTETS)
        if not unpacking.eof:
            raise ValueError("they are too long or cut off")
        content = json.loads(clear)
        tables = {
            str(name): _Table(
                tuple(str(column) for column in table["columns"]),
                [[_from_json(value) for value in row] for row in table["rows"]],
            )
            for name, table in content["tables"].items()
        }
        if any(len(row) != len(table.columns) for table in tables.values() for row in table.rows):
            raise ValueError("a row has another length")
        return str(content["version"]), tables
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as problem:
        raise BackupDamaged(f"its records can't be read: {type(problem).__name__}") from None


def _ids(devices: _Table | None) -> frozenset[str]:
    if devices is None or "id" not in devices.columns:
        return frozenset()
    place = devices.columns.index("id")
    return frozenset(str(row[place]) for row in devices.rows)


def _as_json(value: Any) -> Any:
    return {"octets": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        try:
            return base64.b64decode(value["octets"], validate=True)
        except binascii.Error as problem:
            raise ValueError("octets") from problem
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError("not a value of a row")
