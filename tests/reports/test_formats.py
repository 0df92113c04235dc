"""Reports: each says on its first line that it is redacted, and nothing in it runs or breaks its form."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.registry import Registry, open_registry
from companion.registry.lists import FAILING, RunQuery
from companion.registry.privacy.redaction import redacted
from companion.reports import KINDS, REDACTED, cells
from companion.reports.formats import written
from companion.reports.selection import Selection, one_run, runs_of
from tests.reports.samples import EVIL, GOOD, LOST
from tests.support.many_runs import error_of, fill_runs, run_id

COUNT = 230


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("many")
    fill_runs(folder, COUNT)
    registry = open_registry(folder)
    yield registry
    registry.close()


def samples() -> Selection:
    documents = {run.id: redacted(run.as_json()) for run in (GOOD, LOST, EVIL)}
    return Selection(tuple(documents.values()), lambda run: documents[run], 3)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("selection", [one_run(EVIL), samples()], ids=["one", "several"])
def test_the_first_line_says_that_it_is_redacted(selection: Selection, kind: str) -> None:
    text = "".join(written(selection, kind))
    assert REDACTED in text.splitlines()[0]
    for private in ("Lumen B", "SN-7", "rp1-0001", "127.0.0.1", "HYPERLINK", "<script", "\x00", "\x1b"):
        assert private not in text, private


def test_a_selection_as_json_is_one_document_with_every_run_and_event(many: Registry) -> None:
    told = json.loads("".join(written(runs_of(many, RunQuery(code="R-103")), "json")))
    ids = [run_id(number) for number in range(COUNT) if error_of(number)[0] == "R-103"]
    assert [run["id"] for run in told["runs"]] == ids and told["matching"] == len(ids)
    assert all(len(run["events"]) == 20 for run in told["runs"])
    cut = json.loads("".join(written(runs_of(many, RunQuery(), most=7), "json")))
    assert (len(cut["runs"]), cut["matching"]) == (7, COUNT)
    assert json.loads("".join(written(one_run(GOOD), "json")))["id"] == GOOD.id


def test_a_value_has_one_stand_in_throughout_a_report(many: Registry) -> None:
    lines = list(csv.DictReader(io.StringIO("".join(list(written(runs_of(many, RunQuery()), "csv"))[1:]))))
    assert len(lines) == COUNT
    by_device: dict[str, set[str]] = {}
    for number, line in enumerate(lines):
        by_device.setdefault(line["device"], set()).add(str(number % 50))
    assert len(by_device) == 50 and all(len(numbers) == 1 for numbers in by_device.values())
    assert {line["error"] for line in lines} == {"", "R-103", "N-101", "A-103", "X-100"}


def test_junit_counts_what_its_cases_say(many: Registry) -> None:
    suite = ElementTree.fromstring("".join(written(runs_of(many, RunQuery()), "junit")))
    cases = list(suite.iter("testcase"))
    failed = [case for case in cases if case.find("failure") is not None]
    skipped = [case for case in cases if case.find("skipped") is not None]
    errors = [error_of(number)[0] for number in range(COUNT)]
    assert (len(cases), suite.get("tests")) == (COUNT, str(COUNT))
    assert len(skipped) == errors.count("X-100") == int(suite.get("skipped", "")) > 0
    assert len(failed) == sum(code not in ("", "X-100") for code in errors)
    assert suite.get("failures") == str(len(failed))
    told = failed[0].find("failure")
    assert told is not None and told.get("type") == "R-103" and "step secure" in (told.get("message") or "")
    assert "step_started" in (failed[0].findtext("system-out") or "")


def test_html_lists_every_run_and_says_what_fails_most(many: Registry) -> None:
    page = "".join(written(runs_of(many, RunQuery(ending=FAILING)), "html"))
    assert page.count("<tr>") > page.count("R-103") > 10 and "What fails most" in page
    assert "No failure." in "".join(written(runs_of(many, RunQuery(ending="commissioned")), "html"))


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}


def hostile(text: str) -> Selection:
    """A report that was not redacted, as if a value had slipped through every form."""
    document = {
        **redacted(LOST.as_json()),
        **dict.fromkeys(("subject", "model", "firmware", "step", "error", "protocol", "operation"), text),
        "outcome": {"error": {"code": text, "title": text, "advice": text}},
        "steps": [{"step": text, "seconds": 1.0}],
        "events": [{"at": LOST.started.isoformat(), "kind": text, "facts": {text: text}}],
    }
    return Selection((document,), lambda _: document, 1)


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_whatever_a_text_is_it_stays_text(text: str) -> None:
    selection = hostile(text)
    suite = ElementTree.fromstring("".join(written(selection, "junit")).encode())
    assert len(list(suite.iter("failure"))) == 1
    page = Tags()
    page.feed("".join(written(selection, "html")))
    assert page.seen <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "h2",
            "p",
            "table",
            "tr",
            "th",
            "td",
            "span",
        ),
        *("lang", "charset", "http-equiv", "content", "class"),
    } | {"span", "style"}
    assert json.loads("".join(written(selection, "json")))["runs"][0]["model"] == text
    lines = list(csv.reader(io.StringIO("".join(list(written(selection, "csv"))[1:]))))
    assert [len(line) for line in lines] == [len(lines[0])] * 2
    for cell in lines[1]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


@given(st.text(max_size=20))
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    from companion.plain_text import plain

    assert cells.text_of_cell(cells.text_cell(text)) == plain(text)


def test_separators_of_other_countries_divide_no_cell() -> None:
    assert cells.row(["a;=1+1\t=2", 1.5, None]) == '"a;=1+1\ufffd=2",1.5,""\n'


def test_a_report_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        written(one_run(GOOD), "pdf")
