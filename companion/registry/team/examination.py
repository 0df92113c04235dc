"""What is found at an address, before it is used: nothing is made or changed there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, text

from companion.registry.database.connection import engine_of, reading, schema_version
from companion.registry.database.failures import database_errors
from companion.registry.database.postgresql import SCHEMA
from companion.registry.database.roles import role_of
from companion.registry.database.tables import HEAD, Device, Run
from companion.registry.status import Role
from companion.registry.team.address import Address
from companion.registry.team.password import find
from companion.registry.team.protection import checks_server, protection_of
from companion.secret import Secret


class Tables(StrEnum):
    """Of which version the tables of a database are."""

    ABSENT = "absent"
    """There are none. Whoever may make them does at the first use."""
    OLDER = "older"
    """An owner's first use brings them up to date."""
    CURRENT = "current"
    NEWER = "newer"
    """Of a later Companion, which this one does not touch."""


@dataclass(frozen=True)
class Found:
    """server: PostgreSQL's version; user: as whom; role: None where there are no tables yet
    devices, runs: how many, where the tables are current; protected: as `RegistryStatus`
    verified: the server showed by its certificate that it is the one of the address
    """

    server: str
    database: str
    user: str
    tables: Tables
    role: Role | None
    protected: bool | None
    devices: int = 0
    runs: int = 0
    verified: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "server": f"PostgreSQL {self.server}",
            "database": self.database,
            "user": self.user,
            "tables": self.tables.value,
            "role": None if self.role is None else self.role.value,
            "encrypted": self.protected,
            "verified": self.verified,
            "devices": self.devices,
            "runs": self.runs,
        }


def examine(address: Address, *, schema: str = SCHEMA, password: Secret | None = None) -> Found:
    """Look at what is there. password: to try in place of the one that is kept.

    Raises RegistryUnreachable, RegistryLoginRejected, StorageError leaves.
    """
    engine = engine_of(address.for_driver, schema, lambda: password or find(address))
    try:
        with database_errors(), reading(engine).connect() as connection, connection.begin():
            there = schema_version(connection)
            tables = _tables(there)
            told = connection.execute(
                text("SELECT current_setting('server_version'), current_database(), current_user")
            ).one()
            counts = _counts(connection) if tables is Tables.CURRENT else (0, 0)
            role = None if there is None else role_of(connection)
        with database_errors():
            protected = protection_of(engine, address)
            verified = bool(protected) and checks_server(engine)
        version = str(told[0]).partition(" ")[0]
        return Found(version, told[1], told[2], tables, role, protected, *counts, verified)
    finally:
        engine.dispose()


def _tables(version: str | None) -> Tables:
    if version is None:
        return Tables.ABSENT
    if version == HEAD:
        return Tables.CURRENT
    return Tables.NEWER if version > HEAD else Tables.OLDER


def _counts(connection: Connection) -> tuple[int, int]:
    devices = connection.scalar(select(func.count()).select_from(Device)) or 0
    return devices, connection.scalar(select(func.count()).select_from(Run)) or 0
