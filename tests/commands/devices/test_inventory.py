"""`companion devices` at size: tags, notes, tables, what is due, and renewing it."""

from __future__ import annotations

import contextlib
import csv
import io
import sqlite3
from pathlib import Path

import pytest

from tests.commands.bench import Bench
from tests.commands.conftest import Run
from tests.support.many_records import fill, name_of

FIRST = f"id:{0:016x}"


@pytest.fixture(autouse=True)
def _filled(tmp_path: Path) -> None:
    fill(tmp_path / "data", 100, radio="os")


def test_devices_are_tagged_noted_and_listed_by_it(run: Run) -> None:
    assert run("devices", "tag", FIRST, "Line-2, spare").out.split()[-2:] == ["line-2", "spare"]
    run("devices", "tag", name_of(1), "spare")
    run("devices", "tag", FIRST, "spare", "--remove")
    assert "Behind" in run("devices", "note", FIRST, "Behind the boiler").out
    listed = run("devices", "--json", "--tag", "LINE-2").document["devices"]
    assert [(each["name"], each["tags"], each["note"]) for each in listed] == [
        (name_of(0), ["line-2"], "Behind the boiler")
    ]
    assert run("devices", "--tag", "nothing").out == "No matching devices.\n"
    assert run("devices", "--search", "boiler").out.startswith(name_of(0))
    assert run("devices", "tag", FIRST, "x" * 50).status == 2
    for missing in (("tag", FIRST), ("note",), ("import",)):
        assert run("devices", *missing).status == 2


def test_what_is_due_is_listed_first_to_end_first(run: Run) -> None:
    due = [each["id"] for each in run("devices", "--due", "--json").document["devices"]]
    assert {int(id, 16) for id in due} == {49, 69, 99} and int(due[0], 16) == 69
    soon = run("devices", "--due", "10", "--json").document["devices"]
    assert [int(each["id"], 16) for each in soon] == [69]
    by_name = run("devices", "--sort", "name", "--limit", "2", "--json").document["devices"]
    assert [each["name"] for each in by_name] == sorted(map(name_of, range(100)))[:2]


def test_a_table_is_exported_changed_and_imported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "devices.csv"
    assert "not to be handed on" in run("devices", "export", "--search", "hallway", "--out", str(path)).out
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert len(rows) == 20
    for row in rows:
        row["room"], row["tags"] = "Corridor", "moved"
    text = io.StringIO()
    table = csv.DictWriter(text, rows[0].keys())
    table.writeheader()
    table.writerows([*rows, {"id": "nobody", "room": "x"}])
    path.write_text(text.getvalue())
    assert "Nothing was written" in run("devices", "import", str(path), "--dry-run").out
    assert run("devices", "--tag", "moved", "--json").document["devices"] == []
    said = run("devices", "import", str(path)).out
    assert "20 devices changed" in said and "no device here: 21" in said
    told = run("devices", "import", str(path), "--json").document
    assert (told["rows"], told["changed"], told["unknown"]) == (20, 0, [21])
    listed = run("devices", "--tag", "moved", "--json").document["devices"]
    assert len(listed) == 20 and {each["room"] for each in listed} == {"Corridor"}
    assert run("devices", "export", "--json", "--limit", "1").document["devices"][0]["id"]
    path.write_text("x")
    assert "S-135" in run("devices", "import", str(path)).err
    assert run("devices", "export", "--out", str(tmp_path)).status == 2


def test_a_label_without_a_secret_is_drawn(run: Run, tmp_path: Path) -> None:
    svg, pdf = tmp_path / "label.svg", tmp_path / "label.pdf"
    run("devices", "rename", FIRST, "--name", "Büro <1>")
    assert run("devices", "label", FIRST, "--out", str(svg)).out == f"SN-000000 in {svg}\n"
    assert "Büro &lt;1&gt;" in svg.read_text() and "SN-000000" in svg.read_text()
    assert run("devices", "label", FIRST, "--out", str(pdf)).status == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    for wrong in ((), ("--out", str(tmp_path / "x.png")), ("--out", str(tmp_path / "no" / "x.pdf"))):
        assert run("devices", "label", FIRST, *wrong).status == 2


def test_renewing_what_cannot_be_renewed_says_so_and_goes_on(run: Run) -> None:
    done = run("devices", "renew-due", "--json", "--virtual", "--radio", "virtual")
    assert done.document == {"devices": []}, "real devices are not looked for on a virtual radio"


async def test_due_devices_are_renewed_one_after_the_other(bench: Bench) -> None:
    """The certificate of a device on the air is made due."""
    set_up = await bench.commission()
    before = next(each["fingerprint"] for each in set_up["credentials"] if each["kind"] == "ldevid")
    folder = bench.folder / "app"
    with contextlib.closing(sqlite3.connect(folder / "registry.db")) as database:
        database.execute("UPDATE devices SET due = '2020-01-01 00:00:00.000000'")
        database.commit()
    done = await bench.run("devices", "renew-due")
    assert [(each["name"], each["error"]) for each in done["devices"]] == [("Lamp", None)]
    assert (await bench.run("devices", "renew-due"))["devices"] == [], "it is due no more"
    listed = await bench.listed()
    now = [each["fingerprint"] for each in listed["credentials"] if each["kind"] == "ldevid"]
    assert now and before not in now
