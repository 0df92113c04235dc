"""A user who does anything, the window's flow, and an engine that may tell anything: see test_answers_stay.

Everything that this user types is typed once, so that it can be told for whom it was.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Any

from companion.claims import SessionFacts
from companion.errors import (
    Cancelled,
    CompanionError,
    LinkLostError,
    OutcomeUnknown,
)
from companion.events import (
    CredentialDelivered,
    Event,
    Found,
    LinkLost,
    RunFinished,
    RunStarted,
    Secured,
    StepStarted,
)
from companion.model import (
    Credential,
    DeviceIdentity,
    DeviceSettings,
    Network,
    Step,
    Text,
    WifiCredentials,
)
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    SameSerial,
    ScanAgain,
    SerialKnown,
    SetupSecret,
)
from companion.secret import Secret
from tests.ui.support.flows import WEAK, outcome
from tests.ui.support.player_world import (
    CHANNELS,
    CODES,
    DEVICES,
    ENDS,
    METHODS,
    SEEN,
    Ledger,
    Run,
    Target,
    target_of,
    typed_in,
)
from ui.engine.messages import Answer, CancelRun, PassphraseNeeded, RunRefused, StartRun
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Commands
from ui.flow.state import Page
from ui.present import devices, network


class Player:
    """One sequence. `play` raises AssertionError where an answer would reach the wrong device."""

    def __init__(self) -> None:
        self.flow = CommissioningFlow(clock=lambda: 0.0)
        self.ledger = Ledger()
        # What its user wants to be offered for the next device.
        self.offered: set[Any] = set()
        self.run: Run | None = None
        self.down: deque[Any] = deque()
        self.up: deque[Event] = deque()
        self.asked: dict[int, tuple[Question[Any], Run]] = {}
        self.clicked: dict[int, list[Any]] = {}
        # All that was ever typed for a device.
        self.told: dict[Target, set[Any]] = {}
        self.diary: list[str] = []
        self.count = 0
        self.screen: tuple[Page, Question[Any] | None, Any] = (Page.SCAN, None, None)
        self.finished = 0
        self.repeated = 0

    def play(self, moves: bytes) -> None:
        for move in moves:
            kind, choice = move % 16, move // 16
            if kind < 7:
                self.work(choice)
            if kind < 6:
                self.hear()
            if 7 <= kind < 13:
                self.look()
            if 7 <= kind < 14:
                self.click(choice)
            elif kind == 14:
                self.turn(choice)
            elif kind == 15:
                self.linger(choice)

    # --- what crosses --------------------------------------------------------------------------------

    def send(self, commands: Commands) -> None:
        for command in commands:
            self.diary.append(f"    to the engine: {_told(command)}")
            if isinstance(command, StartRun):
                assert self.run is None or self.run.over, "two runs at once"
                self.run = Run(command, self.ledger)
            else:
                if isinstance(command, Answer):
                    self.check(command)
                self.down.append(command)

    def hear(self) -> None:
        while self.up:
            event = self.up.popleft()
            self.diary.append(f"  from the engine: {_told(event)}")
            self.send(self.flow.take(event))
        self.check_shown()

    def check(self, command: Answer) -> None:
        """An answer goes down: its user gave it, for the device of the question."""
        question, run = self.asked[id(command.question)]
        clicked = self.clicked.get(id(question), [])
        match question:
            case ConfirmDevice():
                said = run.who(question.device) in self.ledger.confirmed
                assert not command.answer or said, f"nobody said that it is {question.device}"
            case ChooseNetwork() if isinstance(command.answer, DeviceSettings):
                self.leaves(command.answer, run, self.ledger)
            case ChooseNetwork():
                assert isinstance(command.answer, ScanAgain)
            case _:
                assert command.answer in clicked, f"nobody answered {question} with {command.answer}"
        self.repeated += isinstance(command.answer, DeviceSettings) and command.answer not in clicked

    def leaves(self, answer: DeviceSettings, run: Run, ledger: Ledger) -> None:
        """This goes to the run's device: it was given for this one, and for this way."""
        strange = typed_in(answer) - ledger.given.get(run.target, set())
        assert not strange, f"{sorted(strange)} was never given for {run.target}"

    def check_shown(self) -> None:
        """No page calls a device by the name that was given to another one."""
        name, found = devices.device_name(self.flow), self.flow.found
        if name.startswith("name-"):
            assert found is not None
            assert name in self.told.get(target_of(self.flow.code, found), ()), (
                f"{found.name} is shown as {name}"
            )

    # --- the engine ----------------------------------------------------------------------------------

    def work(self, choice: int) -> None:
        """The engine obeys, then goes one step on."""
        run = self.run
        while self.down:
            command = self.down.popleft()
            if run is None or run.over:
                continue
            if isinstance(command, CancelRun):
                run.cancelled = True
            elif isinstance(command, Answer) and command.question is run.pending:
                self.obey(run, command)
        if run is not None and not run.over:
            self.step(run, choice)

    def obey(self, run: Run, command: Answer) -> None:
        run.pending = None
        if isinstance(command.question, ChooseDevice):
            run.device = command.answer
        elif isinstance(command.answer, ScanAgain):
            assert isinstance(command.question, ChooseNetwork)
            self.ask(run, replace(command.question, networks=SEEN[:1]))

    def step(self, run: Run, choice: int) -> None:
        if run.cancelled:
            late = run.stage > 3
            self.end(run, {1: OutcomeUnknown(), 2: None}.get(choice, Cancelled()) if late else Cancelled())
        elif run.pending is not None:
            if choice == 15:
                self.end(run, LinkLostError())
        elif run.stage == 0:
            self.start(run, choice)
        elif run.stage == 1:
            self.find(run, choice)
        elif run.stage == 2:
            self.secure(run, choice)
        else:
            self.go_on(run, choice)

    def start(self, run: Run, choice: int) -> None:
        if choice == 0:
            self.ask(run, PassphraseNeeded(False))
        elif choice == 1:
            run.over = True
            self.up.append(RunRefused(LinkLostError()))
        else:
            run.stage = 1
            self.up.append(RunStarted("run", run.start.code))

    def find(self, run: Run, choice: int) -> None:
        """The chosen device, any that fits the code, or the one that its user picks."""
        if run.device is None and run.start.code is None:
            self.ask(run, ChooseDevice(DEVICES))
            return
        if run.device is None:
            fitting = next(fitting for code, fitting in CODES if code is run.start.code)
            run.device = fitting[choice % len(fitting)]
        run.stage = 2
        self.up.append(Found(run.device))
        self.ask(run, ConfirmDevice(run.device))

    def secure(self, run: Run, choice: int) -> None:
        run.stage = 3
        assert run.device is not None
        methods = METHODS[run.device.protocol]
        run.method = methods[choice % len(methods)]
        self.up += (
            StepStarted(Step.CONNECT),
            Secured(run.method, None, SessionFacts(run.method, CHANNELS[run.method])),
        )

    def go_on(self, run: Run, choice: int) -> None:
        """Any question, any end."""
        device = run.device
        question: Question[Any] | None = None
        assert device is not None
        if choice < 6:
            run.stage = 4
            order = getattr(run.start, "order", None)
            if order is not None and order.wifi is not None:
                # Should a start ever carry answers, they reach whatever the run found.
                self.leaves(
                    DeviceSettings(order.name or device.name, order.room, order.wifi), run, run.ledger
                )
                return
            draft = DeviceSettings(device.name) if choice % 2 else None
            problem = Text("Wrong") if choice == 5 else None
            question = ChooseNetwork(
                SEEN, draft, problem, needs_wifi=choice != 4, suggested_name=device.name, rescan=_rescan
            )
        elif choice == 6:
            question = AcceptRisk(WEAK)
        elif choice == 7:
            question = EnterSecret(device)
        elif choice == 8:
            question = CompareNumbers("482-913")
        elif choice == 9:
            self.up.append(LinkLost(1))
        elif choice == 10:
            question = SerialKnown(DeviceIdentity("new", device.name), (DeviceIdentity("old", "Lamp"),))
        elif run.stage == 4:
            self.up.append(CredentialDelivered(Credential("wifi")))
            self.end(run, ENDS[choice % len(ENDS)])
        if question is not None:
            self.ask(run, question)

    def ask(self, run: Run, question: Question[Any]) -> None:
        run.pending = question
        self.asked[id(question)] = (question, run)
        self.up.append(question)

    def end(self, run: Run, error: CompanionError | None) -> None:
        run.over = True
        self.finished += 1
        self.up.append(RunFinished(outcome(error, Step.HAND_OVER if error is not None else None)))

    # --- the user ------------------------------------------------------------------------------------

    def word(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count:08}"

    def wifi(self) -> WifiCredentials:
        return WifiCredentials(self.word("net").encode(), Secret(self.word("pass")))

    def look(self) -> None:
        """The window is painted: a click is about what it showed last."""
        question = self.flow.question
        view = network.network(question, self.flow) if isinstance(question, ChooseNetwork) else None
        self.screen = (self.flow.page, question, view)
        if view is not None:
            self.check_offer(self.asked[id(question)][1], view)

    def check_offer(self, run: Run, view: Any) -> None:
        """What is filled in: the device's own, what was given for it, or what is to be offered again."""
        mine = self.ledger.for_device(run.who())
        strange = typed_in(DeviceSettings(view.name)) - mine
        strange |= typed_in(DeviceSettings("", view.room, view.chosen)) - mine - self.offered
        assert not strange, f"{sorted(strange)} is filled in for {run.target}"

    def click(self, choice: int) -> None:
        page, question, view = self.screen
        if question is not None:
            self.reply(question, view, choice)
        elif page is Page.SCAN:
            self.begin(choice)
        elif page is Page.PROGRESS:
            self.wish("cancel", forgets=True, wanted=choice == 0)
        elif page is Page.SUCCESS or choice in (0, 1, 2):
            self.offered |= set().union(*self.ledger.given.values())
            if self.flow.page is Page.SUCCESS and self.run is not None:
                # A cancel that came too late: the device is set up, and has what it was given.
                self.offered |= self.told.get(self.run.who(), set())
            self.wish("use_another_code", forgets=True)
        elif choice == 3:
            self.wish("leave", forgets=True)
        elif page in (Page.PROBLEM, Page.REQUIREMENTS):
            self.wish("try_again")

    def wish(self, name: str, *, forgets: bool = False, wanted: bool = True) -> None:
        """A button that answers nothing. forgets: what was given goes with it."""
        if wanted:
            if forgets:
                self.ledger = Ledger()
            self.diary.append(f"user: {name}")
            self.send(getattr(self.flow, name)())

    def begin(self, choice: int) -> None:
        if choice == 15:
            self.wish("cancel", forgets=True)
            return
        if self.flow.page is Page.SCAN and (not self.flow.running or self.flow.cancelling):
            self.ledger = Ledger()
            pick: tuple[Any, Any] = (None, None)
            if choice < 2 * len(CODES):
                pick = (CODES[choice % len(CODES)][0], None)
            elif choice < 14:
                pick = (None, DEVICES[choice % len(DEVICES)])
            self.diary.append(f"user: begin {pick[0] and pick[0].title} {pick[1] and pick[1].address}")
            self.send(self.flow.begin(*pick))

    def reply(self, question: Question[Any], view: Any, choice: int) -> None:
        """Press a button of the page that was painted last."""
        run = self.asked[id(question)][1]
        if isinstance(question, ChooseNetwork) and choice > 13:
            self.send(self.flow.rescan(question))
            return
        answer = self.answer_to(question, view, choice)
        if isinstance(question, ConfirmDevice) and answer:
            self.ledger.confirmed.add(run.who(question.device))
        elif isinstance(question, ConfirmDevice):
            self.ledger = Ledger()
        if isinstance(answer, DeviceSettings):
            self.ledger.given.setdefault(run.target, set()).update(typed_in(answer))
            self.told.setdefault(run.who(), set()).update(typed_in(answer))
        self.clicked.setdefault(id(question), []).append(answer)
        self.diary.append(f"user: {type(question).__name__} of {run.device and run.device.address}: {answer}")
        self.send(self.flow.answer(question, answer))

    def answer_to(self, question: Question[Any], view: Any, choice: int) -> Any:
        match question:
            case ChooseDevice():
                return DEVICES[choice % len(DEVICES)]
            case EnterSecret():
                return SetupSecret(Secret(self.word("secret")))
            case SerialKnown():
                return tuple(SameSerial)[choice % len(SameSerial)]
            case PassphraseNeeded():
                return Secret(self.word("key"))
            case ChooseNetwork() if choice < 7 and (view.chosen is not None or not view.needs_wifi):
                return DeviceSettings(view.name, view.room, view.chosen if view.needs_wifi else None)
            case ChooseNetwork():
                return DeviceSettings(
                    self.word("name"), self.word("room"), self.wifi() if view.needs_wifi else None
                )
        return choice < 13

    def turn(self, choice: int) -> None:
        """Another section and back, a `WIFI:` code, a long search, the page of what is missing."""
        if choice < 4:
            wifi = self.wifi()
            self.offered |= typed_in(DeviceSettings("", "", wifi))
            self.flow.suggest(wifi)
        elif choice < 8:
            self.flow.proceed()
        elif choice < 10:
            self.flow.show_missing()
        elif choice < 12:
            self.wish("cancel", forgets=True)
        else:
            self.send(self.flow.leave_scan())
            if self.flow.page is Page.SCAN and not self.flow.running:
                self.wish("open_scan", forgets=True)

    def linger(self, choice: int) -> None:
        """A question of an earlier run comes late, before the next one says that it began."""
        if self.asked and (self.run is None or self.run.over or self.run.stage == 0):
            questions = [question for question, run in self.asked.values() if run is not self.run]
            if questions:
                self.up.append(questions[choice % len(questions)])


def _told(message: Any) -> str:
    """A command or an event for the diary of a sequence."""
    told = getattr(message, "question", message)
    device = getattr(told, "device", None)
    about = [getattr(device, "address", ""), str(getattr(message, "answer", ""))]
    return " ".join([type(message).__name__, type(told).__name__, *about])


async def _rescan() -> tuple[Network, ...]:
    return SEEN
