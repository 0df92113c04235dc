"""A run in the hands of its program: events to iterate over, questions to answer, an outcome to await."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from typing import Any, Self, TypeVar

from companion.errors import CompanionError
from companion.events import Event
from companion.outcome import Outcome
from companion.questions import Question
from companion.runs.answers import AnswerPolicy
from companion.runs.base import Run

A = TypeVar("A")


class RunHandle:
    """One run. It starts when it is first awaited or iterated over.

    `outcome = await handle` is enough if the answers are known in advance. To follow the run:

        async with handle as run:
            async for event in run:
                ...
        outcome = await run

    A run never raises a CompanionError: it is in its outcome. A block that is left early, or a task that is
    cancelled, ends the run. Belongs to one event loop, and runs once.
    """

    def __init__(
        self,
        make: Callable[[Callable[[Event], None]], Run],
        answers: AnswerPolicy,
        *,
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        """on_event: gets each event at once, before it is iterated over or answered; must not block."""
        self._answers = answers
        self._on_event = on_event
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._replies: set[asyncio.Task[None]] = set()
        self._policy_error: Exception | None = None
        self._run = make(self._on_run_event)
        self._task: asyncio.Task[Outcome] | None = None

    def __await__(self) -> Generator[Any, None, Outcome]:
        """How the run ended. Raises what the answer policy raised that is no CompanionError."""
        return self._finish().__await__()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Ends the run if it is still under way, and waits until the device has been told."""
        if self._task is not None and not self._task.done():
            self.cancel()
            await asyncio.wait([self._task])

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        """The next event; `RunFinished` is the last."""
        self._begin()
        event = await self._events.get()
        if event is None:
            self._events.put_nowait(None)
            await self._finish()
            raise StopAsyncIteration
        return event

    def answer(self, question: Question[A], answer: A) -> None:
        """Answer the open question. Too late an answer is ignored."""
        self._run.answer(question, answer)

    def refuse(self, error: CompanionError) -> None:
        """End the run with `error` because nobody can answer the open question."""
        self._run.refuse(error)

    def cancel(self) -> None:
        """End the run as soon as the device has been told; its outcome is then Cancelled."""
        self._run.cancel()

    async def _finish(self) -> Outcome:
        outcome = await self._begin()
        if self._policy_error is not None:
            raise self._policy_error
        return outcome

    def _begin(self) -> asyncio.Task[Outcome]:
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run.run())
            self._task.add_done_callback(self._on_end)
        return self._task

    def _on_end(self, _task: asyncio.Task[Outcome]) -> None:
        for reply in self._replies:
            reply.cancel()
        self._events.put_nowait(None)

    def _on_run_event(self, event: Event) -> None:
        if self._on_event is not None:
            self._on_event(event)
        self._events.put_nowait(event)
        if isinstance(event, Question):
            reply = asyncio.get_running_loop().create_task(self._reply(event))
            self._replies.add(reply)
            reply.add_done_callback(self._replies.discard)

    async def _reply(self, question: Question[Any]) -> None:
        try:
            self._run.answer(question, await self._answers.answer(question))
        except CompanionError as error:
            self._run.refuse(error)
        except Exception as error:
            self._policy_error = error
            self._run.cancel()
