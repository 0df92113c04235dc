"""The support bundle: what it says it holds is what it holds, and nothing of it names anybody."""

from __future__ import annotations

import json
from pathlib import Path

from companion.doctor import Check, CheckName, CheckState, check
from companion.files import abbreviate_home
from companion.model import Text
from companion.registry import open_registry
from companion.reports import REDACTED
from companion.reports.bundle import MOST_RUNS, Part, parts, zipped
from tests.support.many_records import fill, name_of

COUNT = 60


def held(folder: Path, checks: tuple[Check, ...] = (), runs: int = 20) -> dict[str, Part]:
    fill(folder, COUNT)
    registry = open_registry(folder)
    try:
        return {part.name: part for part in parts(registry, checks, runs=runs)}
    finally:
        registry.close()


def test_the_list_names_every_other_part_and_the_newest_runs_are_in_it(tmp_path: Path) -> None:
    made = held(tmp_path, runs=7)
    listed = made["CONTENTS.txt"].text.splitlines()
    assert listed[0] == REDACTED
    assert [line.split()[0] for line in listed[2:]] == [name for name in made if name != "CONTENTS.txt"]
    told = json.loads(made["runs.json"].text)
    assert [run["id"] for run in told["runs"]] == [f"{number:010x}" for number in range(7)]
    assert json.loads(made["registry.json"].text) == {"devices": COUNT, "runs": COUNT, "unfinished": 0}


def test_nothing_in_it_names_anybody(tmp_path: Path) -> None:
    made = held(tmp_path, checks=check(tmp_path), runs=1_000_000)
    told, names = json.loads(made["runs.json"].text), [name_of(number) for number in range(COUNT)]
    assert len(told["runs"]) == MOST_RUNS
    for part in made.values():
        for private in (*names, "SN-0000", str(tmp_path), abbreviate_home(str(tmp_path))):
            assert private not in part.text, (part.name, private)


def test_a_check_is_told_without_its_places(tmp_path: Path) -> None:
    sentence = Text(
        "{free} MB free for {folder}, said {why}", {"free": 7, "folder": "/home/anna", "why": "anna's"}
    )
    made = held(tmp_path, (Check(CheckName.FOLDER, CheckState.GOOD, sentence),))
    (told,) = json.loads(made["doctor.json"].text)["checks"]
    assert told["sentence"] == "7 MB free for …, said …"


def test_the_same_parts_make_the_same_file() -> None:
    made = (Part("a.txt", "an a", "a" * 1000),)
    assert zipped(made) == zipped(made)
