"""What became of a batch: for scripts as JSON and CSV; `sheet` has it for people and printers.

No code, no passphrase and no key is in it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companion.errors import CompanionError
from companion.plain_text import plain
from companion.station.job import Job, JobState, Problem

COLUMNS = (
    "number",
    "name",
    "room",
    "state",
    "serial",
    "device",
    "tries",
    "seconds",
    "error",
    "source",
    "since",
)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Unread:
    """A file in which no code was found, and why."""

    file: str
    problem: Problem

    @classmethod
    def of(cls, file: str, error: CompanionError) -> Unread:
        return cls(file, Problem.of(error))


@dataclass(frozen=True)
class Report:
    """A batch. station: who set it up, "" if nobody said; network, room: what was the same for all.

    jobs: every code, in the order in which they came
    """

    started: datetime
    ended: datetime
    jobs: Sequence[Job]
    unread: Sequence[Unread] = ()
    network: str = ""
    room: str = ""
    station: str = ""

    def count(self, *states: JobState) -> int:
        """How many codes are in one of these states."""
        counted = Counter(job.state for job in self.jobs)
        return sum(counted[state] for state in states)

    @property
    def left(self) -> int:
        """How many codes nobody came to."""
        return self.count(JobState.WAITING, JobState.RUNNING)

    @property
    def seconds_a_device(self) -> float | None:
        """How long a device took, those alone that were commissioned; None for none."""
        taken = [job.seconds for job in self.jobs if job.state is JobState.COMMISSIONED]
        return sum(taken) / len(taken) if taken else None

    @property
    def exit_status(self) -> int:
        """0 if every code became a device, else that of the first problem."""
        aside = (job.problem for job in self.jobs if job.state is JobState.PUT_ASIDE)
        problems = [*filter(None, aside), *(each.problem for each in self.unread)]
        return problems[0].exit_status if problems else 0

    def as_json(self) -> dict[str, Any]:
        """The document that `companion batch --json` prints."""
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "ended": self.ended.isoformat(timespec="seconds"),
            "station": self.station or None,
            "network": self.network or None,
            "room": self.room or None,
            "counts": {state.value: self.count(state) for state in JobState},
            "seconds_a_device": None if (each := self.seconds_a_device) is None else round(each, 3),
            "devices": [job.as_json() for job in self.jobs],
            "unread": [
                {"file": each.file, "error": each.problem.code, "title": each.problem.title}
                for each in self.unread
            ],
        }

    def as_csv(self) -> str:
        """A row for each code, `COLUMNS` first (RFC 4180)."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for job in self.jobs:
            facts = {**job.as_json(), "room": job.room or self.room}
            facts["error"] = job.problem.code if job.problem is not None else ""
            rows.writerow([_cell(facts[column]) for column in COLUMNS])
        return text.getvalue()


def _cell(value: object) -> object:
    """Text from outside as text: a spreadsheet runs what begins like a formula."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
