"""What the window says of state rests on what was seen: time, camera, radio, and a device's last answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.doctor import Check, CheckName, CheckState
from companion.errors import Cancelled
from companion.events import ActionNeeded, RunFinished, RunStarted, Sending, StepStarted
from companion.link_counts import LinkCounts
from companion.model import Step, Text
from companion.outcome import Outcome, Result
from companion.questions import CompareNumbers
from companion.registry.records import DeviceRecord, RunRecord
from tests.claims.test_said import CODE
from ui.engine.events import RadioReady
from ui.flow.commissioning import CommissioningFlow
from ui.present.registry import devices, runs
from ui.present.run.progress import progress
from ui.present.run.requirements import requirements
from ui.sources.camera_state import CameraState
from ui.widgets import Tone

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def confirming(clock: Clock) -> CommissioningFlow:
    """A run in the step CONFIRM, just begun."""
    flow = CommissioningFlow(clock)
    flow.begin(CODE)
    flow.take(RunStarted("run-1", CODE))
    flow.take(StepStarted(Step.CONFIRM))
    return flow


def row(flow: CommissioningFlow) -> tuple[str, str]:
    """Age and hint of the step under way."""
    found = progress(flow).rows[list(Step).index(Step.CONFIRM)]
    return found.seconds, found.hint_title


def test_time_that_the_user_takes_is_not_slower_than_usual(qapp: object) -> None:
    clock = Clock()
    flow = confirming(clock)
    question = CompareNumbers("482-913")
    clock.now += 2
    flow.take(question)
    clock.now += 60
    assert row(flow) == ("2 s", ""), "while the user compares"
    flow.answer(question, True)
    clock.now += 3
    assert row(flow) == ("5 s", ""), "after the answer"
    clock.now += 6
    assert row(flow)[1] == "Slower than usual"


def test_nor_is_the_time_at_the_device(qapp: object) -> None:
    clock = Clock()
    flow = confirming(clock)
    flow.take(ActionNeeded(Text("Press the button")))
    clock.now += 45
    assert row(flow) == ("0 s", "")
    flow.take(StepStarted(Step.HAND_OVER))
    clock.now += 11
    held = progress(flow).rows[list(Step).index(Step.HAND_OVER)]
    assert (held.seconds, held.hint_title) == ("11 s", "Slower than usual")


@pytest.mark.parametrize(
    ("state", "checks", "claim"),
    [
        (CameraState.ON, (), "The camera works"),
        (CameraState.OFF, (), "Camera not checked yet"),
        (CameraState.STARTING, (), "Camera not checked yet"),
        (
            CameraState.OFF,
            (Check(CheckName.CAMERA, CheckState.LACKING, Text("No camera found")),),
            "No camera found",
        ),
        (CameraState.NONE, (), "No camera found"),
    ],
)
def test_a_camera_works_when_it_gives_pictures(
    qapp: object, state: CameraState, checks: tuple[Check, ...], claim: str
) -> None:
    flow = CommissioningFlow()
    flow.checks = checks
    assert requirements(flow, state).requirements[1].claim == claim


def test_a_radio_works_once_it_was_opened(qapp: object) -> None:
    flow = CommissioningFlow()
    assert not requirements(flow, CameraState.ON).requirements[0].tried
    flow.take(RadioReady("virtual", is_virtual=True))
    assert requirements(flow, CameraState.ON).requirements[0].claim == "The virtual radio works"
    flow.take(RadioReady("os", is_virtual=False))
    assert requirements(flow, CameraState.ON).requirements[0].claim == "Bluetooth works"


@pytest.mark.parametrize(
    ("code", "words", "tone"), [("X-100", "Cancelled", Tone.NONE), ("R-103", "Failed", Tone.DANGER)]
)
def test_a_run_that_its_user_cancelled_is_no_failure(qapp: object, code: str, words: str, tone: Tone) -> None:
    record = RunRecord(
        id="run-1",
        state="failed",
        started=NOW - timedelta(minutes=6),
        ended=NOW - timedelta(minutes=5),
        radio="os",
        outcome={"error": {"code": code, "title": "Why"}},
    )
    view = runs.run(record, {}, now=NOW)
    assert (view.outcome, view.tone) == (words, tone)


@pytest.mark.parametrize(
    ("state", "operation", "words"),
    [
        ("commissioned", None, "Answered 5 min ago"),
        ("done", "query", "Answered 5 min ago"),
        ("done", "transfer", "Recorded 1 min ago"),
        ("unconfirmed", None, "Recorded 1 min ago"),
        ("failed", "rotate", "Recorded 1 min ago"),
    ],
)
def test_a_device_answered_when_a_run_says_so(
    qapp: object, state: str, operation: str | None, words: str
) -> None:
    record = DeviceRecord(
        "d1", "Lamp", "rp1", "oob", "commissioned", NOW - timedelta(hours=1), NOW - timedelta(minutes=1)
    )
    run = RunRecord(
        id="run-1",
        state=state,
        started=NOW - timedelta(minutes=6),
        ended=NOW - timedelta(minutes=5),
        radio="os",
        outcome={"act": operation},
    )
    assert devices.device(record, now=NOW, last=run).answered == words
    assert devices.device(replace(record, updated=NOW), now=NOW).answered == "Recorded just now"


@pytest.mark.parametrize("sent", [False, True])
def test_after_a_cancelled_run_it_is_open_what_the_device_kept(qapp: object, sent: bool) -> None:
    flow = confirming(Clock())
    if sent:
        flow.take(Sending("wifi"))
    flow.cancel()
    flow.take(
        RunFinished(
            Outcome(Result.FAILED, "run-1", "any", (), LinkCounts(), error=Cancelled(), facts=flow.known)
        )
    )
    assert flow.unsettled is sent
