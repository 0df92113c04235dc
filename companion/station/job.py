"""A setup code on its way through a station, and the states that it can be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from companion.errors import CompanionError
from companion.secret import Secret


class JobState(StrEnum):
    """Where a code stands. Every code has exactly one state."""

    WAITING = "waiting"
    RUNNING = "running"
    COMMISSIONED = "commissioned"
    PUT_ASIDE = "put aside"


NEXT: Mapping[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.PUT_ASIDE}),
    # Waiting: to be tried again. Running: the same run's id became known.
    JobState.RUNNING: frozenset({JobState.WAITING, JobState.COMMISSIONED, JobState.PUT_ASIDE}),
    JobState.PUT_ASIDE: frozenset({JobState.WAITING}),
    JobState.COMMISSIONED: frozenset(),
}


@dataclass(frozen=True)
class Problem:
    """Why a code was put aside: code, title and advice of an error, and the exit status of its family."""

    code: str
    title: str
    advice: str
    exit_status: int

    @classmethod
    def of(cls, error: CompanionError) -> Problem:
        """What people and scripts read of an error; its detail stays in the run."""
        return cls(error.code, error.title_text, error.advice_text, error.exit_status)


@dataclass(frozen=True)
class Job:
    """One code.

    id:      what it is called outside; tells nothing of the code
    code:    its text; None once nobody needs it any more
    kind:    what the code is, in a few words; source: where it was read
    name, room: what the device is to be called, "" for its own name
    tries:   how many runs ended without success
    run:     id of its latest run; device: id of its record; serial: as the device said it
    problem: of the latest run that failed
    number:  its place among the codes that can be used, from 1 on; 0: it can't be
    listed:  its serial number as the list says it, "" for nothing
    seconds: how long its runs took, all of them
    """

    id: str
    state: JobState
    since: datetime
    code: Secret | None = field(repr=False)
    kind: str
    source: str
    name: str = ""
    room: str = ""
    tries: int = 0
    run: str = ""
    device: str = ""
    serial: str = ""
    problem: Problem | None = None
    number: int = 0
    seconds: float = 0.0
    listed: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the journal, the status page and scripts; without the code."""
        problem = self.problem
        return {
            "job": self.id,
            "number": self.number,
            "state": self.state.value,
            "since": self.since.isoformat(timespec="milliseconds"),
            "kind": self.kind,
            "source": self.source,
            "name": self.name,
            "room": self.room,
            "tries": self.tries,
            "seconds": round(self.seconds, 3),
            "run": self.run,
            "device": self.device,
            "serial": self.serial,
            "listed": self.listed,
            "problem": None
            if problem is None
            else {
                "code": problem.code,
                "title": problem.title,
                "advice": problem.advice,
                "exit_status": problem.exit_status,
            },
        }


def read_job(content: Mapping[str, Any], code: Secret | None) -> Job:
    """The opposite of `as_json`. Raises ValueError, KeyError, TypeError, AttributeError."""
    problem = content["problem"]
    texts = {
        name: str(content[name]) for name in ("kind", "source", "name", "room", "run", "device", "serial")
    }
    return Job(
        id=str(content["job"]),
        state=JobState(content["state"]),
        since=datetime.fromisoformat(content["since"]),
        code=code,
        tries=int(content["tries"]),
        number=int(content.get("number", 0)),  # journals before batches have neither
        seconds=float(content.get("seconds", 0.0)),
        listed=str(content.get("listed", "")),
        problem=None
        if problem is None
        else Problem(
            str(problem["code"]),
            str(problem["title"]),
            str(problem["advice"]),
            int(problem["exit_status"]),
        ),
        **texts,
    )
