"""Making a registry on a server with its roles, for whoever administers the database."""

from __future__ import annotations

from functools import partial

from sqlalchemy import text

from companion.registry.database.connection import connect, durable
from companion.registry.database.failures import database_errors
from companion.registry.database.postgresql import SCHEMA
from companion.registry.database.roles import GROUPS, statements
from companion.registry.status import Role
from companion.registry.team.address import Address
from companion.registry.team.password import find
from companion.registry.transparency.log import TransparencyLog

DATABASE = "DATABASE"
"""In SQL that is only printed, where nobody said which."""


def printed(schema: str = SCHEMA, database: str = DATABASE) -> str:
    """The SQL of the roles, to be read and given to psql."""
    to_whom = [f"-- Then, for each person: GRANT {GROUPS[role]} TO name;" for role in Role]
    return "\n".join([*(f"{each};" for each in statements(schema, database)), *to_whom])


def apply(address: Address, *, schema: str = SCHEMA) -> None:
    """Make the tables where there are none, and the roles, all or nothing.

    Raises RegistryRefused for somebody who may not make roles, StorageError leaves.
    """
    engine = connect(address.for_driver, schema=schema, password=partial(find, address))
    try:
        with database_errors(), durable(engine).begin() as connection:
            database = str(connection.scalar(text("SELECT current_database()")))
            for each in statements(schema, database):
                connection.exec_driver_sql(each)
        # Readers find the log with its name.
        assert TransparencyLog(engine).origin
    finally:
        engine.dispose()
