"""A batch: a list of codes to the end, and the report of what became of them. A station that ends."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from companion.model import SetupCode
from companion.protocols import Order
from companion.runs.answers import Answers
from companion.station.authority import Authority
from companion.station.job import Job, JobState
from companion.station.journal import JobLog, NoJournal, Seal, journal
from companion.station.names import NamePattern
from companion.station.report import Report, Unread
from companion.station.sources.source import GivenCodes, Source
from companion.station.station import Settings, Station, StationEvent

if TYPE_CHECKING:
    from companion.services import Services

JOURNAL = "batch.jsonl"
UNFINISHED = (JobState.WAITING, JobState.RUNNING)
Tell = Callable[[StationEvent], None]


class Batch:
    """One batch on its way. Belongs to one event loop."""

    def __init__(
        self,
        services: Services,
        authority: Authority,
        log: JobLog,
        seal: Seal,
        settings: Settings,
        tell: Tell = lambda told: None,
    ) -> None:
        """tell: gets each report of the station at once; must not block."""
        self._tell = tell
        self._started = datetime.now(UTC)
        self._unread: list[Unread] = []
        self._settings = settings
        self.station = Station(services, authority, log, seal, settings, self._on_told)

    async def run(self, sources: Sequence[Source]) -> Report:
        """Until every source has ended and no code waits. Cancelled, it ends its runs first.

        Raises as `Station.run`.
        """
        await self.station.run(sources)
        return self.report()

    def report(self, station: str = "") -> Report:
        """What became of the codes so far. station: who sets them up."""
        wifi = self._settings.order.wifi
        return Report(
            self._started,
            datetime.now(UTC),
            self.station.queue.jobs,
            tuple(self._unread),
            wifi.name if wifi is not None else "",
            self._settings.order.room,
            station,
        )

    def _on_told(self, told: StationEvent) -> None:
        if told.kind == "unread" and told.error is not None:
            self._unread.append(Unread.of(told.source, told.error))
        self._tell(told)


@contextlib.contextmanager
def batch_journal(path: Path, seal: Seal, *, again: bool = False, discard: bool = False) -> Iterator[JobLog]:
    """The journal of the batch that was interrupted, to go on with it; else an empty one.

    again:   go on with the last batch although nothing of it is left, to try again what was put aside
    discard: go on with none
    Raises as `journal`.
    """
    with journal(path, seal) as kept:
        if discard or not (again or is_unfinished(kept.jobs)):
            kept.clear()
        yield kept


def is_unfinished(jobs: Sequence[Job]) -> bool:
    """True if the batch of these codes was interrupted."""
    return any(job.state in UNFINISHED for job in jobs)


async def batch(
    services: Services,
    codes: Iterable[SetupCode | str] | Source,
    *,
    names: str | None = None,
    order: Order | None = None,
    answers: Answers | None = None,
    at_once: int = 1,
    timeout: float = 30.0,
    on_change: Tell = lambda told: None,
) -> Report:
    """Commission the devices of many codes, and return the report of what became of each.

    codes:     setup codes or their texts; or a source: `companion.station.sources` has several
    names:     "Lamp {n:02}": what devices are called; None: by their own names
    order:     what is the same for all; answers: of every run's questions, None: `order` has them
    at_once:   how many devices at a time; timeout: seconds in which each has to be found
    on_change: gets each change of a code's state and each event of its run; must not block

    A code that fails in a way that may pass is tried three times, then put aside; no failure ends the batch.
    Raises ValueError for another name pattern, and StorageError leaves.
    """
    wanted = order or Order()
    prepared = answers or Answers(wanted.wifi, same_serial=wanted.same_serial)
    pattern = NamePattern(names) if names is not None else None
    settings = Settings(wanted, prepared, timeout, at_once, pattern)
    authority = Authority(services.identity, services.registry)
    seal = Seal.of(services.identity.vault)
    made = Batch(services, authority, NoJournal(), seal, settings, on_change)
    return await made.run([codes if isinstance(codes, Source) else GivenCodes(codes)])
