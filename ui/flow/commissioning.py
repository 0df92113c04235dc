"""The flow of commissioning: which page follows which event, and for whom an answer is kept.

What the user gave is kept with the device and the code that it was given for, so that a retry asks nothing
twice and no other device gets it. What leads where is in `commissioning_table`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from companion.claims import Delivery
from companion.errors import AlreadyYours, Cancelled, CompanionError, RadioError
from companion.events import Event
from companion.model import DeviceSettings, FoundDevice, OwnedFabric, SetupCode, ShownBy, WifiCredentials
from companion.outcome import Outcome, Result
from companion.questions import ChooseDevice, ChooseNetwork, CompareNumbers, ConfirmDevice, Question
from companion.secret import Secret
from ui.engine.commands import Examine, LookAround, RecallDevice, StartRun, StopLooking, UseRadio
from ui.engine.events import DeviceRecalled, Examined, RadioMissing, RadioReady
from ui.flow.answers import DeviceAnswers, Subject
from ui.flow.commissioning_table import COMMISSIONING
from ui.flow.core import Commands, Flow
from ui.flow.state import WIFI_IN_DOUBT, FlowState, Input, Page
from ui.flow.tour import Lesson, Tour, wrong_number

if TYPE_CHECKING:
    from companion.nfc.bluetooth import TaggedDevice
    from companion.registry.records import DeviceRecord

OPEN = (Delivery.SENT, Delivery.TAKEN)
"""The device may have what it was given, and nobody said how that ended."""
MOST_TRIES, SHOWN_SECONDS = 3, 300.0
"""What a secret that was shown is good for."""
FIRST_MISSING_RADIO = "R-110"
"""From this code on, a radio error is about this computer and not about the device."""
LOOKING = (Page.SCAN, Page.WAYS, Page.WELCOME, Page.REAL_DEVICE, Page.REQUIREMENTS)
"""On these pages the engine looks around for devices."""


class CommissioningFlow(Flow):
    """From the scan page to a device that is set up."""

    table = COMMISSIONING

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._answers: DeviceAnswers | None = None
        self._next: StartRun | None = None
        # How often a secret that was shown was tried, and since when it is known.
        self._tries, self._shown_since = 0, 0.0
        self.tour: Tour | None = None
        # The radio that the engine was told to use; "" for the one that it was started with.
        self.wanted_radio = ""
        # What a look at this computer still has to bring: word of the radio, and of everything else.
        self._awaited: frozenset[type[Event]] = frozenset()
        self._forget_device()

    def _forget_device(self) -> None:
        """Another run may meet another device; what the user gave waits for the same one."""
        # The device that the user (now, or in the try before) said is the one.
        self.confirmed: Subject | None = None
        # This run has its answer: who asks again does so because that one did not do.
        self._network_known = False
        # What the registry knows of a device that turned out to be the user's own.
        self.record: DeviceRecord | None = None
        # How the user answered a wrong number that was shown on request.
        self.lesson: Lesson | None = None

    @property
    def subject(self) -> object:
        return self.question or self.record or self.outcome or self.error or self.cancelled

    @property
    def settings(self) -> DeviceSettings | None:
        return self._answers.settings(self.confirmed) if self._answers is not None else None

    # --- the user's gestures -----------------------------------------------------------------------

    def begin(
        self,
        code: SetupCode | None,
        chosen: FoundDevice | None = None,
        *,
        shown: Secret | None = None,
        tagged: TaggedDevice | None = None,
        shown_by: ShownBy = ShownBy.LIGHT,
        on_reader: bool = False,
    ) -> Commands:
        """Commission the device of a code, the chosen one, the one that shows a secret, or the one that a tag
        names. The page stays while it is looked for.
        """
        start = StartRun(code, chosen, shown, tagged, shown_by, on_reader)
        commands: Commands = ()
        if self.cancelling and self._move(Input.BEGIN):
            self._next = start
        elif not (commands := self._launch(start, Input.BEGIN)):
            return ()
        if (code, chosen) != (self.code, self.chosen):
            self.unsettled = False
        self.code, self.chosen, self.shown, self.tagged = code, chosen, shown, tagged
        self.shown_by, self.on_reader, self._answers, self.tour = shown_by, on_reader, None, None
        self._tries, self._shown_since = 1, self.clock()
        return commands

    def begin_tour(self, tour: Tour) -> Commands:
        """Commission the tour's device; its page is the one with the steps from the first moment on."""
        commands = self.begin(None)
        if commands:
            self.tour = tour
            self.proceed()
        return commands

    def learn(self, question: Question[Any] | None, matched: bool) -> Commands:
        """The user compared a wrong number that was shown on request: the run ends, whatever the answer."""
        if not isinstance(question, CompareNumbers):
            return ()
        commands = self._answer(question, False)
        if commands:
            self.lesson = Lesson(matched, question.number, wrong_number(question.number))
        return commands

    def proceed(self) -> None:
        """The search takes long, or the user does not want to wait on the scan page."""
        self._move(Input.PROCEED)

    def answer(self, question: Question[Any] | None, answer: object) -> Commands:
        refused = isinstance(question, ConfirmDevice) and not answer
        if refused:
            # "Not this one" counts however late it comes.
            self._answers = None
            return self.cancel() if question is self.question else ()
        commands = self._answer(question, answer)
        if not commands:
            return ()
        if isinstance(question, ConfirmDevice):
            self.confirmed = Subject.of(self.code, question.device)
            if self._answers is None or not self._answers.is_of(self.confirmed):
                self._answers = DeviceAnswers(self.confirmed)
            if isinstance(answer, OwnedFabric):
                self._answers = replace(self._answers, fabric=answer)
        elif isinstance(answer, DeviceSettings) and self._answers is not None:
            self._keep(answer, self._answers)
        return commands

    def _keep(self, settings: DeviceSettings, answers: DeviceAnswers) -> None:
        """Keep what was given for the confirmed device."""
        if answers.is_of(self.confirmed):
            self._answers = answers.with_settings(settings, self.known.session)
            self._network_known = True

    def try_again(self) -> Commands:
        """The same once more. The same device gets what it was given, except a Wi-Fi answer in doubt."""
        error = self.error
        if self.running or error is None:
            return ()
        start = StartRun(self.code, self.chosen, self.shown, self.tagged, self.shown_by, self.on_reader)
        if (start == StartRun(None) and self.tour is None) or self._is_spent:
            return self.leave()
        commands = self._launch(start, Input.RETRY)
        if commands and self._answers is not None and isinstance(error, WIFI_IN_DOUBT):
            self._answers = self._answers.doubt()
        return commands

    @property
    def _is_spent(self) -> bool:
        """The secret that was shown counts no more, here as at its device (RP1 section 5)."""
        if self.shown is None:
            return False
        return self._tries >= MOST_TRIES or self.clock() - self._shown_since >= SHOWN_SECONDS

    def open_scan(self) -> Commands:
        """The first page. A run that goes on is cancelled first."""
        return self.cancel()

    def leave_scan(self) -> Commands:
        """Another section of the window came to the front."""
        self._awaited = frozenset()
        return (StopLooking(),) if self.page in LOOKING and not self.running else ()

    def look(self) -> Commands:
        """A page that shows what is around, or what this computer has, came to the front."""
        if self.page not in LOOKING or self.running:
            return ()
        return (LookAround(),) if self.page is Page.SCAN else (LookAround(), Examine())

    @property
    def checking(self) -> bool:
        """What this computer has is looked for, because its user wanted that; the page stays meanwhile."""
        return bool(self._awaited)

    def check_again(self) -> Commands:
        """Look anew what this computer has. A run that a missing radio stopped goes on once that is there."""
        if self.checking or not (commands := self.look()):
            return ()
        self._awaited = frozenset((RadioReady, Examined))
        return (StopLooking(), *commands)

    def _move(self, given: Input) -> bool:
        moved = super()._move(given)
        if moved:
            self._awaited = frozenset()
        return moved

    def take(self, event: Event) -> Commands:
        commands = super().take(event)
        told = RadioReady if isinstance(event, RadioMissing) else type(event)
        if told not in self._awaited:
            return commands
        self._awaited -= {told}
        stopped = self.page is Page.REQUIREMENTS and self.error is not None
        return (*commands, *self.try_again()) if isinstance(event, RadioReady) and stopped else commands

    def show_welcome(self) -> Commands:
        """The first page of all."""
        return self._show_apart(Input.SHOW_WELCOME)

    def show_real_device(self) -> Commands:
        """What this computer has and lacks for a real device."""
        return self._show_apart(Input.SHOW_REAL_DEVICE)

    def show_ways(self) -> None:
        """The ways to set devices up, side by side."""
        self._move(Input.SHOW_WAYS)

    def show_restore(self) -> None:
        """The form for a backup."""
        self._move(Input.SHOW_RESTORE)

    def _show_apart(self, given: Input) -> Commands:
        """A page before the scan page, without what was before."""
        if not self._move(given):
            return ()
        self.code = self.chosen = self.shown = self.tagged = self.cancelled = self.tour = None
        self.shown_by, self.on_reader = ShownBy.LIGHT, False
        self.unsettled = False
        self._begin_anew()
        return self.look()

    def leave(self) -> Commands:
        """Back to the first page without the code, the device and what was given for it."""
        if not self.running:
            self.code = self.chosen = self.shown = self.tagged = self.cancelled = self.tour = None
            self.shown_by, self.on_reader = ShownBy.LIGHT, False
            self.unsettled = False
        return self.cancel()

    def use_another_code(self) -> Commands:
        """The next device: this one's network and room are suggested for it, unless they are in doubt."""
        settings = self.settings
        if not self.running and settings is not None and not isinstance(self.error, WIFI_IN_DOUBT):
            wifi, room = settings.wifi, settings.room
            before = replace(self.suggestion, room=room)
            self.suggestion = (
                before if wifi is None else replace(before, wifi=wifi, scanned=False, from_tag=False)
            )
        return self.leave()

    def suggest(self, wifi: WifiCredentials, *, from_tag: bool = False) -> None:
        """Offer a network to the next device that asks for one."""
        self.suggestion = replace(self.suggestion, wifi=wifi, scanned=not from_tag, from_tag=from_tag)

    def suggest_mesh(self, dataset: Secret) -> None:
        """Offer a Thread network to the next device that asks for one."""
        self.suggestion = replace(self.suggestion, thread=dataset)

    def show_missing(self) -> None:
        """What this computer lacks."""
        self._move(Input.SHOW_REQUIREMENTS)

    def use_radio(self, spec: str) -> Commands:
        """Another radio, such as the virtual one; then the first page."""
        return (*self.change_radio(spec), *self.open_scan())

    def change_radio(self, spec: str) -> Commands:
        """Another radio, and the page stays."""
        self.radio, self.nearby, self.wanted_radio = None, (), spec
        return (UseRadio(spec),)

    def _device_name(self) -> str:
        """What the device of this run is called, by its user if possible; "" where none was found."""
        if self.settings is not None and self.settings.name:
            return self.settings.name
        named = self.device or self.found
        return named.name if named is not None else ""

    # --- how a run begins and ends -----------------------------------------------------------------

    def _launch(self, start: StartRun, given: Input) -> Commands:
        commands = self._start(start, given)
        if commands:
            self._tries += 1
            self._forget_device()
        return commands

    def _take_aside(self, event: Event) -> Commands:
        if isinstance(event, DeviceRecalled) and self.state is FlowState.YOURS:
            self.record = event.record
        return ()

    def _follow(self, event: Event) -> Commands:
        return self._follow_run(event)

    def _known_answer(
        self, question: Question[Any]
    ) -> bool | OwnedFabric | DeviceSettings | FoundDevice | None:
        """The answer of an earlier try with this very device.

        A comparison, a risk or a typed secret is never answered so.
        """
        if self.tour is not None and (preset := self._preset_answer(question, self.tour)) is not None:
            return preset
        if self._answers is None:
            return None
        if isinstance(question, ConfirmDevice):
            subject = Subject.of(self.code, question.device)
            if not self._answers.is_of(subject):
                return None
            self.confirmed = subject
            return self._answers.confirmation(question)
        if isinstance(question, ChooseNetwork) and not self._network_known:
            known = self._answers.answer(self.confirmed, question, self.known.session)
            self._network_known = known is not None
            return known
        return None

    def _preset_answer(
        self, question: Question[Any], tour: Tour
    ) -> bool | DeviceSettings | FoundDevice | None:
        """What a tour knows beforehand. A network that did not do is asked for like any other."""
        if isinstance(question, ChooseDevice):
            return tour.choose(question)
        if isinstance(question, ConfirmDevice):
            self.chosen = question.device
            self.confirmed = Subject.of(None, question.device)
            self._answers = DeviceAnswers(self.confirmed)
            return True
        if isinstance(question, ChooseNetwork) and question.problem is None and self._answers is not None:
            self._keep(tour.settings, self._answers)
            return tour.settings
        return None

    def _finish(self, outcome: Outcome) -> Commands:
        if self.state is FlowState.RESTARTING and self._next is not None:
            return self._launch(self._next, Input.ENDED)
        commissioned = outcome.result is Result.COMMISSIONED
        if isinstance(outcome.error, Cancelled):
            self._note_cancelled(self._device_name())
        if self.cancelling and not commissioned:
            self._answers = None
        if outcome.result is not Result.FAILED:
            self.unsettled = outcome.result is Result.UNCONFIRMED
        elif isinstance(outcome.error, Cancelled) and outcome.facts.delivery in OPEN:
            self.unsettled = True
        if isinstance(outcome.error, Cancelled):
            return self._end_cancelled()
        self._move(Input.COMMISSIONED if commissioned else self._failure(outcome.error))
        self._note_outcome(outcome)
        if isinstance(outcome.error, AlreadyYours):
            return (RecallDevice(str(outcome.error.facts.get("device", ""))),)
        return ()

    def _refuse(self, error: CompanionError) -> Commands:
        if self.state is FlowState.RESTARTING and self._next is not None:
            return self._launch(self._next, Input.ENDED)
        if self.cancelling:
            self._answers = None
        if isinstance(error, Cancelled):
            return self._end_cancelled()
        self._fail(error)
        return ()

    def _failure(self, error: CompanionError | None) -> Input:
        if self.lesson is not None:
            return Input.LEARNED
        if isinstance(error, AlreadyYours):
            return Input.ALREADY_YOURS
        if isinstance(error, RadioError) and error.code >= FIRST_MISSING_RADIO:
            if self.radio is not None:
                self.radio = RadioMissing(self.radio.spec, error)
            return Input.RADIO_MISSING
        return Input.FAILED

    def _end_cancelled(self) -> Commands:
        self._move(Input.CANCELLED)
        return self._begin_anew()

    def _go_back(self) -> Commands:
        return self._begin_anew() if self._move(Input.BACK) else ()

    def _begin_anew(self) -> Commands:
        """The scan page, with nothing left of the run before."""
        self._reset_run()
        self._forget_device()
        self._answers = None
        return (LookAround(),)
