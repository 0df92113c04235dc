"""What a session says of its runs: spreads, the first failure, and files for other programs."""

from __future__ import annotations

import csv
import io
import statistics
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.lab.reports import junit, table
from companion.lab.results import Ending, LabRun, Results
from companion.lab.statistics import spread
from companion.model import Step

TIMES = st.lists(st.floats(0, 1e4), min_size=2, max_size=60)


def lab_run(number: int, ending: Ending = Ending.GOOD, device: str = "Lamp", **more: object) -> LabRun:
    failed = (
        {"code": "R-103", "title": "Link lost", "failed_step": Step.SECURE, "exit_status": 4}
        if ending is Ending.FAILED
        else {}
    )
    values = {"protocol": "rp1", "seconds": 1.0, "began": 0.0, "run": f"{number:06x}", **failed, **more}
    return LabRun(number=number, device=device, ending=ending, **values)  # type: ignore[arg-type]


def results(*runs: LabRun) -> Results:
    return Results("Line <2>", 7, 100, 8, runs, 10.0)


@given(TIMES)
def test_quartiles_are_those_of_statistics(times: list[float]) -> None:
    found = spread(times)
    assert found is not None
    assert [found.first, found.median, found.third] == pytest.approx(
        statistics.quantiles(times, n=4, method="inclusive")
    )
    assert found.times[0] <= found.low <= found.first <= found.median <= found.third <= found.high
    assert all(not found.low <= time <= found.high for time in found.outliers)


def test_no_time_has_no_spread_and_few_have_no_box() -> None:
    assert spread([]) is None
    few = spread([1.0, 2.0])
    assert few is not None and not few.has_box and few.as_json()["outliers"] == []


def test_the_first_failure_is_compared_with_the_nearest_good_run_of_its_device() -> None:
    runs = (
        lab_run(1, device="Plug"),
        lab_run(2),
        lab_run(3, device="Plug"),
        lab_run(4, Ending.FAILED),
        lab_run(5, Ending.RETRIED),
        lab_run(6, Ending.FAILED, device="Board"),
    )
    told = results(*runs)
    assert told.first_failure is runs[3] and told.nearest_good(runs[3]) is runs[1]
    assert told.nearest_good(runs[5]) is runs[4], "none of its device: one of its protocol"
    assert results(runs[3], runs[4]).nearest_good(runs[3]) is runs[4], "none before it: after it"
    assert results(runs[3]).nearest_good(runs[3]) is None
    document = told.as_json()
    assert document["first_failure"]["compare_with"] == runs[1].run
    assert document["outcomes"] == {"good": 3, "retried": 1, "failed": 2, "stopped": 0}
    assert document["errors"] == {"R-103": 2}


def test_the_exit_status_is_the_first_failures() -> None:
    assert results(lab_run(1)).exit_status == 0
    assert results(lab_run(1), lab_run(2, Ending.FAILED)).exit_status == 4
    assert results(lab_run(1, Ending.STOPPED)).exit_status == 130


def test_junit_holds_every_run_and_any_name() -> None:
    hostile = 'a"<b>\x00\x1b]&'
    told = results(
        lab_run(1, device=hostile, steps=((Step.FIND, 0.5),)),
        lab_run(2, Ending.FAILED),
        lab_run(3, Ending.STOPPED),
    )
    (suite,) = ElementTree.fromstring(junit(told))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    first, second, third = suite.findall("testcase")
    assert 'a"<b>' in str(first.get("name")) and "find: 0.500 s" in str(first.findtext("system-out"))
    failure = second.find("failure")
    assert failure is not None and failure.get("message") == "Link lost in secure (R-103)"
    assert third.find("skipped") is not None


def test_a_spreadsheet_computes_nothing() -> None:
    told = table(results(lab_run(1, device="=1+1"), lab_run(2, steps=((Step.CHECK, 0.25),))))
    head, first, second = csv.reader(io.StringIO(told))
    assert first[1] == "'=1+1"
    assert second[head.index("check")] == "0.250" and second[head.index("find")] == ""
