"""Database failures, told as Companion's own errors."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from companion.errors import RegistryBusy, RegistryDamaged, StorageError

log = logging.getLogger(__name__)

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextlib.contextmanager
def database_errors() -> Iterator[None]:
    """Raise RegistryDamaged, RegistryBusy or StorageError for what the database raises inside.

    The detail names the failure and never the statement, whose parameters belong to the user.
    """
    try:
        yield
    except DBAPIError as problem:
        raise _of_driver(problem.orig) from problem
    except (SQLAlchemyError, OSError) as problem:
        raise StorageError(type(problem).__name__) from problem


def _of_driver(problem: BaseException | None) -> StorageError:
    if not isinstance(problem, sqlite3.Error):
        return StorageError(type(problem).__name__)
    # The low eight bits are the primary code (sqlite.org/rescode.html).
    primary = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    detail = getattr(problem, "sqlite_errorname", "") or str(problem)
    if primary in _DAMAGED:
        return RegistryDamaged(detail)
    if primary in _BUSY:
        return RegistryBusy(detail)
    return StorageError(detail)
