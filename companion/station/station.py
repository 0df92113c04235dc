"""The station at work: codes from its sources, several devices at a time, each step in the journal first."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from companion.api import commission, operate
from companion.endpoint import Endpoint
from companion.errors import (
    AlreadyYours,
    CodeForeign,
    CodeMalformed,
    CompanionError,
    OutcomeUnknown,
    RecordMissing,
)
from companion.events import Event, RunStarted
from companion.model import Text
from companion.outcome import Outcome
from companion.protocols import Order, OwnershipOperation, installed, recognise
from companion.questions import CompareNumbers, Question
from companion.runs.answers import AnswerPolicy, Answers, ByHand
from companion.runs.commissioning import refuse_foreign
from companion.runs.handle import RunHandle
from companion.secret import Secret
from companion.services import Services
from companion.station.authority import Authority
from companion.station.job import Job, JobState
from companion.station.journal import JobLog, Seal
from companion.station.names import NamePattern
from companion.station.queue import Offer, Queue
from companion.station.sources.source import Source

A = TypeVar("A")
log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""How often it is looked whether codes that had to wait may go on."""
PAUSE_SECONDS = 10.0
"""Between two runs with one code."""
FAREWELL_SECONDS = 1.2
"""How long runs have to tell their devices that they end."""
_MOST_SERIAL = 64


@dataclass(frozen=True)
class Settings:
    """How devices are set up.

    order:    what is the same for all
    answers:  of every run's questions; what they do not cover puts the code aside
    timeout:  seconds to search for one device
    names:    what devices are called that come without a name; None: by their own names
    attended: somebody watches, and compares numbers: see `Station.answer`
    cloud:    where new devices of a protocol that takes one are sent, in place of the services' endpoint
    """

    order: Order
    answers: Answers
    timeout: float = 30.0
    at_once: int = 1
    names: NamePattern | None = None
    attended: bool = False
    cloud: Endpoint | None = None


@dataclass(frozen=True)
class ByComparison:
    """The answers of a batch that somebody watches: a number is compared by eye, the rest is as prepared."""

    answers: Answers

    async def answer(self, question: Question[Any]) -> Any:
        """Raises as `Answers.answer`."""
        if isinstance(question, CompareNumbers):
            return await ByHand().answer(question)
        return await self.answers.answer(question)


@dataclass(frozen=True)
class StationEvent:
    """What a station reports.

    job: after its change; event: of its run; source: that ended, or whose file was passed over
    error: why, of a job or a source; None: nothing is wrong with it
    """

    kind: str
    job: Job | None = None
    event: Event | None = None
    source: str = ""
    error: CompanionError | None = None
    reason: Text | None = None


@dataclass
class Station:
    """Belongs to one event loop. tell: gets each report at once; must not block."""

    services: Services
    authority: Authority
    journal: JobLog
    seal: Seal
    settings: Settings
    tell: Callable[[StationEvent], None]
    reason: Text | None = None
    """Why nothing begins at the moment although codes wait."""
    _is_ending: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _workers: set[asyncio.Task[None]] = field(default_factory=set)
    _readers: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.queue = Queue(self.journal.jobs, self.settings.names)
        self._runs: dict[str, RunHandle] = {}
        # Codes of devices that are the user's own, with the devices' ids here; which of them shall change.
        self._owned: dict[str, str] = {}
        self._changing: set[str] = set()
        self._is_paused = self._is_finishing = False

    async def run(self, sources: Sequence[Source]) -> None:
        """Until every source has ended and no code waits. Cancelled, it ends its runs first.

        Raises StorageError where the journal or the registry can't be written any more, StationJournalFull.
        """
        self._recognise_finished()
        for source in sources:
            self._add(self._readers, self._read(source))
        try:
            while True:
                self._begin()
                if self._is_finishing and not self._workers:
                    return
                if self.queue.is_done and not self._workers and not self._readers:
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._changed.wait()
                self._changed.clear()
                self._reap()
        finally:
            await self._stop()

    def put_aside_again(self, id: str = "") -> None:
        """Every code that was put aside, and is still known, waits once more; with `id` that one alone."""
        for job in self.queue.jobs:
            if job.state is JobState.PUT_ASIDE and job.code is not None and id in ("", job.id):
                self._keep(self.queue.again(job, _now()))

    def reprovision(self, id: str) -> None:
        """Change network, name and room of the device of this code, which is the user's own. For another code
        nothing happens."""
        if id in self._owned:
            self._changing.add(id)
            self.put_aside_again(id)

    def pause(self, is_paused: bool) -> None:
        """While it is paused nothing begins; what is under way goes on, and codes are taken."""
        self._is_paused = is_paused
        self._changed.set()

    def finish(self) -> None:
        """What is under way is done, and then it ends; codes that wait are left."""
        self._is_finishing = True
        self.pause(True)

    def answer(self, id: str, question: Question[A], answer: A) -> None:
        """Answer the open question of this code's run, and of no other. Too late an answer is ignored."""
        if id in self._runs:
            self._runs[id].answer(question, answer)

    # --- codes ------------------------------------------------------------------------------------

    async def _read(self, source: Source) -> None:
        """A source that fails ends alone; a journal that can't be written ends the station."""
        problem: CompanionError | None = None
        async with contextlib.aclosing(source.offers()) as offers:
            while True:
                try:
                    offer = await anext(offers)
                except StopAsyncIteration:
                    break
                except CompanionError as error:
                    problem = error
                    break
                if offer.unread is not None:
                    self.tell(StationEvent("unread", source=offer.source, error=offer.unread))
                    continue
                self.take(offer)
        self._compare_with_deliveries(source.name)
        self.tell(StationEvent("source_ended", source=source.name, error=problem))

    def _compare_with_deliveries(self, source: str) -> None:
        """More on a list than was announced for today is no breach, but it is said at once."""
        announced = self.authority.announced(datetime.now().date())
        jobs = [job for job in self.queue.jobs if job.source == source]
        left = sum(job.state in (JobState.WAITING, JobState.RUNNING) for job in jobs)
        if announced is not None and any(job.listed for job in jobs) and left > announced:
            facts: dict[str, str | int | float] = {"count": left, "announced": announced}
            reason = Text(
                "The list has {count} devices, and {announced} are announced for today. More may raise "
                "an alert for the owner.",
                facts,
            )
            self.tell(StationEvent("unannounced", source=source, reason=reason))

    def take(self, offer: Offer) -> None:
        """A code that was read is in the journal when this returns. Raises StorageError leaves."""
        id = self.seal.id(offer.text)
        kind, refusal = _kind(offer.text)
        job = self.queue.offer(id, offer, kind, refusal, _now())
        if job is None:
            self.tell(StationEvent("known", self.queue.job(id)))
        else:
            self._keep(job, refusal)

    def _recognise_finished(self) -> None:
        """What the last session did not come to write down: its runs are in the registry."""
        for job in self.queue.jobs:
            if job.state is not JobState.RUNNING or not job.run:
                continue
            with contextlib.suppress(RecordMissing):
                run = self.services.registry.run(f"id:{job.run}")
                if run.state == "commissioned" and run.outcome is not None:
                    device = run.outcome.get("device") or {}
                    self._commissioned(job.id, run.device or "", device.get("serial") or "")

    # --- runs -------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Start what may be started now."""
        self.reason = None
        while not self._is_paused and len(self._workers) < self.settings.at_once:
            job = self.queue.next(self._clock())
            if job is None:
                return
            try:
                reason = self.authority.pause(len(self._workers), job.listed)
            except CompanionError as refusal:
                self._keep(self.queue.refused(job.id, refusal, _now()), refusal)
                continue
            if reason is not None:
                self.queue.put_back(job)
                if reason != self.reason:
                    self.tell(StationEvent("pause", reason=reason))
                self.reason = reason
                return
            self._add(self._workers, self._set_up(job))

    async def _set_up(self, job: Job) -> None:
        """One run with one code."""
        assert job.code is not None
        order = replace(
            self.settings.order,
            name=job.name or None,
            room=job.room or self.settings.order.room,
            site=self.authority.site,
            grant=self.authority.grant.id if self.authority.grant is not None else "",
            attended=False,
        )
        answers = replace(self.settings.answers, name=order.name, room=order.room)
        policy = ByComparison(answers) if self.settings.attended else answers
        try:
            handle = self._run_of(job.id, job.code, order, policy)
        except CompanionError as error:
            self._keep(self.queue.refused(job.id, error, _now()), error)
            return
        self._runs[job.id] = handle
        try:
            outcome = await handle
        finally:
            del self._runs[job.id]
        self._ended(job.id, outcome)

    def _run_of(self, id: str, code: Secret, order: Order, answers: AnswerPolicy) -> RunHandle:
        """Raises RecordMissing, MethodUnavailable for a device that is to change."""

        def follow(event: Event) -> None:
            self._follow(id, event)

        timeout = self.settings.timeout
        if id not in self._changing:
            read = recognise(code.reveal_text())
            takes_cloud = read.protocol is not None and installed().protocols[read.protocol].clouds
            services = self.services.over(endpoint=self.settings.cloud if takes_cloud else None)
            return commission(services, read, order=order, answers=answers, timeout=timeout, on_event=follow)
        self._changing.discard(id)
        wanted, device = OwnershipOperation.REPROVISION, self._owned[id]
        return operate(
            self.services, wanted, device, order=order, answers=answers, timeout=timeout, on_event=follow
        )

    def _follow(self, id: str, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._keep(self.queue.began(id, event.run, _now()))
        self.tell(StationEvent("run", self.queue.job(id), event))

    def _ended(self, id: str, outcome: Outcome) -> None:
        done = outcome.commissioned
        if outcome.error is None and done is not None:
            job = self.queue.job(id)
            if done.rest is not None and job is not None:
                self.take(Offer(done.rest.text, job.source, room=job.room))
            self._commissioned(id, outcome.record or "", done.device.serial or "")
            return
        if self._is_ending:
            return  # it stays "running", and is the next session's first
        error = outcome.error or OutcomeUnknown()
        if isinstance(error, AlreadyYours) and (device := str(error.facts.get("device") or "")):
            self._owned[id] = device
        self._keep(self.queue.failed(id, error, _now(), self._clock(), PAUSE_SECONDS), error)

    def _commissioned(self, id: str, device: str, serial: str) -> None:
        self._keep(self.queue.commissioned(id, device, serial[:_MOST_SERIAL], _now()))

    def _keep(self, job: Job, error: CompanionError | None = None) -> None:
        """On the disk first, then told."""
        self.journal.keep(job)
        self.tell(StationEvent("job", job, error=error))
        self._changed.set()

    # --- the end ----------------------------------------------------------------------------------

    def _reap(self) -> None:
        """Let go of what has ended. Raises what a worker or a reader raised: it could not write."""
        for group in (self._workers, self._readers):
            for task in [task for task in group if task.done()]:
                group.discard(task)
                task.result()

    async def _stop(self) -> None:
        """A run that is ended tells its device."""
        for reader in self._readers:
            reader.cancel()
        self._is_ending = True
        for handle in list(self._runs.values()):
            handle.cancel()
        left = self._workers | self._readers
        if left:
            await asyncio.wait(left, timeout=FAREWELL_SECONDS)
        for task in left:
            task.cancel()

    def _add(self, group: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        group.add(task)
        task.add_done_callback(lambda _: self._changed.set())

    def _clock(self) -> float:
        return asyncio.get_running_loop().time()


def _kind(text: Secret) -> tuple[str, CompanionError | None]:
    """What a code is, and why it can't be used."""
    try:
        code = recognise(text.reveal_text())
        refuse_foreign(code)
    except CodeForeign as refusal:
        return code.title, refusal
    except CodeMalformed as refusal:
        return "", refusal
    return code.title, None


def _now() -> datetime:
    return datetime.now(UTC)
