"""A run on a terminal: the step list as it grows, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TextIO

from companion import claims
from companion.claims import RunFacts
from companion.commands.terminal.numbers import counted
from companion.commands.terminal.streams import write
from companion.errors import CompanionError
from companion.events import (
    ActionNeeded,
    AttestationChecked,
    Event,
    LinkLost,
    Progress,
    SecurityFound,
    StepFinished,
    StepStarted,
    TokenEnd,
    TokenEnded,
)
from companion.model import Finding, MakerGuide, Possession, Severity, Step, Text, Verdict
from companion.outcome import Outcome, Result
from companion.questions import Question

STEP_NAMES = {
    Step.FIND: "Find",
    Step.CONNECT: "Connect",
    Step.SECURE: "Secure",
    Step.CONFIRM: "Confirm",
    Step.HAND_OVER: "Hand over",
    Step.CHECK: "Check",
}
# To the line's beginning, and all of it empty.
_CLEAR_LINE = "\r\x1b[K"


_TOKEN_ENDS = {
    TokenEnd.USED: "! The device has a new owner: the transfer token was used",
    TokenEnd.CANCELLED: "✓ The device now rejects the cancelled transfer token",
    TokenEnd.OUTDATED: "✓ A transfer token has expired: the device's ownership counter has moved on",
}


class StepPrinter:
    """Prints a run's events as a step list."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._live = out.isatty()

    def show(self, event: Event) -> None:
        """Show one event; those without meaning for a terminal are ignored."""
        if isinstance(event, StepStarted):
            self._temporary_line(f"… {STEP_NAMES[event.step]}")
        elif isinstance(event, Progress) and event.lasts and not self._live:
            self.line(f"… {event.text}")
        elif isinstance(event, Progress):
            self._temporary_line(f"… {STEP_NAMES[event.step]:<10}          {event.text}")
        elif isinstance(event, Question):
            self._temporary_line("")  # it stands on a line of its own
        elif isinstance(event, StepFinished):
            self.line(f"✓ {STEP_NAMES[event.step]:<10} {event.seconds:6.1f} s  {event.summary}")
        elif isinstance(event, ActionNeeded):
            self.line(f"→ {event.text}")
            for line in guides_lines(event.guides, event.text):
                self.line(f"  {line}")
        elif isinstance(event, AttestationChecked):
            for check in event.checks:
                if check.verdict is Verdict.FAILED:
                    self.line(f"✗ {check.claim}: {check.reason}")
        elif isinstance(event, TokenEnded):
            self.line(_TOKEN_ENDS[event.end])
        elif isinstance(event, LinkLost):
            self.line("↻ Connection lost. Companion will reconnect")
        elif isinstance(event, SecurityFound) and _is_warning(event.finding):
            self.line(f"! {event.finding.claim}. {event.finding.sentence}")

    def line(self, text: str) -> None:
        """A line that stays."""
        write(self._out, text, before=_CLEAR_LINE if self._live else "")

    def _temporary_line(self, text: str) -> None:
        """A line that the next one replaces; on something that is no terminal there is none."""
        if self._live:
            write(self._out, text, before=_CLEAR_LINE, end="")

    def show_outcome(self, outcome: Outcome, called: str = "") -> None:
        """The last lines of a run: what was done, or what to do.

        called: what its owner calls the device; "": the name that this run gave it, or its own
        """
        if outcome.error is not None:
            self.show_error(outcome.error)
            if outcome.run and claims.delivers(outcome.operation):
                self.line(f"  {claims.delivery(outcome.facts)}")
        if outcome.commissioned is None or outcome.result is Result.FAILED:
            return
        device = outcome.commissioned.device
        known_as = ", ".join(part for part in (device.model, device.serial) if part)
        own = called or (outcome.settings.name if outcome.settings is not None else "") or device.name
        name = f"{own} ({known_as})" if known_as else own
        words = claims.possession(outcome.facts, outcome.commissioned.possession)
        if outcome.administered is None or device_left(outcome):
            self.line(f"{words.template.format(name=name)}.")
        if outcome.administered is not None:
            return
        self.line(f"  {'protection':<10} {_protection(outcome.facts)}")
        for said in claims.identity(outcome.facts):
            if said.severity is not Severity.GOOD:
                self.line(f"  {said.sentence}")
        if chosen := claims.choice(outcome.facts):
            self.line(f"  {chosen}")
        for credential in outcome.commissioned.credentials:
            self.line(f"  {credential.kind:<10} {facts_of(credential.details)}")
        if proof := outcome.commissioned.proof:
            self.line(f"Connected to {proof.endpoint} over {proof.tls} as {proof.peer_serial}.")
        if url := outcome.commissioned.redirect_url:
            self.line(f"Continue at {url}")

    def show_error(self, error: CompanionError) -> None:
        """What happened and what to do, the code last."""
        self.line(f"✗ {error.title_text}. {error.advice_text} ({error.code})")


def guides_lines(guides: Sequence[MakerGuide], said: Text | None = None) -> Iterator[str]:
    """What manufacturers say of how their devices are made ready: the words, and where a page is, which has
    a line of its own. said: what was said before, and is not repeated."""
    for guide in guides:
        if len(guides) > 1 and guide.product:
            yield guide.product
        if guide.steps != said:
            yield str(guide.steps)
        if guide.instruction:
            yield f"The manufacturer says: {guide.instruction}"
        if guide.link:
            yield f"The manufacturer's page, at {guide.host} (when it is done, come back here):"
            yield guide.link


def device_left(outcome: Outcome) -> bool:
    """True if the device is controlled from here no more."""
    done = outcome.commissioned
    return done is not None and done.possession is Possession.REMOVED


def _is_warning(finding: Finding) -> bool:
    """A warning about what was measured; one about what may be met would often prove wrong."""
    return finding.severity is Severity.WARNING and not finding.expected


def _protection(known: RunFacts) -> str:
    """By what the device is known, and how the session was protected."""
    return ". ".join(str(said.claim) for said in (*claims.identity(known), *claims.channel(known)))


def facts_of(details: Mapping[str, str], *, in_full: bool = False) -> str:
    """A credential's facts for people, without empty ones: a certificate's life in days.

    in_full: serial numbers too, and fingerprints that are not cut short
    """
    facts = dict(details)
    if not in_full:
        facts.pop("serial_number", None)
    begins, ends = facts.pop("not_before", None), facts.pop("not_after", None)
    parts = []
    if ends is not None:
        until = datetime.fromisoformat(ends)
        life = f" ({counted((until - datetime.fromisoformat(begins)).days, 'day', 'days')})" if begins else ""
        parts.append(f"valid until {until:%Y-%m-%d %H:%M} UTC{life}")
    parts += [
        fact(name, str(value) if in_full else _short(str(value))) for name, value in facts.items() if value
    ]
    return ", ".join(parts)


def fact(name: str, value: str) -> str:
    """One fact of a credential for people: a time floor (Unix seconds) as a date."""
    if name == "floor" and value.isdecimal() and len(value) <= 10:
        return f"floor {datetime.fromtimestamp(int(value), UTC):%Y-%m-%d %H:%M} UTC"
    return f"{name.replace('_', ' ')} {value}"


def _short(value: str) -> str:
    """Long hexadecimal is parts apart by its beginning."""
    return f"{value[:16]}…" if len(value) == 64 else value
