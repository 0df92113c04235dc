"""A session in a process of its own: it tells the same, obeys the same, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import pickle
from pathlib import Path

import pytest

from companion.errors import CompanionError, OutcomeUnknown, OutsideGrant, ScenarioInvalid
from companion.lab.faults import LabFault
from companion.lab.lab import LabDisplay, LabEvent, LabRunEnded, LabRunStarted
from companion.lab.scenario import Button, LabDevice, Scenario
from companion.lab.worker import LabProcess
from companion.registry import open_registry


async def test_it_tells_what_happens_and_its_runs_are_in_the_registry(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[LabEvent] = []
    scenario = Scenario(
        "Two",
        (
            LabDevice("Good", "improv"),
            LabDevice("Bad", "rp1", faults={LabFault.WRONG_SECRET: 1}),
        ),
        runs=2,
        at_a_time=2,
    )
    results = await LabProcess(scenario, tmp_path, tell=told.append).run()
    assert [(run.number, run.code) for run in results.runs] == [(1, ""), (2, "A-101")]
    assert {event.number for event in told if isinstance(event, LabRunStarted)} == {1, 2}
    assert {event.run for event in told if isinstance(event, LabRunEnded)} == set(results.runs)
    assert "bumble" not in capfd.readouterr().err
    registry = open_registry(tmp_path)
    try:
        assert {run.id for run in registry.runs()} == {run.run for run in results.runs}
    finally:
        registry.close()


async def test_a_button_is_pressed_there_and_a_stop_is_heard(tmp_path: Path) -> None:
    scenario = Scenario("Hand", (LabDevice("Sensor", "rp1", button=Button.HAND),), runs=50)
    shown: list[str] = []

    def tell(event: LabEvent) -> None:
        if isinstance(event, LabDisplay) and event.number is not None:
            shown.append(event.number)
            lab.press(event.place, True)
            lab.stop()

    lab = LabProcess(scenario, tmp_path, tell=tell)
    results = await lab.run()
    assert len(shown) == 1
    assert [run.is_good for run in results.runs] == [True]


async def test_a_process_that_ends_without_a_word_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = Scenario("One", (LabDevice("Board", "improv"),))
    lab = LabProcess(scenario, tmp_path, tell=lambda event: os.kill(lab._process.pid, 9))  # type: ignore[union-attr]
    with pytest.raises(CompanionError, match="ended before"):
        await lab.run()
    folder = tmp_path / "a file"
    folder.write_text("")
    refused = LabProcess(scenario, folder, tell=lambda event: None)
    with pytest.raises(CompanionError) as met:
        await refused.run()
    assert met.value.code.startswith("S-"), "an error of its own comes across"
    with pytest.raises(ScenarioInvalid):
        LabProcess(Scenario("None", ()), tmp_path, tell=lambda event: None)


async def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    started = asyncio.Event()
    scenario = Scenario("Long", (LabDevice("Sensor", "rp1", button=Button.HAND),))
    lab = LabProcess(scenario, tmp_path, tell=lambda event: started.set())
    session = asyncio.ensure_future(lab.run())
    await started.wait()
    session.cancel()
    with pytest.raises(asyncio.CancelledError):
        await session
    assert lab._process is not None and lab._process.returncode is not None


def test_an_error_is_the_same_in_another_process() -> None:
    for error in (
        OutsideGrant("place", owner="Ines", limit="Lab"),
        OutcomeUnknown("silent", still_joining=True),
        ScenarioInvalid("no [[device]]"),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error) and again.args == error.args
        assert (str(again), again.advice_text, vars(again)) == (str(error), error.advice_text, vars(error))
