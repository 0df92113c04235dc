"""The tree beside the log: it is that of its entries, and a proof reads a few rows of it."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from companion.errors import LogRewritten
from companion.registry import open_registry
from companion.registry.database.connection import DATABASE, connect
from companion.registry.transparency.log import TransparencyLog
from companion.trust.transparency import merkle
from tests.registry.database.older import older
from tests.registry.transparency.long_logs import append, enter_all, entry, fill
from tests.trust.transparency import trees

WITHOUT_TREE = "0009"


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(entry(number)) for number in range(count)]


def rows(folder: Path, statement: str) -> list[tuple[int, int, bytes]]:
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as database:
        return database.execute(statement).fetchall()


def statements(engine: Engine) -> list[str]:
    """What is asked of the database from here on."""
    asked: list[str] = []
    event.listen(engine, "after_cursor_execute", lambda *told: asked.append(told[2]))
    return asked


def test_a_log_that_grew_entry_by_entry_has_the_tree_of_its_entries(tmp_path: Path) -> None:
    """Across the sizes at which subtrees are joined; held against the definition, and against a rebuild."""
    fill(tmp_path / "grown", 250)
    engine = connect(tmp_path / "grown")
    with Session(engine) as session, session.begin():
        for number in range(250, 270):
            append(session, number)
    log = TransparencyLog(engine)
    assert (log.head().size, log.head().root) == (270, trees.root(leaves(270)))
    for number in (0, 100, 255, 256, 268, 269):
        proof = log.proof(f"run{number}")
        assert proof.path == trees.inclusion_path(leaves(270), number) and proof.entry == entry(number)
    for old in (1, 128, 256, 257, 269, 270):
        assert log.consistency(old) == trees.consistency_path(leaves(270), old)
    log.audit({250: trees.root(leaves(250))})
    engine.dispose()
    fill(tmp_path / "rebuilt", 270)
    wanted = "SELECT level, number, hash FROM log_nodes ORDER BY 1, 2"
    assert rows(tmp_path / "grown", wanted) == rows(tmp_path / "rebuilt", wanted)


def test_a_folder_of_before_gets_its_tree_when_it_is_opened(tmp_path: Path) -> None:
    older(tmp_path, WITHOUT_TREE)
    enter_all(tmp_path, 37)
    registry = open_registry(tmp_path)
    assert registry.log.head().root == trees.root(leaves(37))
    assert registry.log.proof("run20").holds()
    registry.close()


def test_a_log_with_a_hole_opens_takes_receipts_and_says_what_it_is(tmp_path: Path) -> None:
    older(tmp_path, WITHOUT_TREE)
    enter_all(tmp_path, 37)
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        database.execute("DELETE FROM log WHERE number = 20")
    engine = connect(tmp_path)
    with Session(engine) as session, session.begin():
        for number in range(37, 41):
            append(session, number)
    log = TransparencyLog(engine)
    for asked in (log.head, lambda: log.proof("run40"), lambda: log.audit({})):
        with pytest.raises(LogRewritten):
            asked()
    assert rows(tmp_path, "SELECT count(*) FROM log") == [(40,)]
    engine.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log SET entry = x'00' WHERE number = 20",
        "UPDATE log_nodes SET hash = zeroblob(32) WHERE level = 3",
        "DELETE FROM log_nodes WHERE level = 3",
    ],
)
def test_a_proof_of_what_was_changed_is_none(tmp_path: Path, change: str) -> None:
    fill(tmp_path, 37)
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        database.executescript(change)
    registry = open_registry(tmp_path)
    with pytest.raises(LogRewritten):
        registry.log.proof("run20")
    registry.close()


def test_head_proof_and_consistency_read_a_few_rows_of_a_long_log(tmp_path: Path) -> None:
    """Fifteen levels: a proof and the root from it and beside it take at most 2 rows a level each."""
    count = 20_000
    fill(tmp_path, count)
    engine = connect(tmp_path)
    log = TransparencyLog(engine)
    log.head()
    asked = statements(engine)
    log.proof("run11234")
    log.consistency(11_234)
    with Session(engine) as session, session.begin():
        append(session, count)
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(selects) < 100 and not any("ORDER BY" in statement for statement in selects)
    engine.dispose()
