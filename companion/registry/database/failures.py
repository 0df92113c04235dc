"""Database failures, told as Companion's own errors."""

from __future__ import annotations

import contextlib
import logging
import re
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from companion.errors import RegistryBusy, RegistryDamaged, StorageError
from companion.errors.registry import RegistryLoginRejected, RegistryRefused, RegistryUnreachable
from companion.plain_text import plain

log = logging.getLogger(__name__)

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextlib.contextmanager
def database_errors() -> Iterator[None]:
    """Raise RegistryDamaged, RegistryBusy or StorageError for what the database raises inside, of a server
    also RegistryUnreachable, RegistryLoginRejected and RegistryRefused.

    The detail names the failure and never the statement, whose parameters belong to the user.
    """
    try:
        yield
    except DBAPIError as problem:
        raise error_of(problem.orig) from problem
    except PoolTimeout as problem:
        raise RegistryUnreachable("every connection to it is waiting") from problem
    except (SQLAlchemyError, OSError) as problem:
        raise StorageError(type(problem).__name__) from problem


def error_of(problem: BaseException | None) -> StorageError:
    """What a failure of a driver is among our errors."""
    if isinstance(problem, sqlite3.Error):
        return _of_sqlite(problem)
    if type(problem).__module__.partition(".")[0] == "psycopg":
        return _of_server(problem)
    return StorageError(type(problem).__name__)


def _of_sqlite(problem: sqlite3.Error) -> StorageError:
    # The low eight bits are the primary code (sqlite.org/rescode.html).
    primary = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    detail = getattr(problem, "sqlite_errorname", "") or str(problem)
    if primary in _DAMAGED:
        return RegistryDamaged(detail)
    if primary in _BUSY:
        return RegistryBusy(detail)
    return StorageError(detail)


_LOST = ("08", "57P", "53")
"""Classes of SQLSTATE: the connection, the server's end, no room (PostgreSQL, appendix A)."""
_REFUSED, _LOCKED, _TOO_LONG = "42501", "55P03", ("57014", "25P03")
_LOGIN = ("28", "3D")
_LOGIN_WORDS = ("authentication failed", "no password supplied", "pg_hba.conf", 'role "', 'database "')
"""libpq hands on what a server says before a session without its SQLSTATE."""


def _of_server(problem: BaseException | None) -> StorageError:
    state = str(getattr(problem, "sqlstate", None) or "")
    name = type(problem).__name__
    if state == _REFUSED:
        return RegistryRefused(state, role=_role_for(str(problem)))
    if state == _LOCKED:
        return RegistryBusy(state)
    if state in _TOO_LONG:
        return RegistryUnreachable(f"it takes too long ({state})")
    if state.startswith(_LOGIN):
        return RegistryLoginRejected(f"{name} ({state})")
    if state.startswith(_LOST):
        return RegistryUnreachable(f"{name} ({state})")
    if state:
        return StorageError(f"{name} ({state})")
    if name in ("OperationalError", "ConnectionTimeout"):
        # From libpq: it names host, user and database, and never a password.
        said = plain((str(problem).strip() or name).splitlines()[0])[:200]
        is_login = any(words in said for words in _LOGIN_WORDS)
        return RegistryLoginRejected(said) if is_login else RegistryUnreachable(said)
    return StorageError(name)


def _role_for(said: str) -> str:
    """Who may do what a server refused, by the table that it names."""
    from companion.registry.database.roles import OPERATORS
    from companion.registry.status import Role

    words = set(re.findall(r"\w+", said))
    return (Role.OPERATOR if words & set(OPERATORS) else Role.OWNER).value
