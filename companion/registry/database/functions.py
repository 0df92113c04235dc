"""Functions that each database calls something else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class ten_minutes(FunctionElement[str]):
    """The ten minutes in which an instant lies, in UTC, but for its last digit: "2026-12-01 07:3"."""

    type = String()
    inherit_cache = True


@compiles(ten_minutes)
def _of_any(element: ten_minutes, compiler: SQLCompiler, **given: Any) -> str:
    inner = compiler.process(element.clauses, **given)
    return f"substr(to_char({inner} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), 1, 15)"


@compiles(ten_minutes, "sqlite")
def _of_sqlite(element: ten_minutes, compiler: SQLCompiler, **given: Any) -> str:
    return f"substr({compiler.process(element.clauses, **given)}, 1, 15)"
