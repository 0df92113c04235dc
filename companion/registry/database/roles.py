"""Readers, operators and owners, as roles that PostgreSQL enforces."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

from companion.registry.database.postgresql import may
from companion.registry.database.tables import Base
from companion.registry.status import Role

GROUPS = {role: f"companion_{role.value}" for role in Role}

OPERATORS: Mapping[str, str] = {
    "runs": "INSERT, UPDATE",
    "steps": "INSERT, UPDATE",
    "events": "INSERT",
    "devices": "INSERT, UPDATE",
    "device_tags": "INSERT, DELETE",
    "credentials": "INSERT, UPDATE",
    "receipts": "INSERT, UPDATE",
    "issued": "INSERT",
    "tokens": "INSERT, UPDATE",
    "revocations": "INSERT",
    # Whoever may only add can neither shorten nor rewrite it.
    "log": "INSERT",
    "log_nodes": "INSERT",
    "memory": "INSERT, UPDATE",
    "onboardings": "INSERT, UPDATE",
    "alerts": "INSERT, UPDATE",
    "watches": "INSERT, UPDATE, DELETE",
    "presences": "INSERT, UPDATE, DELETE",
}
"""What operators may do beyond reading. The rest is its owner's: grants, whom services admit, the tables."""


def role_of(connection: Connection) -> Role:
    """What whoever is connected may do here."""
    if may(connection, "grants", "INSERT"):
        return Role.OWNER
    return Role.OPERATOR if may(connection, "runs", "INSERT") else Role.READER


def act_as_owner(connection: Connection) -> None:
    """For this transaction: what is made belongs to all owners, and not to one of them alone."""
    owners = GROUPS[Role.OWNER]
    is_one = text(
        "SELECT pg_has_role(current_user, oid, 'MEMBER') AND "
        "has_database_privilege(oid, current_database(), 'CREATE') FROM pg_roles WHERE rolname = :owners"
    )
    if connection.scalar(is_one, {"owners": owners}):
        connection.exec_driver_sql(f"SET LOCAL ROLE {owners}")


def statements(schema: str, database: str) -> list[str]:
    """The SQL that makes the roles and says what each may do, in their order. It may be done again.

    Who gets which role is for the database's administrator: GRANT companion_operator TO name.
    """
    reader, operator, owner = (GROUPS[role] for role in Role)
    made = [_create(group) for group in GROUPS.values()]
    made += [
        f"GRANT {reader} TO {operator}",
        f"GRANT {operator} TO {owner}",
        f'GRANT CREATE ON DATABASE "{database}" TO {owner}',
        f"ALTER SCHEMA {schema} OWNER TO {owner}",
        f"GRANT USAGE ON SCHEMA {schema} TO {reader}",
    ]
    for name in (*(table.name for table in Base.metadata.sorted_tables), "alembic_version"):
        table = f"{schema}.{name}"
        made.append(f"ALTER TABLE {table} OWNER TO {owner}")
        made.append(f"GRANT SELECT ON {table} TO {reader}")
        if name in OPERATORS:
            made.append(f"GRANT {OPERATORS[name]} ON {table} TO {operator}")
    made.append(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {reader}"
    )
    return made


def _create(group: str) -> str:
    there = f"SELECT FROM pg_roles WHERE rolname = '{group}'"
    return f"DO $$BEGIN IF NOT EXISTS ({there}) THEN CREATE ROLE {group} NOLOGIN; END IF; END$$"
