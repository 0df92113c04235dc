"""Runs one run for the command line: events to the terminal or to JSON, answers back, Ctrl-C cancels."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from companion.commands import interrupts, streams
from companion.commands.prompts import Answers, Asker
from companion.commands.step_printer import StepPrinter
from companion.errors import CompanionError
from companion.events import Event, RunFinished
from companion.model import SetupCode
from companion.outcome import Outcome
from companion.protocols import Order
from companion.questions import Question
from companion.registry.allowed_fields import kept, text_of
from companion.runs.base import Run
from companion.runs.commissioning import CommissioningRun
from companion.services import Services

Tell = Callable[[Event], None]


async def execute(
    services: Services,
    code: SetupCode | None,
    order: Order,
    answers: Answers,
    *,
    timeout: float,
    as_json: bool = False,
    as_lines: bool = False,
) -> Outcome:
    """Commission once, see `play`."""

    def make(tell: Tell) -> Run:
        return CommissioningRun.with_services(services, code=code, order=order, tell=tell, timeout=timeout)

    return await play(make, answers, as_json=as_json, as_lines=as_lines)


async def play(
    make: Callable[[Tell], Run], answers: Answers, *, as_json: bool = False, as_lines: bool = False
) -> Outcome:
    """One run. With `as_json` or `as_lines` people read standard error, programs standard output."""
    printer = StepPrinter(sys.stderr if as_json or as_lines else sys.stdout)
    asker = Asker(sys.stderr if as_json or as_lines else sys.stdout, answers)
    replies: set[asyncio.Task[None]] = set()
    unheard: list[OSError] = []

    async def reply(question: Question[Any]) -> None:
        try:
            run.answer(question, await asker.answer(question))
        except CompanionError as error:
            run.refuse(error)
        except OSError:
            run.cancel()

    def show(event: Event) -> None:
        if as_lines:
            streams.json_line(event_as_json(event))
        else:
            printer.tell(event)

    def tell(event: Event) -> None:
        try:
            show(event)
        except OSError as error:
            # A reader that left or a full disk must not leave a device half done.
            unheard.append(error)
        asker.follow(event)
        if isinstance(event, Question):
            task = asyncio.ensure_future(reply(event))
            replies.add(task)
            task.add_done_callback(replies.discard)

    run = make(tell)
    with interrupts.cancelling(run.cancel):
        outcome = await run.run()
    for task in replies:
        task.cancel()
    if as_json:
        streams.document(outcome.as_json())
        with suppress(OSError):
            printer.ending(outcome)
        return outcome
    if unheard:
        raise unheard[0]
    if not as_lines:
        printer.ending(outcome)
    return outcome


def event_as_json(event: Event) -> dict[str, Any]:
    """`{"event": "step_started", "step": "find"}`: the facts that the registry keeps too, sentences made."""
    if isinstance(event, RunFinished):
        return {"event": "run_finished", **event.outcome.as_json()}
    kind, facts = kept(event)
    return {"event": kind, **{name: _spoken(value) for name, value in facts.items()}}


def _spoken(value: Any) -> Any:
    if (sentence := text_of(value)) is not None:
        return str(sentence)
    return {name: _spoken(inner) for name, inner in value.items()} if isinstance(value, dict) else value
