"""The bench with a batch on its way, for pictures and for tests of the layout."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from companion.errors import CompanionError, DeviceNotFound, WrongIdentity
from companion.events import StepStarted
from companion.model import Step
from companion.questions import CompareNumbers
from companion.secret import Secret
from companion.station.job import Job, JobState, Problem
from companion.station.names import NamePattern
from companion.station.report import Report
from companion.station.station import StationEvent
from companion.virtual.access_points import HAFEN
from tests.support import samples
from ui.flow.bench import BenchState
from ui.pages.bench.page import BenchPage
from ui.pages.bench.setup import BenchSetup
from ui.present import bench

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NAMES = NamePattern("Sensor L2-{n:02}")
ROOM = "Line 2"
ASIDE, RETRIED, LATEST = 10, 8, 13
RUNNING = {12: Step.CHECK, 13: Step.HAND_OVER}


def job(number: int, state: JobState, error: CompanionError | None = None) -> Job:
    """A code that came as the number-th."""
    return Job(
        id=f"job-{number}",
        state=state,
        since=NOW + timedelta(seconds=20 * number),
        code=None if state is JobState.COMMISSIONED else Secret(f"code {number}"),
        kind="RP1 device",
        source="camera",
        name=NAMES.name(number),
        tries=int(number in (ASIDE, RETRIED)),
        serial=f"LS2-0048-{0x92C + number:03X}" if state is not JobState.WAITING else "",
        problem=Problem.of(error) if error is not None else None,
        number=number,
        seconds=0.0 if state in (JobState.RUNNING, JobState.WAITING) else 17.8 + number / 10,
    )


def state(latest: int = LATEST, waiting: int = 0) -> BenchState:
    """A bench in the middle of its work; its clock stands still."""
    made = BenchState(NAMES, at_once=2, clock=lambda: 100.0)
    made.began(())
    for number in range(1, latest + 1):
        error = WrongIdentity() if number == ASIDE else None
        now = JobState.RUNNING if number in RUNNING else JobState.COMMISSIONED
        made.take(StationEvent("job", job(number, JobState.PUT_ASIDE if error else now, error), error=error))
        if number in RUNNING:
            made.clock = lambda began=103.0 - number: began + 90  # type: ignore[misc]
            made.take(StationEvent("run", job(number, now), StepStarted(RUNNING[number])))
    for number in range(latest + 1, latest + 1 + waiting):
        made.take(StationEvent("job", job(number, JobState.WAITING)))
    made.clock = lambda: 197.0
    return made


def page(shown: BenchState) -> BenchPage:
    """The page of a bench, with a label before its camera."""
    made = BenchPage()
    image, corners = samples.photo()
    made.viewfinder.show_frame(image)
    made.viewfinder.show_code(corners)
    made.show_view(bench.view(shown, HAFEN, ROOM))
    return made


def ready() -> QWidget:
    return page(state())


def known() -> QWidget:
    made = state()
    made.take(StationEvent("known", job(9, JobState.COMMISSIONED)))
    return page(made)


def compare() -> QWidget:
    made = state()
    made.take(StationEvent("run", job(13, JobState.RUNNING), CompareNumbers("482-913")))
    return page(made)


def busy() -> QWidget:
    made = state(waiting=27)
    made.has_list = True
    return page(made)


def done() -> QWidget:
    made = state(11)
    left = job(12, JobState.PUT_ASIDE, DeviceNotFound())
    made.take(StationEvent("job", left, error=DeviceNotFound()))
    jobs = [row.job for row in made.rows.values()]
    made.ended(Report(NOW, NOW + timedelta(minutes=5), jobs, network=HAFEN.name, room=ROOM))
    return page(made)


def setup() -> QWidget:
    made = BenchSetup()
    made.names.set_text(NAMES.text)
    made.suggest(HAFEN, ROOM)
    made.at_once.box.setValue(2)
    return made
