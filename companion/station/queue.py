"""Which code is next, and what comes of each: nothing here reads a file, a clock or the air.

```
 offered ──► waiting ──► running ──► commissioned
                ▲ ▲         │ │
                │ └─────────┘ └────► put aside ──┐  (offered again by hand, or --again)
                └────────────────────────────────┘
```
Each method returns the job as it is from then on; whoever calls it writes that down before anything is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from companion.errors import (
    Cancelled,
    CancelledOnDevice,
    CompanionError,
    NumbersDiffer,
    StationJournalFull,
)
from companion.secret import Secret
from companion.station.job import NEXT, Job, JobState, Problem
from companion.station.names import NamePattern

TRIES = 3
"""Runs with one code before it is put aside, where its error may pass by itself."""
MOST_JOBS = 50_000
DECIDED = (Cancelled, CancelledOnDevice, NumbersDiffer)
"""What people decided, or were not there to decide, does not pass by itself."""


@dataclass(frozen=True)
class Offer:
    """A text that a source read.

    serial: what the list says, "" for nothing: what is said is held against the grant
    again:  somebody holds it there now, so a code that was put aside is tried again
    unread: in place of a text: why one of the source's files has none
    """

    text: Secret
    source: str
    name: str = ""
    room: str = ""
    serial: str = ""
    again: bool = False
    unread: CompanionError | None = None


class Queue:
    """The codes of one station, those of earlier sessions included."""

    def __init__(self, jobs: Iterable[Job] = (), names: NamePattern | None = None) -> None:
        """What was running when the last session ended comes first.

        names: what devices are called that came without a name; None: by their own names
        """
        self._jobs = {job.id: job for job in jobs}
        self._names = names
        self._last_number = max((job.number for job in self._jobs.values()), default=0)
        running = [job.id for job in self._jobs.values() if job.state is JobState.RUNNING]
        waiting = [job.id for job in self._jobs.values() if job.state is JobState.WAITING]
        self._line = [*running, *waiting]
        self._not_before: dict[str, float] = {}

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All of them, in the order in which they came."""
        return tuple(self._jobs.values())

    @property
    def is_done(self) -> bool:
        """True if nothing waits."""
        return not self._line

    def counts(self) -> dict[JobState, int]:
        """How many codes are in each state."""
        counted = Counter(job.state for job in self._jobs.values())
        return {state: counted[state] for state in JobState}

    def job(self, id: str) -> Job | None:
        """The code of this id."""
        return self._jobs.get(id)

    def offer(
        self, id: str, offer: Offer, kind: str, refusal: CompanionError | None, now: datetime
    ) -> Job | None:
        """A code that was read; None if it changes nothing: it is known.

        refusal: why it can't be used. Raises StationJournalFull.
        """
        known = self._jobs.get(id)
        if known is not None and not (known.state is JobState.PUT_ASIDE and offer.again):
            return None
        if known is None and len(self._jobs) >= MOST_JOBS:
            raise StationJournalFull(f"{MOST_JOBS} codes")
        made = Job(
            id,
            JobState.WAITING,
            now,
            offer.text,
            kind,
            offer.source,
            offer.name,
            offer.room,
            listed=offer.serial,
        )
        if refusal is not None:
            aside = replace(made, state=JobState.PUT_ASIDE, code=None, problem=Problem.of(refusal))
            self._jobs[id] = aside
            return aside if known is None else None
        if known is not None and known.number:
            number, name = known.number, offer.name or known.name
        else:
            self._last_number += 1
            number = self._last_number
            name = offer.name or (self._names.name(number) if self._names is not None else "")
        return self._enter(replace(made, number=number, name=name))

    def again(self, job: Job, now: datetime) -> Job:
        """A code that was put aside waits once more."""
        return self._enter(self._moved(job.id, JobState.WAITING, now, tries=0, problem=None))

    def next(self, clock: float) -> Job | None:
        """The code that is to be set up now; it is out of the line. clock: seconds, as for `ended`."""
        for id in self._line:
            if self._not_before.get(id, clock) <= clock:
                self._line.remove(id)
                self._not_before.pop(id, None)
                return self._jobs[id]
        return None

    def put_back(self, job: Job) -> None:
        """It is not its time yet: it is the next one again."""
        self._line.insert(0, job.id)

    def began(self, id: str, run: str, now: datetime) -> Job:
        """Its run has an id, and has touched nothing yet."""
        if self._jobs[id].state is JobState.RUNNING:
            self._jobs[id] = replace(self._jobs[id], run=run, since=now)
            return self._jobs[id]
        return self._moved(id, JobState.RUNNING, now, run=run)

    def commissioned(self, id: str, device: str, serial: str, now: datetime) -> Job:
        """It is set up: its code is forgotten."""
        self._leave(id)
        return self._moved(
            id, JobState.COMMISSIONED, now, code=None, device=device, serial=serial, problem=None
        )

    def failed(self, id: str, error: CompanionError, now: datetime, clock: float, pause: float) -> Job:
        """It goes to the end of the line for `pause` seconds, or is put aside."""
        job = self._jobs[id]
        tries = job.tries + 1
        problem = Problem.of(error)
        if not error.retryable or isinstance(error, DECIDED) or tries >= TRIES:
            return self._moved(id, JobState.PUT_ASIDE, now, tries=tries, problem=problem)
        moved = self._moved(id, JobState.WAITING, now, tries=tries, problem=problem)
        self._line.append(id)
        self._not_before[id] = clock + pause
        return moved

    def refused(self, id: str, error: CompanionError, now: datetime) -> Job:
        """It was out of the question before anything was sent."""
        self._leave(id)
        if self._jobs[id].state is JobState.RUNNING:
            self._moved(id, JobState.WAITING, now)
        return self._moved(id, JobState.PUT_ASIDE, now, problem=Problem.of(error))

    def _enter(self, job: Job) -> Job:
        self._jobs[job.id] = job
        self._line.append(job.id)
        return job

    def _leave(self, id: str) -> None:
        if id in self._line:
            self._line.remove(id)

    def _moved(self, id: str, state: JobState, now: datetime, **changes: object) -> Job:
        job = self._jobs[id]
        if state not in NEXT[job.state]:
            raise ValueError(f"a code that is {job.state} does not become {state}")
        taken = 0.0
        if job.state is JobState.RUNNING and state is not JobState.RUNNING:
            taken = max(0.0, (now - job.since).total_seconds())  # a clock may be set back meanwhile
        seconds = job.seconds + taken
        self._jobs[id] = replace(job, state=state, since=now, seconds=seconds, **changes)  # type: ignore[arg-type]
        return self._jobs[id]
