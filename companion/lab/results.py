"""What came of a session of the lab: its runs, their outcomes, the times of their steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from companion.lab.statistics import Spread, spread
from companion.model import Step


class Ending(StrEnum):
    """How a run of the lab ended."""

    GOOD = "good"
    RETRIED = "retried"
    """Well, after its link was lost or its device did not answer at first."""
    FAILED = "failed"
    STOPPED = "stopped"
    """By whoever watched."""


@dataclass(frozen=True)
class LabRun:
    """One run. number: counts from 1; run: its id in the registry, "" where it did not get there.

    steps: those that ended well, with their seconds; failed_step: in which it failed, after failed_seconds
    began: seconds since the session began
    """

    number: int
    device: str
    protocol: str
    ending: Ending
    seconds: float
    began: float
    run: str = ""
    steps: tuple[tuple[Step, float], ...] = ()
    code: str = ""
    title: str = ""
    exit_status: int = 0
    failed_step: Step | None = None
    failed_seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.ending in (Ending.GOOD, Ending.RETRIED)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "device": self.device,
            "protocol": self.protocol,
            "outcome": self.ending.value,
            "run": self.run or None,
            "began": round(self.began, 3),
            "seconds": round(self.seconds, 3),
            "steps": [{"name": step.value, "seconds": round(seconds, 3)} for step, seconds in self.steps],
            "failed_step": self.failed_step.value if self.failed_step else None,
            "failed_seconds": round(self.failed_seconds, 3) if self.failed_step else None,
            "error": {"code": self.code, "title": self.title} if self.code else None,
        }


@dataclass(frozen=True)
class Results:
    """A session, over or under way. wanted: how many runs it was to have; runs: in order of their numbers."""

    scenario: str
    seed: int
    wanted: int
    at_a_time: int
    runs: tuple[LabRun, ...]
    seconds: float

    def count(self, ending: Ending) -> int:
        return Counter(run.ending for run in self.runs)[ending]

    @property
    def failures(self) -> tuple[LabRun, ...]:
        return tuple(run for run in self.runs if run.ending is Ending.FAILED)

    @property
    def first_failure(self) -> LabRun | None:
        """The failed run with the lowest number."""
        return next((run for run in self.runs if run.ending is Ending.FAILED), None)

    @property
    def exit_status(self) -> int:
        """0 if every run ended well, else by the first failure's error."""
        failed = self.first_failure
        if failed is not None:
            return failed.exit_status
        return 130 if self.count(Ending.STOPPED) else 0

    def nearest_good(self, failed: LabRun) -> LabRun | None:
        """The run of the same device, else protocol, that ended well: the nearest before the failed one, else
        after it."""
        good = [run for run in self.runs if run.is_good and run.run]
        same = [run for run in good if run.device == failed.device] or [
            run for run in good if run.protocol == failed.protocol
        ]
        return min(
            same, key=lambda run: (run.number > failed.number, abs(run.number - failed.number)), default=None
        )

    def spreads(self) -> dict[Step, Spread]:
        """The times of each step that a run ended, in the order of the steps."""
        found = {step: spread(_times(self.runs, step)) for step in Step}
        return {step: times for step, times in found.items() if times is not None}

    def as_json(self) -> dict[str, Any]:
        """The document of `companion lab run --json`."""
        failed = self.first_failure
        good = self.nearest_good(failed) if failed is not None else None
        return {
            "scenario": self.scenario,
            "seed": self.seed,
            "runs_wanted": self.wanted,
            "at_a_time": self.at_a_time,
            "seconds": round(self.seconds, 3),
            "runs_a_second": round(len(self.runs) / self.seconds, 3) if self.seconds else None,
            "outcomes": {ending.value: self.count(ending) for ending in Ending},
            "errors": dict(Counter(run.code for run in self.runs if run.code).most_common()),
            "first_failure": None
            if failed is None
            else {**failed.as_json(), "compare_with": None if good is None else good.run},
            "steps": {step.value: times.as_json() for step, times in self.spreads().items()},
            "runs": [run.as_json() for run in self.runs],
        }


def _times(runs: Iterable[LabRun], wanted: Step) -> list[float]:
    return [seconds for run in runs for step, seconds in run.steps if step is wanted]
