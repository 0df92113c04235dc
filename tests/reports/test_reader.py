"""A report of somebody else opens as what it is, and as nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.errors import FileMissing, FileUnreadable, ReportInvalid
from companion.registry.privacy.redaction import redacted
from companion.registry.transcript import in_words
from companion.reports.comparison import compare
from companion.reports.formats import written
from companion.reports.reader import MOST_EVENTS, read_report
from companion.reports.selection import Selection, one_run
from tests.reports.samples import EVIL, GOOD, LOST


def saved(path: Path, selection: Selection, kind: str = "json") -> Path:
    path.write_text("".join(written(selection, kind)), encoding="utf-8")
    return path


def test_what_was_exported_opens_as_the_same_run(tmp_path: Path) -> None:
    for run in (GOOD, LOST, EVIL):
        (opened,) = read_report(saved(tmp_path / "report.json", one_run(run)))
        clean = redacted(run.as_json())
        # Whose run it was, and on which computer, stays at home.
        hidden = {"device": None, "operator": None, "computer": None}
        assert opened.as_json() | hidden == clean | hidden
        assert compare(opened, opened).first is None
    documents = [redacted(run.as_json()) for run in (GOOD, LOST)]
    several = Selection(documents, lambda id: next(each for each in documents if each["id"] == id), 2)
    assert [run.id for run in read_report(saved(tmp_path / "two.json", several))] == [GOOD.id, LOST.id]


def test_a_template_asks_for_nothing_but_its_facts(tmp_path: Path) -> None:
    def said(template: str) -> str:
        document = json.loads("".join(written(one_run(GOOD), "json")))
        document["events"] = [
            {
                "number": 0,
                "at": document["started"],
                "kind": "progress",
                "facts": {"step": "find", "text": {"template": template, "facts": {"name": "x", "rssi": -4}}},
            }
        ]
        path = tmp_path / "report.json"
        path.write_text(json.dumps(document))
        (opened,) = read_report(path)
        return in_words(opened.events[0].facts)

    assert said("Found {name}, {rssi}") == "step find, text Found <name 1>, -4"
    for attack in ("{name:>999999999}", "{name.__class__}", "{name!r}", "{other}", "{", "{0}", "{name[0]}"):
        assert said(attack) == f"step find, text {attack.replace('{', '(').replace('}', ')')}"


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no marks of a report": lambda told: told.pop("redacted"),
    "another state": lambda told: told.update(state="excellent"),
    "no beginning": lambda told: told.update(started="yesterday"),
    "no id": lambda told: told.update(id="../../x"),
    "events of no list": lambda told: told.update(events=7),
    "an event without a time": lambda told: told["events"][0].pop("at"),
    "no runs": lambda told: told.update(runs=[]),
    "too many events": lambda told: told.update(events=told["events"] * MOST_EVENTS),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, how: str) -> None:
    told = json.loads("".join(written(one_run(GOOD), "json")))
    BROKEN[how](told)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(told))
    with pytest.raises(ReportInvalid):
        read_report(path)


@pytest.mark.parametrize(
    "content", [b"", b"[" * 100_000, b"\xff\xfe", b"7", b"null", b'{"runs": 3, "redacted": ""}']
)
def test_a_file_that_is_anything_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(ReportInvalid):
        read_report(path)


def test_a_file_that_can_not_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_report(tmp_path / "nowhere.json")
    with pytest.raises(FileUnreadable):
        read_report(tmp_path)
