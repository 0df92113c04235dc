"""All records of a data folder into an empty database on a server: all of them, or none.

What protocols remember stays in the folder, beside the keys that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, true

from companion.errors import LogRewritten, RegistryBusy, StorageError
from companion.errors.registry import RegistryNotEmpty, RegistryRefused
from companion.registry.database.connection import connect, durable
from companion.registry.database.failures import database_errors
from companion.registry.database.postgresql import SCHEMA, take_your_time
from companion.registry.database.roles import act_as_owner, role_of
from companion.registry.database.tables import Base, Memo, Presence, Run
from companion.registry.status import Role
from companion.registry.store.registry import MOVED
from companion.registry.team.address import Address
from companion.registry.team.password import find
from companion.registry.transparency.log import head_of
from companion.trust.transparency.entries import LogHead

SHARED = ("log", "alerts", "delegate", "retention")
"""Whose memory goes along: that of the registry itself, not that of protocols."""
BATCH = 2000


@dataclass(frozen=True)
class Moved:
    """counts: rows by table, the same on both sides; head: of the log, the same on both sides"""

    counts: Mapping[str, int]
    head: LogHead

    def as_json(self) -> dict[str, Any]:
        return {
            "devices": self.counts["devices"],
            "runs": self.counts["runs"],
            "log": {"size": self.head.size, "root": self.head.root.hex()},
            "rows": dict(self.counts),
        }


def move(
    folder: Path,
    address: Address,
    *,
    schema: str = SCHEMA,
    progress: Callable[[str, int], None] = lambda table, rows: None,
) -> Moved:
    """Copy the records of a folder, compare both sides, and mark the folder's as moved.

    progress: told of each table and its rows. A move whose end got lost is found done when it is done again.
    Raises RegistryNotEmpty, RegistryBusy while a run goes on, RegistryRefused, StorageError leaves: then
    nothing is there, and nothing has changed here.
    """
    here, there = connect(folder), None
    try:
        there = connect(address.for_driver, schema=schema, password=partial(find, address))
        with database_errors(), durable(here).begin() as source:
            if source.scalar(select(func.count()).where(Run.state == "running")):
                raise RegistryBusy("a run goes on")
            with durable(there).begin() as target:
                take_your_time(target)
                if not role_of(target).allows(Role.OWNER):
                    raise RegistryRefused(role=Role.OWNER.value)
                act_as_owner(target)
                moved = _copy(source, target, progress)
            _mark(source, str(address))
        return moved
    finally:
        here.dispose()
        if there is not None:
            there.dispose()


def _copy(source: Connection, target: Connection, progress: Callable[[str, int], None]) -> Moved:
    tables = [table for table in Base.metadata.sorted_tables if table is not Presence.__table__]
    if any(_count(target, table) for table in tables if table is not Memo.__table__):
        if _is_same(source, target, tables):
            return _compared(source, target, tables)
        raise RegistryNotEmpty
    # What an empty registry was given when it was made.
    target.execute(delete(Memo))
    for table in tables:
        rows = 0
        found = source.execution_options(yield_per=BATCH).execute(select(table).where(_goes_along(table)))
        for batch in found.mappings().partitions(BATCH):
            target.execute(insert(table), [dict(row) for row in batch])
            rows += len(batch)
        progress(table.name, rows)
    return _compared(source, target, tables)


def _is_same(source: Connection, target: Connection, tables: list[Table]) -> bool:
    try:
        _compared(source, target, tables)
    except StorageError:
        return False
    return True


def _compared(source: Connection, target: Connection, tables: list[Table]) -> Moved:
    counts = {table.name: _count(source, table) for table in tables}
    for table in tables:
        if _count(target, table) != counts[table.name]:
            raise StorageError(f"{table.name}: rows are missing on the server")
    head = head_of(source)
    if head_of(target) != head:
        raise LogRewritten("the log on the server is not that of this computer")
    return Moved(counts, head)


def _goes_along(table: Table) -> Any:
    return and_(Memo.protocol.in_(SHARED)) if table is Memo.__table__ else true()


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(_goes_along(table))) or 0


def _mark(source: Connection, address: str) -> None:
    place, key = MOVED
    if source.scalar(select(Memo.key).where(Memo.protocol == place, Memo.key == key)) is None:
        source.execute(insert(Memo).values(protocol=place, key=key, value={"value": address}))
