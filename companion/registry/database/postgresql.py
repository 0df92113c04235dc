"""PostgreSQL: how a connection is set up, how its writers take turns, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

from companion.errors.registry import RegistryDriverMissing
from companion.secret import Secret

SCHEMA, VIRTUAL_SCHEMA = "companion", "companion_virtual"
"""Real devices' records, and virtual ones', which never meet."""
CONNECT_SECONDS = 5
"""For each address of the server."""
ANSWER_SECONDS = 10
"""Of a statement. What takes longer on purpose, such as a migration, lifts it for its transaction."""
TURN_SECONDS = 5
"""That a writer waits for the others."""
_TURN = 0x434F4D50414E
"""The lock that writers hold until their transaction ends."""


FindPassword = Callable[[], Secret | None]
"""Asked with each connection; None: libpq finds it by itself."""


def server_engine(url: str, schema: str, password: FindPassword | None = None) -> Engine:
    """An engine for a database on a server. Nothing connects yet. Raises RegistryDriverMissing."""
    settings = {
        "search_path": schema,
        "statement_timeout": f"{ANSWER_SECONDS}s",
        "lock_timeout": f"{TURN_SECONDS}s",
        # A laptop that left in the middle of a transaction holds nobody up.
        "idle_in_transaction_session_timeout": f"{ANSWER_SECONDS}s",
        "timezone": "UTC",
    }
    arguments = {
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        "application_name": "companion",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": ANSWER_SECONDS * 1000,
    }
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args=arguments,
            # The server may have been started anew since a connection was used last.
            pool_pre_ping=True,
            pool_timeout=ANSWER_SECONDS,
        )
    except ModuleNotFoundError as problem:
        raise RegistryDriverMissing from problem
    event.listen(engine, "begin", _begin)
    if password is not None:
        event.listen(engine, "do_connect", partial(_log_in, password))
    return engine


def _log_in(
    find: FindPassword, dialect: object, record: object, given: object, named: dict[str, object]
) -> None:
    """Hand libpq the password; the connection's address and settings never hold it."""
    password = find()
    if password is not None:
        named["password"] = password.reveal_text()


def _begin(connection: Connection) -> None:
    """One writer at a time, as with SQLite: what it read stays true until it is done. Readers wait for
    nobody, and see all of their transaction at one moment.
    """
    if connection.get_execution_options().get("companion_reads"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")


def take_your_time(connection: Connection) -> None:
    """No bound on the statements of this transaction."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")


def make_schema(connection: Connection) -> None:
    """The schema that this engine's tables are in."""
    name = connection.scalar(text("SELECT current_setting('search_path')"))
    connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{_plain_name(str(name))}"')


def _plain_name(name: str) -> str:
    if name not in (SCHEMA, VIRTUAL_SCHEMA):
        raise ValueError(name)
    return name


def may(connection: Connection, table: str, right: str) -> bool:
    """Whether whoever is connected has a right ("INSERT") on a table."""
    found: Any = connection.scalar(
        text("SELECT has_table_privilege(current_user, to_regclass(:table), :right)"),
        {"table": table, "right": right},
    )
    return bool(found)
