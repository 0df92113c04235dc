"""A user who does anything, the window's flow, and an engine that may tell anything: see test_answers_stay.

Everything that this user types is typed once, so that it can be told for whom it was.
"""

from __future__ import annotations

from typing import Any

from companion.model import (
    DeviceSettings,
    WifiCredentials,
)
from companion.questions import (
    ChooseDevice,
    ChooseNetwork,
    ConfirmDevice,
    EnterSecret,
    Question,
    SameSerial,
    ScanAgain,
    SerialKnown,
    SetupSecret,
)
from companion.secret import Secret
from tests.ui.support.player_engine import AnyEngine
from tests.ui.support.player_world import (
    CODES,
    DEVICES,
    Ledger,
    Run,
    Target,
    target_of,
    typed_in,
)
from ui.engine.commands import Answer, StartRun
from ui.engine.events import PassphraseNeeded
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
        self.engine = AnyEngine(self.leaves)
        self.clicked: dict[int, list[Any]] = {}
        # All that was ever typed for a device.
        self.typed: dict[Target, set[Any]] = {}
        self.diary: list[str] = []
        self.count = 0
        self.screen: tuple[Page, Question[Any] | None, Any] = (Page.SCAN, None, None)
        self.repeated = 0

    def play(self, moves: bytes) -> None:
        for move in moves:
            kind, choice = move % 16, move // 16
            if kind < 7:
                self.engine.work(choice)
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
            self.diary.append(f"    to the engine: {_line(command)}")
            if isinstance(command, StartRun):
                assert self.engine.run is None or self.engine.run.over, "two runs at once"
                self.engine.run = Run(command, self.ledger)
            else:
                if isinstance(command, Answer):
                    self.check(command)
                self.engine.down.append(command)

    def hear(self) -> None:
        while self.engine.up:
            event = self.engine.up.popleft()
            self.diary.append(f"  from the engine: {_line(event)}")
            self.send(self.flow.take(event))
        self.check_shown()

    def check(self, command: Answer) -> None:
        """An answer goes down: its user gave it, for the device of the question."""
        question, run = self.engine.asked[id(command.question)]
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
            assert name in self.typed.get(target_of(self.flow.code, found), ()), (
                f"{found.name} is shown as {name}"
            )

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
            self.check_offer(self.engine.asked[id(question)][1], view)

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
            if self.flow.page is Page.SUCCESS and self.engine.run is not None:
                # A cancel that came too late: the device is set up, and has what it was given.
                self.offered |= self.typed.get(self.engine.run.who(), set())
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
        run = self.engine.asked[id(question)][1]
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
            self.typed.setdefault(run.who(), set()).update(typed_in(answer))
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
        run = self.engine.run
        if self.engine.asked and (run is None or run.over or run.stage == 0):
            earlier = [question for question, its_run in self.engine.asked.values() if its_run is not run]
            if earlier:
                self.engine.up.append(earlier[choice % len(earlier)])


def _line(message: Any) -> str:
    """A command or an event for the diary of a sequence."""
    subject = getattr(message, "question", message)
    device = getattr(subject, "device", None)
    about = [getattr(device, "address", ""), str(getattr(message, "answer", ""))]
    return " ".join([type(message).__name__, type(subject).__name__, *about])
