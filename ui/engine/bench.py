"""The bench on the engine's side: a batch whose codes come from the window, one by one or in files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import Cancelled, CompanionError
from companion.files import replace_durably, unwritable
from ui.engine import offline
from ui.engine.bench_messages import (
    AnswerBench,
    BenchBegan,
    BenchEnded,
    BenchStopped,
    BenchTold,
    FinishBench,
    GiveCode,
    GiveFiles,
    PauseBench,
    RetryJob,
    SaveSheet,
    SheetSaved,
    StartBench,
)
from ui.engine.errors import as_companion_error

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.questions import Question
    from companion.services import Services
    from companion.station.batch import Batch
    from companion.station.queue import Offer
    from companion.station.station import Settings

JOURNAL = "bench.jsonl"

Wish = GiveCode | GiveFiles | PauseBench | AnswerBench | RetryJob | FinishBench | SaveSheet
WISHES = (GiveCode, GiveFiles, PauseBench, AnswerBench, RetryJob, FinishBench, SaveSheet)


class Bench:
    """At most one bench at a time. Belongs to the engine's loop."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit
        self._batch: Batch | None = None
        self._given = GivenInWindow()

    def begin(self, start: StartBench, services: Services, cloud: Endpoint | None) -> BenchRun:
        """The bench, to be awaited like a run; radio and endpoint are open. cloud: see `Settings.cloud`"""
        return BenchRun(self._run(start, services, cloud))

    async def handle(self, wish: Wish) -> None:
        """What the window wants of it; nothing, where none is going on."""
        if isinstance(wish, SaveSheet):
            self._emit(await asyncio.to_thread(_save, wish))
            return
        batch = self._batch
        if batch is None:
            return
        match wish:
            case GiveCode():
                from companion.station.queue import Offer

                self._given.give(Offer(wish.text, wish.source, again=True))
            case GiveFiles():
                await self._give_files(wish.files)
            case PauseBench():
                batch.station.pause(wish.is_paused)
            case AnswerBench():
                batch.station.answer(wish.job, wish.question, wish.answer)
            case RetryJob(changes=True):
                batch.station.reprovision(wish.job)
            case RetryJob():
                batch.station.put_aside_again(wish.job)
            case FinishBench():
                batch.station.finish()

    async def _run(self, start: StartBench, services: Services, cloud: Endpoint | None) -> None:
        """Raises nothing but a cancellation: what fails is told."""
        from companion.station.authority import Authority
        from companion.station.batch import Batch, batch_journal
        from companion.station.journal import Seal

        try:
            await offline.open_records(services)
            seal = Seal.of(services.identity.vault)
            with batch_journal(services.data_dir / JOURNAL, seal) as kept:
                authority = Authority(services.identity, services.registry)
                settings = replace(_settings(start), cloud=cloud)
                tell = self._tell
                self._batch = batch = Batch(services, authority, kept, seal, settings, tell)
                self._given = GivenInWindow()
                self._emit(BenchBegan(batch.station.queue.jobs))
                report = await batch.run([self._given])
            self._emit(BenchEnded(report))
        except asyncio.CancelledError:
            self._emit(BenchStopped(Cancelled()))
            raise
        except Exception as error:
            self._emit(BenchStopped(as_companion_error(error)))
        finally:
            self._batch = None

    def _tell(self, told: Any) -> None:
        self._emit(BenchTold(told))

    async def _give_files(self, files: tuple[Path, ...]) -> None:
        """File by file, so that a pile of pictures holds nothing up."""
        from companion.station.queue import Offer
        from companion.station.sources.csv_file import CsvFile
        from companion.station.sources.files import Files

        for file in files:
            source = CsvFile(file) if file.suffix.lower() == ".csv" else Files([file])
            try:
                async with aclosing(source.offers()) as offers:
                    async for offer in offers:
                        self._given.give(offer)
            except CompanionError as error:
                from companion.secret import Secret

                self._given.give(Offer(Secret(b""), file.name, unread=error))


class BenchRun:
    """What the engine holds of it, in the place of a run."""

    def __init__(self, work: Any) -> None:
        self._work = work
        self._task: asyncio.Task[None] | None = None

    def __await__(self) -> Generator[Any, None, None]:
        """Ends well also where it was cancelled by `cancel`."""
        return self._to_the_end().__await__()

    def answer(self, question: Question[Any], answer: object) -> None:
        """Its questions are answered with `AnswerBench`, which names a device."""

    def cancel(self) -> None:
        """End its runs as soon as their devices have been told."""
        if self._task is not None:
            self._task.cancel()

    async def _to_the_end(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._work)
        await asyncio.wait([self._task])


class GivenInWindow:
    """The source of codes: what the window gives, without an end of its own."""

    name = "window"

    def __init__(self) -> None:
        self._codes: asyncio.Queue[Offer] = asyncio.Queue()

    def give(self, offer: Offer) -> None:
        self._codes.put_nowait(offer)

    async def offers(self) -> AsyncGenerator[Offer, None]:
        """Until whoever reads it ends."""
        while True:
            yield await self._codes.get()


def _settings(start: StartBench) -> Settings:
    """Raises ValueError for another name pattern."""
    from companion.protocols import Order
    from companion.runs.answers import Answers
    from companion.station.names import NamePattern
    from companion.station.station import Settings

    names = NamePattern(start.names, start.first) if start.names else None
    order = Order(wifi=start.wifi, room=start.room, fabric=start.fabric)
    answers = Answers(start.wifi, room=start.room)
    return Settings(order, answers, at_once=start.at_once, names=names, attended=True)


def _save(wish: SaveSheet) -> SheetSaved:
    try:
        replace_durably(wish.path, wish.content)
    except OSError as problem:
        return SheetSaved(wish.path, unwritable(wish.path, problem))
    return SheetSaved(wish.path)
