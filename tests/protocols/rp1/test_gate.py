"""The coverage gate asks for every branch of its rooms, so no branch may depend on who compiled it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

COMPANION = Path(__file__).parents[3] / "companion"
FILES = sorted(file for room in ("protocols/rp1", "encoding") for file in (COMPANION / room).rglob("*.py"))


def open_ends(source: str) -> list[int]:
    """Lines of `if` without `else` that end a `case` outside a loop.

    From such a line Python 3.11.2, Debian 12's, does not leave the match as coverage expects it, and later
    ones do: a branch is missing for one of them. A guard of the case, or a function, says the same.
    """
    nodes = list(ast.walk(ast.parse(source)))
    loops = (node for node in nodes if isinstance(node, ast.For | ast.AsyncFor | ast.While))
    inside = {id(node) for loop in loops for node in ast.walk(loop)}
    cases = (node for node in nodes if isinstance(node, ast.match_case) and id(node) not in inside)
    return [last.lineno for case in cases if isinstance(last := _last(case.body[-1]), ast.If)]


def _last(statement: ast.stmt) -> ast.stmt:
    """The last `if` of a chain of `elif`, if it has no `else`; anything else as it is."""
    while isinstance(statement, ast.If) and statement.orelse:
        statement = statement.orelse[-1]
    return statement


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(COMPANION)))
def test_every_interpreter_sees_the_same_branches(file: Path) -> None:
    assert open_ends(file.read_text(encoding="utf-8")) == []


def test_an_open_end_is_found() -> None:
    assert open_ends(
        "match x:\n case 1:\n  a()\n  if b:\n   c()\n case 2 if d:\n  if b:\n   c()\n  else:\n   e()"
    ) == [4]
