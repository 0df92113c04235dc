"""SQLite as one dialect for all of its files, so that what was compiled for one is there for the next."""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import CompiledCacheType
from sqlalchemy.util import LRUCache

_NAME = "companion"
STATEMENTS: CompiledCacheType = LRUCache(500)
"""Compiled statements of every engine of this dialect, in the place of a cache for each engine."""


class OneDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy finds a compiled statement by its dialect, and each engine has one of its own.

    Statements say nothing about the file or the connection, so all dialects of this class are one.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register(f"sqlite.{_NAME}", __name__, OneDialect.__name__)


def one_dialect(url: URL) -> URL:
    """The same URL of SQLite with this dialect."""
    return url.set(drivername=f"sqlite+{_NAME}")
