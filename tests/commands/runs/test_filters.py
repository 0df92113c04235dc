"""`companion runs`: filtered, counted, compared and exported, as one would in a script."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.cli import main
from companion.reports import REDACTED
from tests.support.many_runs import device_of, error_of, fill_runs, run_id

COUNT = 130
NOW = datetime.now(UTC)


def before(minutes: float) -> str:
    """A moment so long before the newest run."""
    return (NOW - timedelta(minutes=minutes)).isoformat()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("data")
    fill_runs(made, COUNT, now=NOW)
    yield made


def printed(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["runs", *words, "--data-dir", str(folder)]) == status
    out, err = capsys.readouterr()
    return out if status == 0 else err


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (("--code", "r-103"), lambda n: error_of(n)[0] == "R-103"),
        (("--step", "hand over"), lambda n: error_of(n)[1] == "hand_over"),
        (("--ending", "failing"), lambda n: error_of(n)[0] not in ("", "X-100")),
        (("--device", device_of(7)), lambda n: n % 50 == 7),
        (("--protocol", "improv", "--over", "os"), lambda n: n % 50 % 3 == 2 and n % 3 == 2),
        (("--model", "LK-1", "--firmware", "1.4.2"), lambda n: n % 50 % 3 == 2),
        (("--since", before(60.5), "--until", before(30.5)), lambda n: 30 < n <= 60),
        (("--since", "1d"), lambda n: True),
        (("--operation", "rotate"), lambda n: False),
    ],
)
def test_a_list_has_the_runs_of_its_filters(
    capsys: pytest.CaptureFixture[str], folder: Path, options: tuple[str, ...], fits: object
) -> None:
    assert callable(fits)
    told = json.loads(printed(capsys, folder, "--json", "--limit", "200", *options))
    assert [run["id"] for run in told["runs"]] == [run_id(n) for n in range(COUNT) if fits(n)]


def test_failures_are_grouped_with_their_days(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    told = json.loads(printed(capsys, folder, "failures", "--json"))
    expected: dict[tuple[str, str], int] = {}
    for code, step in map(error_of, range(COUNT)):
        if code not in ("", "X-100"):
            expected[code, step] = expected.get((code, step), 0) + 1
    assert {(each["code"], each["step"]): each["count"] for each in told["groups"]} == expected
    assert len(told["edges"]) == 15 and told["runs"] == COUNT
    lines = printed(capsys, folder, "failures").splitlines()
    assert lines[0] == f"{sum(expected.values())} of {COUNT} runs failed in 14 days."
    assert lines[1].split()[:3] == [str(max(expected.values())), "R-103", "secure"]
    assert "No failure" in printed(capsys, folder, "failures", "--operation", "rotate")
    some = json.loads(printed(capsys, folder, "failures", "--json", "--since", "1h"))
    assert some["runs"] == COUNT or len(some["edges"]) <= 3


def test_a_failed_run_is_compared_with_the_nearest_good_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    made = json.loads(printed(capsys, folder, "compare", run_id(10), "--json"))
    assert made["left"] == run_id(10) and made["right"] != run_id(10)
    assert {each["step"]: each["left"] for each in made["steps"]}["secure"] is None
    page = printed(capsys, folder, "compare", run_id(10))
    assert "nearest good run" in page and "Run 000000000a: failed in secure" in page
    same = printed(capsys, folder, "compare", run_id(0), run_id(1))
    assert "The runs do not differ." in same


def test_a_report_is_exported_in_every_form(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    for kind in ("json", "log", "html", "junit", "csv"):
        one = printed(capsys, folder, "export", run_id(10), "--format", kind)
        assert REDACTED in one.splitlines()[0] and device_of(10) not in one
        path = tmp_path / kind
        said = printed(capsys, folder, "export", "--code", "R-103", "--format", kind, "--out", str(path))
        assert said == f"6 runs in {path}\n"
        assert REDACTED in path.read_text().splitlines()[0]
    assert len(json.loads((tmp_path / "json").read_text())["runs"]) == 6
    assert ElementTree.parse(tmp_path / "junit").getroot().get("failures") == "6"
    with (tmp_path / "csv").open(newline="") as file:
        assert len(list(csv.reader(file))) == 2 + 6
    assert len(json.loads(printed(capsys, folder, "export", "--limit", "3"))["runs"]) == 3
    assert "--json" in printed(capsys, folder, "export", "--json", "--format", "csv", status=2)
    assert "S-124" in printed(capsys, folder, "export", "--out", str(tmp_path), status=2)


def test_a_report_of_somebody_else_is_shown_and_compared(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.json"
    printed(capsys, folder, "export", run_id(10), "--out", str(path))
    assert f"Run {run_id(10)}," in printed(capsys, folder, "show", str(path))
    made = json.loads(printed(capsys, folder, "compare", str(path), run_id(11), "--json"))
    assert (made["left"], made["right"]) == (run_id(10), run_id(11))
    near = json.loads(printed(capsys, folder, "compare", str(path), "--json"))
    assert near["left"] == run_id(10) and near["right"] not in (run_id(10), None)
    path.write_text("{}")
    assert "S-133" in printed(capsys, folder, "show", str(path), status=8)


@pytest.mark.parametrize("words", [("proof", "last"), ("show", "last", "more")])
def test_what_is_missing_or_too_much_is_said(
    capsys: pytest.CaptureFixture[str], folder: Path, words: tuple[str, ...]
) -> None:
    assert printed(capsys, folder, *words, status=2)


@pytest.mark.parametrize("time", ["yesterday", "14", "14w", "99999999d", ""])
def test_a_time_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], folder: Path, time: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["runs", "--since", time, "--data-dir", str(folder)])
    assert ended.value.code == 2
    assert "no time such as" in capsys.readouterr().err
