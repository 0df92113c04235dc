"""Runs one run for the command line: events to the terminal or to JSON, answers back, Ctrl-C cancels."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.prompts import TerminalPrompts
from companion.commands.terminal.step_printer import StepPrinter
from companion.errors import Cancelled
from companion.events import Event, RunFinished, SharingOpened
from companion.outcome import Outcome
from companion.questions import Question
from companion.registry.privacy.allowed_fields import stored_facts, text_of
from companion.runs.answers import AnswerPolicy, Answers
from companion.runs.handle import RunHandle


class StartRun(Protocol):
    """Makes a run of who answers its questions and who watches its events."""

    def __call__(self, *, answers: AnswerPolicy, on_event: Callable[[Event], None]) -> RunHandle: ...


async def run_on_terminal(
    start: StartRun,
    answers: Answers,
    *,
    interactive: bool,
    as_json: bool = False,
    as_lines: bool = False,
    document: Callable[[Outcome], dict[str, Any]] = Outcome.as_json,
    called: str = "",
) -> Outcome:
    """One run. With `as_json` or `as_lines` people read standard error, programs standard output.

    document: what `as_json` prints; called: what the device's owner calls it, where that is known
    """
    out = sys.stderr if as_json or as_lines else sys.stdout
    printer = StepPrinter(out)
    policy = _TerminalPolicy(TerminalPrompts(out, answers, interactive=interactive))
    output_errors: list[OSError] = []

    def show(event: Event) -> None:
        if as_lines:
            streams.print_json_line(event_as_json(event))
        else:
            printer.show(event)

    def on_event(event: Event) -> None:
        try:
            show(event)
        except OSError as error:
            # A reader that left or a full disk must not leave a device half done.
            output_errors.append(error)
        policy.follow(event)

    run = start(answers=policy, on_event=on_event)
    with interrupts.cancelling(run.cancel):
        outcome = await run
    if as_json:
        streams.print_json(document(outcome))
        with suppress(OSError):
            printer.show_outcome(outcome, called)
        return outcome
    if output_errors:
        raise output_errors[0]
    if not as_lines:
        printer.show_outcome(outcome, called)
    return outcome


class _TerminalPolicy:
    """Asks on a terminal; one that is gone ends the run as cancelled."""

    def __init__(self, policy: TerminalPrompts) -> None:
        self._prompts = policy
        self.follow = policy.follow

    async def answer(self, question: Question[Any]) -> Any:
        try:
            return await self._prompts.answer(question)
        except OSError as error:
            raise Cancelled(type(error).__name__) from error


def event_as_json(event: Event) -> dict[str, Any]:
    """`{"event": "step_started", "step": "find"}`: the facts that the registry keeps too, sentences made."""
    if isinstance(event, RunFinished):
        return {"event": "run_finished", **event.outcome.as_json()}
    kind, facts = stored_facts(event)
    if isinstance(event, SharingOpened):
        # Whoever asked for the code gets it; the registry does not.
        codes = {"code": event.sharing.code.reveal_text(), "digits": event.sharing.digits.reveal_text()}
        facts = {**facts, **codes}
    return {"event": kind, **{name: _with_sentences(value) for name, value in facts.items()}}


def _with_sentences(value: Any) -> Any:
    if (sentence := text_of(value)) is not None:
        return str(sentence)
    if isinstance(value, dict):
        return {name: _with_sentences(inner) for name, inner in value.items()}
    return value
