"""What a run has told so far: its steps with their times, the device, and what is known of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from companion.claims import Delivery, RunFacts
from companion.claims.tracker import follow
from companion.events import (
    ActionNeeded,
    Connected,
    Event,
    Found,
    Identified,
    LinkLost,
    Progress,
    Secured,
    SecurityFound,
    StepFinished,
    StepStarted,
)
from companion.model import DeviceIdentity, Finding, FoundDevice, MakerGuide, Step
from companion.outcome import Outcome
from ui.flow.state import StepLine, StepState

_NEXT = {step: StepLine(step) for step in Step}


@dataclass(frozen=True)
class CancelledRun:
    """A run that its user cancelled after something was sent. name: of its device; known: at its end."""

    name: str
    known: RunFacts


class RunProgress:
    """One run at a time. clock: seconds; while it is the user's turn, the step's time stands still."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._reset_progress()

    def _reset_progress(self) -> None:
        """Another run."""
        self.steps: Mapping[Step, StepLine] = _NEXT
        self.found: FoundDevice | None = None
        self.device: DeviceIdentity | None = None
        self.findings: tuple[Finding, ...] = ()
        self.notice: ActionNeeded | LinkLost | None = None
        # How its device is made ready; until a session shows that it was.
        self.guides: tuple[MakerGuide, ...] = ()
        self.known = RunFacts()
        self.losses = 0
        # Since when it is the user's turn, on the clock; None while it is the device's or ours.
        self._asked_at: float | None = None

    @property
    def current(self) -> StepLine | None:
        """The step that runs or failed."""
        lit = (StepState.CURRENT, StepState.FAILED)
        return next((line for line in self.steps.values() if line.state in lit), None)

    @property
    def sent_anything(self) -> bool:
        """The device may have something of this run."""
        return self.known.delivery is not Delivery.NOTHING

    def machine_time(self) -> float:
        """The clock, standing still while it is the user's turn."""
        return self.clock() if self._asked_at is None else self._asked_at

    def _note_progress(self, event: Event) -> None:
        """Keep what an event of the run tells."""
        self.known = follow(self.known, event)
        match event:
            case StepStarted():
                self._asked_at, self.notice = None, None
                self._set_step(
                    StepLine(event.step, StepState.CURRENT, self.clock(), self.steps[event.step].seconds)
                )
            case StepFinished():
                line = self.steps[event.step]
                done = replace(line, state=StepState.DONE, seconds=event.seconds, text=event.summary)
                self._set_step(done)
            case Progress():
                self._set_step(replace(self.steps[event.step], text=event.text))
                self.notice = None
            case Found():
                self.found = event.device
            case Identified():
                self.device = event.device
            case SecurityFound():
                self.findings = (*self.findings, event.finding)
            case ActionNeeded():
                self.notice = event
                self.guides = event.guides or self.guides
            case Secured():
                self.guides = ()
            case LinkLost():
                self.notice, self.losses = event, self.losses + 1
            case Connected():
                self.notice = None

    def _note_failed_step(self, outcome: Outcome) -> None:
        """Mark the step in which the run ended."""
        if outcome.failed_step is not None:
            seconds = {time.step: time.seconds for time in outcome.steps}.get(outcome.failed_step)
            line = self.steps[outcome.failed_step]
            self._set_step(replace(line, state=StepState.FAILED, seconds=seconds))

    def _note_turn(self, *, asked: bool) -> None:
        """Whose turn it is now. Once the user has had one, its time is left out of the step's age."""
        users = asked or isinstance(self.notice, ActionNeeded)
        if users and self._asked_at is None:
            self._asked_at = self.clock()
        elif not users and self._asked_at is not None:
            waited, self._asked_at = self.clock() - self._asked_at, None
            line = self.current
            if line is not None and line.began is not None:
                self._set_step(replace(line, began=line.began + waited))

    def _set_step(self, line: StepLine) -> None:
        self.steps = {**self.steps, line.step: line}
