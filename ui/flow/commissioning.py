"""Which page the walk shows: events and the user's wishes go in, a page and commands come out.

Pure logic: no Qt, no protocol knowledge, no texts of its own. What the user gave is kept with the device
and the code that it was given for, so that a retry asks nothing twice and no other device gets it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from companion.claims import Delivery, Known
from companion.claims.tracker import after
from companion.errors import (
    Cancelled,
    CompanionError,
    OutcomeUnknown,
    RadioError,
)
from companion.events import (
    ActionNeeded,
    Connected,
    Event,
    Found,
    Identified,
    LinkLost,
    Progress,
    RunFinished,
    RunStarted,
    SecurityFound,
    StepFinished,
    StepStarted,
)
from companion.model import DeviceIdentity, Finding, FoundDevice, SetupCode, Step, WifiCredentials
from companion.outcome import Outcome, Result
from companion.questions import ChooseNetwork, ConfirmDevice, DeviceSettings, Question, ScanAgain
from ui.engine.messages import (
    Answer,
    CancelRun,
    Command,
    EngineFailed,
    Examined,
    LookAround,
    Nearby,
    PassphraseNeeded,
    RadioMissing,
    RadioReady,
    RunRefused,
    StartRun,
    StopLooking,
    UseRadio,
)
from ui.flow.answers import DeviceAnswers, Subject, Suggestion
from ui.flow.signal_log import SignalLog
from ui.flow.state import PAGES_OF_QUESTIONS, WIFI_IN_DOUBT, Page, StepLine, StepState

if TYPE_CHECKING:
    from companion.doctor import Check

Commands = tuple[Command, ...]
OPEN = (Delivery.SENT, Delivery.TAKEN)
"""The device may have what it was given, and nobody said how that ended."""


class Flow:
    """The walk as the window sees it. Every method returns the commands that the engine must get."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.page = Page.SCAN
        self.radio: RadioReady | RadioMissing | None = None
        self.checks: tuple[Check, ...] = ()
        self.signal = SignalLog()
        self.nearby: tuple[FoundDevice, ...] = ()
        self.code: SetupCode | None = None
        self.chosen: FoundDevice | None = None
        self.suggestion = Suggestion()
        self.running = False
        self.cancelling = False
        # Credentials were sent to the device of this code, and nobody knows yet whether it kept them.
        self.unsettled = False
        self.surprises: tuple[CompanionError, ...] = ()
        self._begun = False
        self._given: DeviceAnswers | None = None
        self._next: StartRun | None = None
        self._forget_run()

    def _forget_run(self) -> None:
        """Drop what belongs to one run; what the user gave waits for the same device."""
        self.steps = {step: StepLine(step) for step in Step}
        self.found: FoundDevice | None = None
        # The device that the user (now, or in the try before) said is the one.
        self.confirmed: Subject | None = None
        self.device: DeviceIdentity | None = None
        self.findings: tuple[Finding, ...] = ()
        self.question: Question[Any] | None = None
        self.notice: ActionNeeded | LinkLost | None = None
        self.known = Known()
        # Since when it is the user's turn, on the flow's clock; None while it is the device's or ours.
        self._asked_at: float | None = None
        # The device was asked for its networks again; the question that follows keeps what is filled in.
        self.rescanning = False
        # This run has its answer: who asks again does so because that one did not do.
        self._network_known = False
        self.losses = 0
        self.outcome: Outcome | None = None
        self.error: CompanionError | None = None

    # --- what the pages ask ------------------------------------------------------------------------

    @property
    def current(self) -> StepLine | None:
        """The step that runs or failed."""
        lit = (StepState.CURRENT, StepState.FAILED)
        return next((line for line in self.steps.values() if line.state in lit), None)

    @property
    def sent_anything(self) -> bool:
        """The device may have something of this run."""
        return self.known.delivery is not Delivery.NOTHING

    @property
    def subject(self) -> object:
        """What the page is about: another one is a fresh page."""
        return self.question or self.outcome or self.error

    @property
    def handover(self) -> DeviceSettings | None:
        """What the device of this run shall get, as far as the user gave it for this very device."""
        return self._given.handover(self.confirmed) if self._given is not None else None

    @property
    def searching(self) -> bool:
        """A run looks for its device."""
        line = self.current
        return self.running and (line is None or line.step is Step.FIND) and self.question is None

    @property
    def outcome_unknown(self) -> bool:
        """Credentials were sent, but nobody confirmed them: the next try is a check."""
        unconfirmed = self.outcome is not None and self.outcome.result is Result.UNCONFIRMED
        return unconfirmed or isinstance(self.error, OutcomeUnknown)

    @property
    def radio_is_missing(self) -> bool:
        """The problem is this computer's radio, not the device."""
        return isinstance(self.error, RadioError) and self.error.code >= "R-110"

    # --- events ------------------------------------------------------------------------------------

    def take(self, event: Event) -> Commands:
        """Follow an event. Unknown events change nothing."""
        match event:
            case Nearby():
                self.nearby = event.devices
                self.signal.note(event.devices, self.clock())
            case RadioReady() | RadioMissing():
                self.radio = event
            case Examined():
                self.checks = event.checks
            case EngineFailed():
                self.surprises = (*self.surprises, event.error)
                if self.page is Page.SCAN and not self.running:
                    self._fail(event.error)
            case _ if self.running:
                commands = self._follow(event)
                self._take_turns()
                return commands
        return ()

    def _follow(self, event: Event) -> Commands:
        """What a run tells and asks."""
        self.known = after(self.known, event)
        match event:
            case RunStarted():
                self._forget_run()
                self._begun = True
            case RunFinished():
                return self._finish(event.outcome)
            case RunRefused():
                return self._refuse(event.error)
            case Question() if self._begun or isinstance(event, PassphraseNeeded):
                return self._ask(event)
            case StepStarted():
                self._begin_step(event.step)
            case StepFinished():
                self._set(event.step, state=StepState.DONE, seconds=event.seconds, text=event.summary)
            case Progress():
                self._set(event.step, text=event.text)
                self.notice = None
            case Found():
                self.found = event.device
                self.signal.note((event.device,), self.clock())
            case Identified():
                self.device = event.device
            case SecurityFound():
                self.findings = (*self.findings, event.finding)
            case ActionNeeded():
                self.notice = event
            case LinkLost():
                self.notice, self.losses = event, self.losses + 1
            case Connected():
                self.notice = None
        return ()

    def machine_time(self) -> float:
        """The flow's clock, standing still while it is the user's turn."""
        return self.clock() if self._asked_at is None else self._asked_at

    def _take_turns(self) -> None:
        """Once the user has had a turn, the time that it took is left out of the step's age."""
        users = self.question is not None or isinstance(self.notice, ActionNeeded)
        if users and self._asked_at is None:
            self._asked_at = self.clock()
        elif not users and self._asked_at is not None:
            waited, self._asked_at = self.clock() - self._asked_at, None
            line = self.current
            if line is not None and line.began is not None:
                self._set(line.step, began=line.began + waited)

    def _begin_step(self, step: Step) -> None:
        self._asked_at = None
        self._set(step, state=StepState.CURRENT, began=self.clock(), text=None)
        self.notice = None
        if step is not Step.FIND:
            self.page = Page.WORKING

    def _set(self, step: Step, **changes: Any) -> None:
        self.steps[step] = replace(self.steps[step], **changes)

    def _ask(self, question: Question[Any]) -> Commands:
        if self.cancelling:
            return ()
        page = PAGES_OF_QUESTIONS.get(type(question))
        if page is None:
            # Nobody can answer it here, and unanswered it would hold the run for ever.
            return self._cancel()
        if isinstance(question, ConfirmDevice):
            self.found, self.findings = question.device, question.findings
        if (known := self._answered_before(question)) is not None:
            self.page = Page.WORKING
            return (Answer(question, known),)
        self.question, self.page = question, page
        return ()

    def _answered_before(self, question: Question[Any]) -> bool | DeviceSettings | None:
        """The answer of an earlier try with this very device, None where its user has to be asked.

        A comparison, a risk or a typed secret is never answered so.
        """
        if self._given is None:
            return None
        if isinstance(question, ConfirmDevice):
            subject = Subject.of(self.code, question.device)
            if not self._given.is_of(subject):
                return None
            self.confirmed = subject
            return True
        if isinstance(question, ChooseNetwork) and not self._network_known:
            known = self._given.answer(self.confirmed, question, self.known.session)
            self._network_known = known is not None
            return known
        return None

    def _finish(self, outcome: Outcome) -> Commands:
        self.running, self.question = False, None
        if self._next is not None:
            return self._start(self._next)
        self.outcome, self.error = outcome, outcome.error
        if self.cancelling and outcome.result is not Result.COMMISSIONED:
            self._given = None
        self.cancelling = False
        if outcome.result is not Result.FAILED:
            self.unsettled = outcome.result is Result.UNCONFIRMED
        elif isinstance(outcome.error, Cancelled) and outcome.known.delivery in OPEN:
            self.unsettled = True
        if outcome.failed_step is not None:
            times = {time.step: time.seconds for time in outcome.steps}
            self._set(outcome.failed_step, state=StepState.FAILED, seconds=times.get(outcome.failed_step))
        if outcome.result is Result.COMMISSIONED:
            self.page = Page.DONE
            return ()
        if isinstance(outcome.error, Cancelled):
            return self.open_scan()
        self.page = Page.MISSING if self.radio_is_missing else Page.PROBLEM
        return ()

    def _refuse(self, error: CompanionError) -> Commands:
        """The run could not begin."""
        self.running, self.question = False, None
        if self._next is not None:
            return self._start(self._next)
        if self.cancelling:
            self._given = None
        self.cancelling = False
        if isinstance(error, Cancelled):
            return self.open_scan()
        self._fail(error)
        return ()

    def _fail(self, error: CompanionError) -> None:
        self.error, self.outcome = error, None
        self.page = Page.MISSING if self.radio_is_missing else Page.PROBLEM

    # --- what the user wants -----------------------------------------------------------------------

    def open_scan(self) -> Commands:
        """The first page of the walk. A run that goes on is cancelled first."""
        if self.running:
            return self.cancel()
        self._forget_run()
        self._given = None
        self.page = Page.SCAN
        return (LookAround(),)

    def leave_scan(self) -> Commands:
        """Another section of the window came to the front."""
        return (StopLooking(),) if self.page is Page.SCAN and not self.running else ()

    def begin(self, code: SetupCode | None, chosen: FoundDevice | None = None) -> Commands:
        """Commission the device of a code, or the chosen one. The page stays while it is looked for."""
        if self.running and not self.cancelling:
            return ()
        if (code, chosen) != (self.code, self.chosen):
            self.unsettled = False
        self.code, self.chosen, self._given = code, chosen, None
        start = StartRun(code, chosen)
        if self.cancelling:
            self._next = start
            return ()
        return self._start(start)

    def proceed(self) -> None:
        """The search takes long, or the user does not want to wait on the scan page."""
        if self.searching and self.page is Page.SCAN:
            self.page = Page.WORKING

    def answer(self, question: Question[Any] | None, answer: Any) -> Commands:
        """The user's answer to the question that the page showed; dropped unless it is still the open one."""
        if question is None or question is not self.question:
            if isinstance(question, ConfirmDevice) and not answer:
                self._given = None  # "not this one" counts however late it comes
            return ()
        self.question = None
        if isinstance(question, ConfirmDevice):
            if not answer:
                return self._cancel()
            self.confirmed = Subject.of(self.code, question.device)
            if self._given is None or not self._given.is_of(self.confirmed):
                self._given = DeviceAnswers(self.confirmed)
        if (
            isinstance(answer, DeviceSettings)
            and self._given is not None
            and self._given.is_of(self.confirmed)
        ):
            self._given = self._given.with_handover(answer, self.known.session)
            self._network_known = True
        self.page, self.rescanning = Page.WORKING, False
        self._take_turns()
        return (Answer(question, answer),)

    def rescan(self, question: Question[Any] | None) -> Commands:
        """The device shall look for networks again. What is filled in stays on its page."""
        still_open = question is self.question
        if not isinstance(question, ChooseNetwork) or question.rescan is None or not still_open:
            return ()
        self.question, self.rescanning = None, True
        self._take_turns()
        return (Answer(question, ScanAgain()),)

    def cancel(self) -> Commands:
        """End what is going on, on any page."""
        if not self.running:
            return self.open_scan()
        self._next = None
        return () if self.cancelling else self._cancel()

    def try_again(self) -> Commands:
        """The same once more. The same device gets what it was given, except a Wi-Fi answer in doubt."""
        if self.running or self.error is None:
            return ()
        if self.code is None and self.chosen is None:
            return self.open_scan()
        if self._given is not None and isinstance(self.error, WIFI_IN_DOUBT):
            self._given = self._given.doubt()
        return self._start(StartRun(self.code, self.chosen), Page.WORKING)

    def leave(self) -> Commands:
        """Back to the first page without the code, the device and what was given for it."""
        if self.running:
            return self.cancel()
        self.code = self.chosen = None
        self.unsettled = False
        return self.open_scan()

    def use_another_code(self) -> Commands:
        """The next device: this one's network and room are suggested for it, unless they are in doubt."""
        if self.running:
            return self.cancel()
        if self.handover is not None and not isinstance(self.error, WIFI_IN_DOUBT):
            wifi, room = self.handover.wifi, self.handover.room
            self.suggestion = (
                Suggestion(wifi, room) if wifi is not None else replace(self.suggestion, room=room)
            )
        return self.leave()

    def suggest(self, wifi: WifiCredentials) -> None:
        """Offer a network to the next device that asks for one."""
        self.suggestion = replace(self.suggestion, wifi=wifi, scanned=True)

    def show_missing(self) -> None:
        """What this computer lacks."""
        if not self.running:
            self.page = Page.MISSING

    def use_radio(self, spec: str) -> Commands:
        """Another radio, such as the virtual one; then the first page."""
        self.radio, self.nearby = None, ()
        return (UseRadio(spec), *self.open_scan())

    # --- inside ------------------------------------------------------------------------------------

    def _start(self, start: Command, page: Page = Page.SCAN) -> Commands:
        self._forget_run()
        self._next = None
        # Until the run says that it began, a question is one that an earlier run left behind.
        self._begun = False
        self.running, self.cancelling = True, False
        self.page = page
        return (start,)

    def _cancel(self) -> Commands:
        """Wait for the engine's word on the run's own page, unless nothing was connected yet."""
        line = self.current
        self.cancelling, self.question = True, None
        early = line is None or line.step is Step.FIND
        self.page = Page.SCAN if early else Page.WORKING
        return (CancelRun(),)
