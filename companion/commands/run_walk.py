"""Runs one walk for the command line: events to the terminal or to JSON, answers back, Ctrl-C cancels."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from typing import Any

from companion.commands.prompts import Answers, Asker
from companion.commands.steps import StepPrinter
from companion.commission import Walk
from companion.errors import CompanionError
from companion.events import Event, Question, RunFinished
from companion.model import SetupCode
from companion.outcome import Outcome
from companion.protocols import Order
from companion.registry.whitelist import kept
from companion.workplace import Workplace


async def run_walk(
    place: Workplace,
    code: SetupCode | None,
    order: Order,
    answers: Answers,
    *,
    timeout: float,
    as_json: bool = False,
    as_lines: bool = False,
) -> Outcome:
    """Walk once. With `as_json` or `as_lines` people read standard error, programs standard output."""
    printer = StepPrinter(sys.stderr if as_json or as_lines else sys.stdout)
    asker = Asker(sys.stderr if as_json or as_lines else sys.stdout, answers)
    replies: set[asyncio.Task[None]] = set()

    async def reply(question: Question[Any]) -> None:
        try:
            walk.answer(question, await asker.answer(question))
        except CompanionError as error:
            walk.refuse(error)

    def tell(event: Event) -> None:
        if as_lines:
            print(json.dumps(event_as_json(event), ensure_ascii=False), flush=True)
        else:
            printer.tell(event)
        if isinstance(event, Question):
            task = asyncio.ensure_future(reply(event))
            replies.add(task)
            task.add_done_callback(replies.discard)

    walk = Walk(
        radio=place.radio,
        code=code,
        order=order,
        identity=place.identity,
        registry=place.registry,
        endpoint=place.endpoint,
        tell=tell,
        timeout=timeout,
    )
    with _interrupts(walk):
        outcome = await walk.run()
    for task in replies:
        task.cancel()
    if as_json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False))
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
    if isinstance(value, dict):
        if value.keys() == {"template", "facts"}:
            return value["template"].format(**value["facts"])
        return {name: _spoken(inner) for name, inner in value.items()}
    return value


class _interrupts:
    """While open, Ctrl-C and termination cancel the walk instead of killing the process."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._caught: list[signal.Signals] = []

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        for number in self.SIGNALS:
            try:
                loop.add_signal_handler(number, self._walk.cancel)
            except (NotImplementedError, RuntimeError):
                continue
            self._caught.append(number)

    def __exit__(self, *_: object) -> None:
        loop = asyncio.get_running_loop()
        for number in self._caught:
            loop.remove_signal_handler(number)
