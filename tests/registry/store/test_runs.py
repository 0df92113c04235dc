"""A run is written as it happens, and says the truth after a kill."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.errors import Cancelled, CompanionError, LinkLostError, RecordAmbiguous, RecordMissing
from companion.events import (
    Connected,
    Dismissed,
    Event,
    Found,
    Identified,
    Progress,
    RunFinished,
    Sending,
    StepFinished,
    StepStarted,
    Withdrawn,
)
from companion.model import Advertisement, Commissioned, DeviceIdentity, FoundDevice, Step, Text
from companion.outcome import Result
from companion.registry import Registry, open_registry
from companion.registry.privacy.redaction import redacted
from tests.registry.run_samples import commissioned, outcome

BEGIN = (
    "import os, sys; from pathlib import Path; from companion.registry import open_registry\n"
    "from companion.events import Connected\n"
    "registry = open_registry(Path(sys.argv[1]))\n"
    "run = registry.begin_run(ecosystem='rp1', radio='virtual'); registry.append(run, Connected(247))\n"
    "print(run, flush=True)\n"
)


def test_events_and_steps_come_back_in_order(registry: Registry) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.append(run, StepStarted(Step.FIND))
    registry.append(run, Progress(Step.FIND, Text("Searching for {name}", {"name": "Lamp"})))
    registry.append(run, StepFinished(Step.FIND, 0.25, Text("Seen")))
    registry.append(run, StepStarted(Step.CONNECT))
    record = registry.run(run)
    assert (record.state, record.ecosystem, record.radio, record.ended) == ("running", "rp1", "virtual", None)
    assert [each.kind for each in record.events] == [
        "step_started",
        "progress",
        "step_finished",
        "step_started",
    ]
    assert [each.number for each in record.events] == [0, 1, 2, 3]
    assert record.events[1].facts["text"] == {"template": "Searching for {name}", "facts": {"name": "Lamp"}}
    assert [(each.step, each.seconds) for each in record.steps] == [("find", 0.25), ("connect", None)]
    assert record.started <= record.events[0].at <= record.events[3].at


def test_a_step_that_is_taken_twice_is_two_steps(registry: Registry) -> None:
    run = registry.begin_run(ecosystem=None, radio="os")
    for seconds in (0.5, 0.75):
        registry.append(run, StepStarted(Step.CONNECT))
        registry.append(run, StepFinished(Step.CONNECT, seconds, Text("Up")))
    assert [each.seconds for each in registry.run(run).steps] == [0.5, 0.75]


def test_a_finished_run_keeps_the_document_that_the_terminal_printed(registry: Registry) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    ending = outcome(run, commissioned())
    record = registry.finish_run(run, ending)
    registry.append(run, RunFinished(ending))
    kept = registry.run(run)
    assert kept.outcome == {**ending.as_json(), "record": record}
    assert (kept.state, kept.protocol, kept.method, kept.device) == ("commissioned", "rp1", "oob", record)
    assert kept.ended is not None and kept.events[-1].kind == "run_finished"


def test_a_failed_run_keeps_its_error_and_makes_no_device(registry: Registry) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="os")
    assert registry.finish_run(run, outcome(run, result=Result.FAILED, error=LinkLostError("gone"))) is None
    kept = registry.run(run)
    assert (kept.state, kept.error_code, kept.device) == ("failed", "R-103", None)
    assert registry.devices() == []


@pytest.mark.parametrize(("error", "ending"), [(Cancelled(), "cancelled"), (LinkLostError(), "failed")])
def test_a_run_that_its_user_cancelled_is_told_apart_from_a_failure(
    registry: Registry, error: CompanionError, ending: str
) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="os")
    registry.finish_run(run, outcome(run, result=Result.FAILED, error=error))
    (kept,) = registry.runs()
    assert (kept.state, kept.ending) == ("failed", ending)
    document = kept.as_json()
    assert (document["state"], document["ending"]) == ("failed", ending)
    assert redacted(document)["ending"] == ending


def test_runs_are_listed_newest_first_and_not_more_than_asked(registry: Registry) -> None:
    made = [registry.begin_run(ecosystem=None, radio="os") for _ in range(4)]
    assert [each.id for each in registry.runs()] == made[::-1]
    assert [each.id for each in registry.runs(limit=2)] == made[:1:-1]


def test_a_run_is_found_by_the_beginning_of_its_id_or_as_the_last(registry: Registry) -> None:
    first = registry.begin_run(ecosystem=None, radio="os")
    last = registry.begin_run(ecosystem=None, radio="os")
    assert registry.run(first[:9]).id == first
    assert registry.run("last").id == last


def test_a_beginning_that_several_runs_have_names_none(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter(["aaaa1", "aaaa2"])
    with monkeypatch.context() as patched:
        patched.setattr("companion.registry.store.registry.secrets.token_hex", lambda octets: next(ids))
        made = [registry.begin_run(ecosystem=None, radio="os") for _ in range(2)]
    with pytest.raises(RecordAmbiguous) as refused:
        registry.run("aaaa")
    assert all(f"id:{run} (" in refused.value.advice_text for run in made)
    assert registry.run(f"id:{made[0]}").id == registry.run(made[0]).id == made[0]


@pytest.mark.parametrize("wanted", ["", "zzz", "%", "_" * 10])
def test_a_run_that_is_not_there_is_named(registry: Registry, wanted: str) -> None:
    registry.begin_run(ecosystem=None, radio="os")
    with pytest.raises(RecordMissing) as caught:
        registry.run(wanted)
    assert wanted in caught.value.title_text


def test_nothing_is_written_to_a_run_that_is_not_there(registry: Registry) -> None:
    with pytest.raises(RecordMissing):
        registry.append("0000000000", Connected(247))
    with pytest.raises(RecordMissing):
        registry.finish_run("0000000000", outcome("0000000000", commissioned()))
    assert registry.devices() == [] and registry.runs() == []


def test_a_killed_process_leaves_an_interrupted_run_with_what_it_wrote(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", BEGIN + "os.kill(os.getpid(), 9)", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    registry = open_registry(tmp_path)
    record = registry.run(killed.stdout.strip())
    assert (record.state, [each.kind for each in record.events]) == ("interrupted", ["connected"])
    assert record.ended == record.events[-1].at
    registry.close()


FOUND = Found(FoundDevice("rp1", Advertisement("C0:00:00:00:00:01", "Lumen", -40), "Lumen"))
DEVICE = Identified(DeviceIdentity("rp1-0001", "Kitchen lamp"))


def begun(folder: Path, *told: Event) -> str:
    """A run that told this when its process died."""
    registry = open_registry(folder)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    for event in told:
        registry.append(run, event)
    registry.close()
    return run


def test_a_run_that_died_in_a_hand_over_is_unfinished(tmp_path: Path) -> None:
    begun(tmp_path, FOUND, DEVICE)
    begun(tmp_path, FOUND, DEVICE, Sending("credentials"), Withdrawn())
    before = begun(tmp_path, FOUND, DEVICE, Sending("credentials"))
    left = begun(tmp_path, FOUND, DEVICE, Sending("credentials"))
    registry = open_registry(tmp_path)
    (one,) = registry.unfinished()
    assert one.run == left != before
    assert (one.protocol, one.name, one.address) == ("rp1", "Kitchen lamp", "C0:00:00:00:00:01")
    registry.close()


@pytest.mark.parametrize(
    ("told", "done", "remains"),
    [
        ((FOUND, DEVICE), commissioned(), False),
        (
            (Found(FoundDevice("rp1", Advertisement("D0:01", "Lumen", -40), "Lumen")), DEVICE),
            commissioned(),
            False,
        ),
        ((FOUND, DEVICE, Sending("credentials"), Withdrawn()), None, False),
        ((FOUND,), None, True),
        ((Identified(DeviceIdentity("rp1-0002", "Other")),), commissioned(id="rp1-0002"), True),
    ],
    ids=["finished", "under another address", "dropped", "not reached", "another device"],
)
def test_an_unfinished_run_is_settled_by_its_own_device_alone(
    tmp_path: Path, told: tuple[Event, ...], done: Commissioned | None, remains: bool
) -> None:
    left = begun(tmp_path, FOUND, DEVICE, Sending("credentials"))
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    for event in told:
        registry.append(run, event)
    result = Result.FAILED if done is None else Result.COMMISSIONED
    registry.finish_run(run, outcome(run, done, result=result))
    assert [each.run for each in registry.unfinished()] == [left] * remains
    registry.close()


def test_a_run_that_was_dismissed_brings_no_older_one_of_its_device_back(tmp_path: Path) -> None:
    begun(tmp_path, FOUND, DEVICE, Sending("credentials"))
    other = Identified(DeviceIdentity("rp1-0002", "Other"))
    left = begun(tmp_path, other, Sending("credentials"))
    begun(tmp_path, FOUND, DEVICE, Sending("credentials"), Dismissed())
    registry = open_registry(tmp_path)
    assert [each.run for each in registry.unfinished()] == [left]
    registry.close()


def test_the_run_of_a_process_that_lives_is_left_running(tmp_path: Path) -> None:
    program = BEGIN + "sys.stdin.read()"
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdin is not None
        run = other.stdout.readline().strip()
        registry = open_registry(tmp_path)
        assert registry.run(run).state == "running"
        other.kill()
        other.wait(10)
    registry.close()
    registry = open_registry(tmp_path)
    assert registry.run(run).state == "interrupted"
    registry.close()


def test_a_run_of_another_computer_is_not_ours_to_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two computers share a PostgreSQL registry: neither sees the other's processes."""
    elsewhere = open_registry(tmp_path)
    elsewhere._liveness.host = "elsewhere"  # type: ignore[attr-defined]
    run = elsewhere.begin_run(ecosystem=None, radio="os")
    elsewhere._liveness.end()  # type: ignore[attr-defined]
    here = open_registry(tmp_path)
    assert here.run(run).state == "running"
    here.close()
    elsewhere.close()


def test_closing_interrupts_what_is_unfinished_and_leaves_no_sign_of_life(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem=None, radio="os")
    registry.close()
    registry.close()
    assert list((tmp_path / "running").iterdir()) == []
    registry = open_registry(tmp_path)
    assert registry.run(run).state == "interrupted"
    registry.close()


def test_signs_of_life_that_killed_processes_left_are_cleared_away_after_a_day(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    (own,) = (tmp_path / "running").iterdir()
    yesterday = own.stat().st_mtime - 25 * 3600
    old, young = tmp_path / "running" / "0ld.alive", tmp_path / "running" / "new.alive"
    old.touch()
    young.touch()
    for path in (own, old):
        os.utime(path, (yesterday, yesterday))
    open_registry(tmp_path).close()
    assert set((tmp_path / "running").iterdir()) == {own, young}
    registry.close()
