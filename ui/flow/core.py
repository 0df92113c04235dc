"""What both flows share: events and gestures go in, a state with its page and commands come out.

Pure logic: no Qt, no protocol knowledge, no texts. Each flow is this core with a table and its own words for
how something begins and ends; whatever its table has no row for is dropped.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from companion.errors import CompanionError, OutcomeUnknown
from companion.events import Event, Found, RunFinished, RunStarted, StepStarted
from companion.model import DeviceSettings, FoundDevice, MakerGuide, OwnedFabric, SetupCode, ShownBy, Step
from companion.outcome import Outcome, Result
from companion.questions import AskRouter, ChooseNetwork, ConfirmDevice, Question, ScanAgain
from companion.secret import Secret
from ui.engine.commands import Answer, CancelRun, Command
from ui.engine.events import (
    EngineFailed,
    Examined,
    Nearby,
    PassphraseNeeded,
    RadioMissing,
    RadioReady,
    RunRefused,
)
from ui.flow.answers import Suggestion
from ui.flow.progress import CancelledRun, RunProgress
from ui.flow.signal_log import SignalLog
from ui.flow.state import QUESTIONS, Activity, Input, Page
from ui.flow.table import Table

if TYPE_CHECKING:
    from companion.doctor import Check
    from companion.nfc.bluetooth import TaggedDevice

Commands = tuple[Command, ...]


class Flow(RunProgress, ABC):
    """Every public method returns the commands that the engine must get."""

    table: ClassVar[Table]

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self.state = self.table.start
        self.radio: RadioReady | RadioMissing | None = None
        self.checks: tuple[Check, ...] = ()
        self.signal = SignalLog()
        self.nearby: tuple[FoundDevice, ...] = ()
        # How those of them are made ready that need more than power, by address.
        self.guides_nearby: Mapping[str, MakerGuide] = {}
        self.code: SetupCode | None = None
        self.chosen: FoundDevice | None = None
        # What the device showed out of band in place of a code; good for minutes and a few tries.
        self.shown: Secret | None = None
        self.shown_by = ShownBy.LIGHT
        # Which device a tag names.
        self.tagged: TaggedDevice | None = None
        self.on_reader = False
        self.suggestion = Suggestion()
        # Credentials were sent to the device of this code, and nobody knows yet whether it kept them.
        self.unsettled = False
        self.surprises: tuple[CompanionError, ...] = ()
        # What was cancelled last, as far as its device may have something of it; until the next run begins.
        self.cancelled: CancelledRun | None = None
        self._begun = False
        self._reset_run()

    def _reset_run(self) -> None:
        """Drop what belongs to one run."""
        self._reset_progress()
        self.question: Question[Any] | None = None
        # The device was asked for its networks again; the question that follows keeps what is filled in.
        self.rescanning = False
        self.outcome: Outcome | None = None
        self.error: CompanionError | None = None

    # --- what the pages ask ------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        return self.state.page

    @property
    def running(self) -> bool:
        """The engine has a run of ours, or something like it."""
        return self.state.activity is not Activity.IDLE

    @property
    def cancelling(self) -> bool:
        return self.state.activity is Activity.STOPPING

    @property
    @abstractmethod
    def subject(self) -> object:
        """What the page is about: another one is a fresh page."""

    @property
    @abstractmethod
    def settings(self) -> DeviceSettings | None:
        """What the device of this run shall get, as far as the user gave it for this very device."""

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

    # --- the state ---------------------------------------------------------------------------------

    def _move(self, given: Input) -> bool:
        """Go where the table says, and close the question that was open. False: it means nothing now."""
        target = self.table.after(self.state, given)
        if target is None:
            return False
        self.state, self.question = target, None
        return True

    def _start(self, command: Command, given: Input) -> Commands:
        """Let the engine begin something, unless it is at work."""
        if not self._move(given):
            return ()
        self._reset_run()
        self.cancelled = None
        # Until the run says that it began, a question is one that an earlier run left behind.
        self._begun = False
        return (command,)

    # --- events ------------------------------------------------------------------------------------

    def take(self, event: Event) -> Commands:
        """Follow an event. Unknown events change nothing."""
        match event:
            case Nearby():
                self.nearby, self.guides_nearby = event.devices, event.guides
                self.signal.note(event.devices, self.clock())
            case RadioReady() | RadioMissing():
                self.radio = event
            case Examined():
                self.checks = event.checks
            case EngineFailed():
                self.surprises = (*self.surprises, event.error)
                if not self.running:
                    self._fail(event.error)
            case _ if self.running:
                commands = self._follow(event)
                self._note_turn(asked=self.question is not None)
                return commands
            case _:
                return self._take_aside(event)
        return ()

    @abstractmethod
    def _take_aside(self, event: Event) -> Commands:
        """An event while nothing is under way."""

    @abstractmethod
    def _follow(self, event: Event) -> Commands:
        """What the engine tells of the work that is under way."""

    def _follow_run(self, event: Event) -> Commands:
        """What a run tells and asks."""
        self._note_progress(event)
        match event:
            case RunStarted() if not self._begun:
                self._reset_progress()
                self._begun = True
            case RunFinished():
                return self._finish(event.outcome)
            case RunRefused():
                return self._refuse(event.error)
            case Question() if self._begun or isinstance(event, PassphraseNeeded):
                return self._ask(event)
            case StepStarted() if event.step is not Step.FIND:
                self._move(Input.STEP)
            case Found():
                self.signal.note((event.device,), self.clock())
        return ()

    def _ask(self, question: Question[Any]) -> Commands:
        if self.cancelling:
            return ()
        asks = QUESTIONS.get(type(question))
        if isinstance(question, ConfirmDevice):
            self.found, self.findings = question.device, question.findings
        if (known := self._known_answer(question)) is not None:
            self._move(Input.REPEAT)
            return (Answer(question, known),)
        if asks is None or not self._move(asks):
            # Nobody can answer it here, and unanswered it would hold the run for ever.
            return self.cancel()
        self.question = question
        return ()

    @abstractmethod
    def _known_answer(
        self, question: Question[Any]
    ) -> bool | OwnedFabric | DeviceSettings | FoundDevice | None:
        """The answer that its user need not give again; None where the user has to be asked."""

    @abstractmethod
    def _finish(self, outcome: Outcome) -> Commands:
        """The run has ended."""

    @abstractmethod
    def _refuse(self, error: CompanionError) -> Commands:
        """What was started could not begin."""

    def _note_outcome(self, outcome: Outcome) -> None:
        self.outcome, self.error = outcome, outcome.error
        self._note_failed_step(outcome)

    def _note_cancelled(self, name: str) -> None:
        """Keep what a cancelled run left on its device, before the run is forgotten."""
        if self.sent_anything:
            self.cancelled = CancelledRun(name, self.known)

    def _fail(self, error: CompanionError) -> None:
        """Show an error of something that has no outcome."""
        if self._move(self._failure(error)):
            self.error, self.outcome = error, None

    @abstractmethod
    def _failure(self, error: CompanionError | None) -> Input:
        """Which kind of failure that is."""

    # --- the user's gestures -----------------------------------------------------------------------

    def _answer(self, question: Question[Any] | None, answer: object) -> Commands:
        """The answer to the question that the page showed; dropped unless it is still the open one."""
        if question is not self.question or question is None or not self._move(Input.ANSWER):
            return ()
        self.rescanning = False
        self._note_turn(asked=False)
        return (Answer(question, answer),)

    def rescan(self, question: Question[Any] | None) -> Commands:
        """The device shall look for networks again. What is filled in stays on its page."""
        if not isinstance(question, ChooseNetwork) or question.rescan is None:
            return ()
        return self._put_again(question, ScanAgain())

    def ask_router(self, question: Question[Any] | None, router: str) -> Commands:
        """A border router shall hand out its network's dataset. What is filled in stays on its page."""
        if not isinstance(question, ChooseNetwork) or question.ask_router is None:
            return ()
        return self._put_again(question, AskRouter(router))

    def _put_again(self, question: ChooseNetwork, answer: ScanAgain | AskRouter) -> Commands:
        """An answer after which the question is put once more."""
        again = Answer(question, answer)
        if question is not self.question or not self._move(Input.RESCAN):
            return ()
        self.rescanning = True
        self._note_turn(asked=False)
        return (again,)

    def cancel(self) -> Commands:
        """End what is going on, and wait for the engine's word; with nothing going on, go back."""
        if not self.running:
            return self._go_back()
        was_stopping = self.cancelling
        return (CancelRun(),) if self._move(Input.CANCEL) and not was_stopping else ()

    @abstractmethod
    def _go_back(self) -> Commands:
        """To where the flow begins."""

    @abstractmethod
    def answer(self, question: Question[Any] | None, answer: object) -> Commands:
        """What the user put into a page that asks."""

    @abstractmethod
    def try_again(self) -> Commands:
        """The same once more."""

    @abstractmethod
    def leave(self) -> Commands:
        """Back to the beginning, without what was given for the device."""
