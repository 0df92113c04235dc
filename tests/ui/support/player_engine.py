"""An engine that may tell anything: see `player`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
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
)
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    ScanAgain,
    SerialKnown,
    TryAgain,
)
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
)
from ui.engine.commands import Answer, CancelRun
from ui.engine.events import PassphraseNeeded, RunRefused


class AnyEngine:
    """Obeys its commands (`down`), and puts what a run could tell and ask into `up`, as the moves choose.

    leaves: called with what would be sent to the run's device
    """

    def __init__(self, leaves: Callable[[DeviceSettings, Run, Ledger], None]) -> None:
        self.run: Run | None = None
        self.down: deque[Any] = deque()
        self.up: deque[Event] = deque()
        self.asked: dict[int, tuple[Question[Any], Run]] = {}
        self._leaves = leaves

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
                self._leaves(
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
        elif choice == 11:
            question = TryAgain(Text("It can't be reached"), Text("Turn IPv6 on."))
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
        self.up.append(RunFinished(outcome(error, Step.HAND_OVER if error is not None else None)))


async def _rescan() -> tuple[Network, ...]:
    return SEEN
