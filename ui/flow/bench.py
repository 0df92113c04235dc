"""What the bench is at: codes with what became of them, and the one thing that its user is to do now.

Reports in, a `Prompt` out. It knows no Qt and no engine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from companion.errors import CompanionError
from companion.events import StepStarted
from companion.model import Step
from companion.questions import CompareNumbers, Question
from companion.station.job import Job, JobState
from companion.station.names import NamePattern
from companion.station.report import Report
from companion.station.station import StationEvent

SAME_LABEL_SECONDS = 3.0
"""A label that is read twice within this time is one label."""
EARLY = (None, Step.FIND, Step.CONNECT)


class Prompt(Enum):
    """What the one large line is about."""

    STARTING = auto()
    READY = auto()
    READING = auto()
    COMPARE = auto()
    WRONG = auto()
    KNOWN = auto()
    BUSY = auto()
    PAUSED = auto()
    FINISHING = auto()
    DONE = auto()
    STOPPED = auto()


@dataclass(frozen=True)
class BenchRow:
    """A code. step: of its run, None before the first; began: of its run, by the state's clock."""

    job: Job
    step: Step | None = None
    began: float = 0.0
    error: CompanionError | None = None
    question: CompareNumbers | None = None


@dataclass
class BenchState:
    """clock: seconds that only go on."""

    names: NamePattern | None = None
    at_once: int = 1
    clock: Callable[[], float] = time.monotonic
    is_open: bool = False
    is_paused: bool = False
    is_finishing: bool = False
    has_list: bool = False
    report: Report | None = None
    stopped: CompanionError | None = None
    refused: CompanionError | None = None
    """Why what was read last is no code."""
    rows: dict[str, BenchRow] = field(default_factory=dict)
    _latest: str = ""
    _is_known: bool = False
    _seen: tuple[str, float] = ("", 0.0)

    # --- what happened -----------------------------------------------------------------------------

    def began(self, jobs: Iterable[Job]) -> None:
        """It takes codes; jobs: those of a bench that was interrupted."""
        self.is_open = True
        self.rows = {job.id: BenchRow(job) for job in jobs}

    def take(self, told: StationEvent) -> None:
        """A report of the station."""
        job = told.job
        if told.kind == "unread":
            self.refused = told.error
        elif job is None:
            return
        elif told.kind == "job":
            self._change(job, told.error)
        elif told.kind == "known":
            self._latest, self._is_known, self.refused = job.id, True, None
        elif told.kind == "run" and job.id in self.rows:
            row = self.rows[job.id]
            if isinstance(told.event, StepStarted):
                self.rows[job.id] = replace(row, job=job, step=told.event.step, question=None)
            elif isinstance(told.event, CompareNumbers):
                self.rows[job.id] = replace(row, question=told.event)

    def _change(self, job: Job, error: CompanionError | None) -> None:
        row = self.rows.get(job.id)
        if row is None:
            self._latest, self._is_known = job.id, False
            self.refused = error if not job.number else None
        elif row.job.state is JobState.PUT_ASIDE and job.state is JobState.WAITING:
            self._latest, self._is_known, self.refused = job.id, False, None
        began = self.clock() if job.state is JobState.RUNNING else 0.0
        kept = error or (row.error if row is not None and job.problem is not None else None)
        self.rows[job.id] = BenchRow(job, None, began, kept)

    def ended(self, report: Report) -> None:
        """Nothing is under way any more."""
        self.is_open, self.report = False, report
        self.rows = {
            job.id: replace(self.rows.get(job.id, BenchRow(job)), job=job, question=None)
            for job in report.jobs
        }

    def answered(self, id: str) -> None:
        """The question of this code's run was answered: it is asked no more."""
        if id in self.rows:
            self.rows[id] = replace(self.rows[id], question=None)

    def is_new(self, text: str) -> bool:
        """True unless this is the label that was read a moment ago."""
        now = self.clock()
        last, at = self._seen
        self._seen = (text, now)
        return text != last or now - at >= SAME_LABEL_SECONDS

    # --- what is to be done ------------------------------------------------------------------------

    @property
    def prompt(self) -> Prompt:
        """The one line."""
        if self.stopped is not None:
            return Prompt.STOPPED
        if self.report is not None:
            return Prompt.DONE
        if self.asking is not None:
            return Prompt.COMPARE
        if self.is_finishing or not self.is_open:
            return Prompt.FINISHING if self.is_finishing else Prompt.STARTING
        if self.is_paused:
            return Prompt.PAUSED
        if self.refused is not None:
            return Prompt.WRONG
        if self._is_known and self._latest in self.rows:
            return Prompt.KNOWN
        latest = self.latest
        if latest is not None and self._is_early(latest):
            return Prompt.READING
        return Prompt.BUSY if self.waiting and len(self.running) >= self.at_once else Prompt.READY

    @property
    def latest(self) -> BenchRow | None:
        """The code that was read last."""
        return self.rows.get(self._latest)

    @property
    def asking(self) -> BenchRow | None:
        """The first device whose number has to be compared."""
        return next((row for row in self.rows.values() if row.question is not None), None)

    @property
    def running(self) -> list[BenchRow]:
        """Those that are being set up, in their order."""
        return [row for row in self.rows.values() if row.job.state is JobState.RUNNING]

    @property
    def waiting(self) -> int:
        """How many codes nobody began with yet."""
        return sum(row.job.state is JobState.WAITING for row in self.rows.values())

    @property
    def next_number(self) -> int:
        """Of the next label."""
        return max((row.job.number for row in self.rows.values()), default=0) + 1

    @property
    def next_name(self) -> str:
        """What its device will be called; "" by its own name."""
        return self.names.name(self.next_number) if self.names is not None else ""

    def count(self, state: JobState) -> int:
        """How many codes are in this state."""
        return sum(row.job.state is state for row in self.rows.values())

    @property
    def aside(self) -> BenchRow | None:
        """The device that was put aside last, of those that have a number."""
        found = [row for row in self.rows.values() if row.job.state is JobState.PUT_ASIDE and row.job.number]
        return max(found, key=lambda row: row.job.since, default=None)

    def seconds(self, row: BenchRow) -> float:
        """How long its run takes so far, or its runs took."""
        under_way = row.job.state is JobState.RUNNING and row.began
        return row.job.seconds + (self.clock() - row.began if under_way else 0.0)

    def question_of(self, id: str) -> Question[bool] | None:
        """What the run of this code asks."""
        return self.rows[id].question if id in self.rows else None

    def _is_early(self, row: BenchRow) -> bool:
        """Its label was read, and its device is not reached yet."""
        if row.job.tries or row.job.state not in (JobState.WAITING, JobState.RUNNING):
            return False
        waits = row.job.state is JobState.WAITING and len(self.running) < self.at_once
        return waits or (row.job.state is JobState.RUNNING and row.step in EARLY)
