"""Runs one run for the command line: events to the terminal or to JSON, answers back, Ctrl-C cancels."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.prompts import Asker
from companion.commands.terminal.step_printer import StepPrinter
from companion.errors import Cancelled
from companion.events import Event, RunFinished
from companion.outcome import Outcome
from companion.questions import Question
from companion.registry.privacy.allowed_fields import kept, text_of
from companion.runs.answers import AnswerPolicy, Answers
from companion.runs.handle import RunHandle


class Start(Protocol):
    """Makes a run of who answers its questions and who watches its events."""

    def __call__(self, *, answers: AnswerPolicy, on_event: Callable[[Event], None]) -> RunHandle: ...


async def play(
    start: Start,
    answers: Answers,
    *,
    interactive: bool,
    as_json: bool = False,
    as_lines: bool = False,
) -> Outcome:
    """One run. With `as_json` or `as_lines` people read standard error, programs standard output."""
    out = sys.stderr if as_json or as_lines else sys.stdout
    printer = StepPrinter(out)
    asker = _TerminalPolicy(Asker(out, answers, interactive=interactive))
    unheard: list[OSError] = []

    def show(event: Event) -> None:
        if as_lines:
            streams.json_line(event_as_json(event))
        else:
            printer.tell(event)

    def on_event(event: Event) -> None:
        try:
            show(event)
        except OSError as error:
            # A reader that left or a full disk must not leave a device half done.
            unheard.append(error)
        asker.follow(event)

    run = start(answers=asker, on_event=on_event)
    with interrupts.cancelling(run.cancel):
        outcome = await run
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


class _TerminalPolicy:
    """Asks on a terminal; one that is gone ends the run as cancelled."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.follow = asker.follow

    async def answer(self, question: Question[Any]) -> Any:
        try:
            return await self._asker.answer(question)
        except OSError as error:
            raise Cancelled(type(error).__name__) from error


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
