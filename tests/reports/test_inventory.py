"""The devices as a table: what is written comes back as it was, and nothing in it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import FileMissing, InventoryInvalid
from companion.registry import Registry, open_registry
from companion.registry.lookup import by_id
from companion.registry.notes import KnownDevice, Told
from companion.reports import inventory
from tests.reports.samples import HOSTILE
from tests.support.many_records import fill

FIRST, SECOND = f"{0:016x}", f"{1:016x}"


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Registry]:
    fill(tmp_path / "data", 30)
    registry = open_registry(tmp_path / "data")
    yield registry
    registry.close()


def saved(registry: Registry, path: Path, kind: str) -> Path:
    path.write_text("".join(inventory.written(registry.lists.every_device(), kind)), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", inventory.KINDS)
def test_a_table_that_is_read_again_changes_nothing(few: Registry, tmp_path: Path, kind: str) -> None:
    few.notes.take([(FIRST, Told(note="=1+1", tags=("a", "b"))), (SECOND, Told(name="'@x", room="-2;+3"))])
    found = inventory.read(saved(few, tmp_path / "table", kind), few.notes.known())
    assert len(found.told) == 30 and found.unknown == () == found.problems
    assert few.notes.take(found.told) == 0
    assert few.device(by_id(FIRST)).note == "=1+1"


def test_a_table_holds_no_formula_and_says_whose_it_is(few: Registry, tmp_path: Path) -> None:
    few.rename(by_id(FIRST), name=HOSTILE, room="=cmd|' /C calc'!A0")
    table = saved(few, tmp_path / "t.csv", "csv").read_text()
    for line in csv.reader(io.StringIO(table)):
        assert len(line) == len(inventory.COLUMNS)
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in line)
    document = json.loads(saved(few, tmp_path / "t.json", "json").read_text())
    assert "not to be handed on" in document["inventory"] and len(document["devices"]) == 30


def test_rows_find_devices_by_id_else_by_serial_number(tmp_path: Path) -> None:
    known = [KnownDevice("a", "S1"), KnownDevice("b", "S2"), KnownDevice("c", "S2"), KnownDevice("d", None)]
    path = tmp_path / "table.csv"
    lines = [
        "serial,id,room,tags,extra",
        "S1,,Hall,x y,?",
        "S2,,Hall,,",
        ",nobody,,,",
        "S9,d,,,",
        "S1,a,Attic,,",
    ]
    path.write_text("\n".join([*lines, "S2,b,,bad\u202etag,"]), encoding="utf-8")
    found = inventory.read(path, known)
    assert found.told == (
        ("a", Told(room="Hall", tags=("x", "y"))),
        ("d", Told(room="", tags=())),
    )
    assert found.unknown == (3,)
    assert [number for number, _ in found.problems] == [2, 5, 6]


def test_a_column_that_is_missing_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps({"devices": [{"id": "a", "tags": ["B", "a"]}, {"id": "b", "room": None}]}))
    found = inventory.read(path, [KnownDevice("a", None), KnownDevice("b", None)])
    assert found.told == (("a", Told(tags=("a", "b"))), ("b", Told()))


NO_TABLES = (
    b"",
    b"name,room\nx,y\n",
    b"{",
    b'{"devices": [1]}',
    b'{"devices": 4}',
    b"\xff\xfe\x00",
    b"{" * 9999,
)


@pytest.mark.parametrize("content", NO_TABLES)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table"
    path.write_bytes(content)
    with pytest.raises(InventoryInvalid):
        inventory.read(path, [])


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        inventory.read(tmp_path / "none.csv", [])
