"""`companion runs` begins with what a killed run left half done, and says how to finish it."""

from pathlib import Path

from companion.events import Found, Sending
from companion.model import Advertisement, FoundDevice
from companion.registry import open_registry
from tests.commands.conftest import Run


def test_the_list_of_runs_begins_with_what_is_unfinished(run: Run, tmp_path: Path) -> None:
    registry = open_registry(tmp_path / "data")
    left = registry.begin_run(ecosystem="rp1", radio="os")
    registry.append(left, Found(FoundDevice("rp1", Advertisement("F0:01", "Lumen", -40), "Lumen")))
    registry.append(left, Sending("credentials"))
    registry.close()

    lines = run("runs").out.splitlines()
    assert "Lumen" in lines[0] and left in lines[0]
    assert "companion commission" in lines[1]
    document = run("runs", "--json").document
    assert [each["run"] for each in document["unfinished"]] == [left]
    assert [each["id"] for each in document["runs"]] == [left]


def test_a_run_that_nobody_will_finish_is_dismissed(run: Run, tmp_path: Path) -> None:
    registry = open_registry(tmp_path / "data")
    left = registry.begin_run(ecosystem="rp1", radio="os")
    registry.append(left, Sending("credentials"))
    registry.close()

    assert run("runs", "dismiss", left, "--json").document == {"run": left, "unfinished": []}
    assert "Nothing changed" in run("runs", "dismiss", left).out
    kept = run("runs", "show", left, "--json").document["events"]
    assert [each["kind"] for each in kept] == ["sending", "dismissed"]


def test_without_one_the_list_begins_with_the_runs(run: Run) -> None:
    assert run("runs").out == "No runs.\n"
    assert run("runs", "--json").document == {"unfinished": [], "runs": []}
