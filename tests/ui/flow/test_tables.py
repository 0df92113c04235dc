"""The flows' tables: every row is taken by gestures and events, and the README shows what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from companion.administration import Sharing
from companion.errors import (
    AlreadyYours,
    Cancelled,
    ControllersFull,
    DeviceUnreachable,
    KeyStoreUnavailable,
    LinkLostError,
    NoAdapter,
    QueryFirst,
    TrustUnusable,
    WrongPassphrase,
)
from companion.events import Event, RevocationReason, RunFinished, RunStarted, SharingOpened, StepStarted
from companion.model import DeviceIdentity, Network, Step, Text
from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    ReviewAttestation,
    SerialKnown,
    TryAgain,
)
from companion.secret import Secret
from tests.support.ownership_samples import OWNED, TOKEN, UNTIL
from tests.ui.flow.diagram import README, diagram, with_diagrams
from tests.ui.support.flows import CODE, DEVICE, HANDOVER, OTHER, WEAK, operation_outcome, outcome
from ui.engine.events import EngineFailed, PassphraseNeeded, RunRefused
from ui.engine.ownership_messages import (
    DeviceRevoked,
    ListRenewed,
    NetworksRecalled,
    Terms,
    TokenMade,
    TokensCancelled,
)
from ui.flow.commissioning import CommissioningFlow
from ui.flow.commissioning_table import COMMISSIONING
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.ownership_table import OWNERSHIP
from ui.flow.state import QUESTIONS, FlowState, Input, Page
from ui.flow.table import Rows, Table
from ui.flow.tasks import Task

SHARING = Sharing(Secret("MT:CODE"), Secret("3497-011-2332"), UNTIL)
Move = Callable[[Any], object]
Edge = tuple[FlowState, Input]


async def rescan() -> tuple[Network, ...]:
    return ()


def tells(event: Event) -> Move:
    return lambda flow: flow.take(event)


def ends(error: Any = None) -> Move:
    return tells(RunFinished(outcome(error, Step.CONNECT if error is not None else None)))


def operation_ends(error: Any = None) -> Move:
    return tells(RunFinished(operation_outcome(error)))


def answers(flow: Flow) -> None:
    flow.answer(flow.question, HANDOVER if isinstance(flow.question, ChooseNetwork) else True)


ASKED = (
    ConfirmDevice(DEVICE),
    ConfirmDevice(OTHER),
    ChooseDevice((DEVICE, OTHER)),
    AcceptRisk(WEAK),
    ReviewAttestation(DeviceIdentity("new", "Lamp"), ()),
    SerialKnown(DeviceIdentity("new", "Lamp"), (DeviceIdentity("old", "Lamp"),)),
    EnterSecret(DEVICE),
    CompareNumbers("482-913"),
    ChooseNetwork(rescan=rescan),
    TryAgain(Text("It can't be reached"), Text("Turn IPv6 on.")),
    PassphraseNeeded(False),
)
BOTH: tuple[Move, ...] = (
    *map(tells, ASKED),
    answers,
    lambda flow: flow.rescan(flow.question),
    lambda flow: flow.cancel(),
    lambda flow: flow.try_again(),
    tells(RunStarted("run-1", CODE)),
    tells(StepStarted(Step.CONNECT)),
    tells(RunRefused(Cancelled())),
    tells(RunRefused(KeyStoreUnavailable())),
    tells(EngineFailed(LinkLostError())),
)
COMMISSIONS: tuple[Move, ...] = (
    *BOTH,
    lambda flow: flow.begin(CODE),
    lambda flow: flow.proceed(),
    lambda flow: flow.show_missing(),
    lambda flow: flow.show_welcome(),
    lambda flow: flow.show_restore(),
    lambda flow: flow.show_real_device(),
    lambda flow: flow.show_ways(),
    lambda flow: flow.learn(flow.question, True),
    ends(),
    ends(Cancelled()),
    ends(LinkLostError()),
    ends(NoAdapter()),
    ends(AlreadyYours(device="rp1-07")),
    tells(EngineFailed(NoAdapter())),
)
# What the engine tells once it has done what needs no device.
RESULTS: dict[Task, Event] = {
    Task.REPROVISION: NetworksRecalled(()),
    Task.CANCEL: TokensCancelled(),
    Task.TRANSFER: TokenMade(Secret(TOKEN), UNTIL, True, ()),
    Task.REVOKE: DeviceRevoked(1, None),
    Task.RENEW: ListRenewed(Path("revoked.crl")),
}
OWNS: tuple[Move, ...] = (
    *BOTH,
    lambda flow: flow.open(),
    lambda flow: flow.operate() if flow.task.operation or flow.task.administration else None,
    lambda flow: flow.share() if flow.task.administration else None,
    lambda flow: flow.remove_controller("2") if flow.task.administration else None,
    lambda flow: flow.stop_sharing(),
    lambda flow: flow.forget(),
    tells(SharingOpened(SHARING)),
    operation_ends(ControllersFull()),
    operation_ends(DeviceUnreachable()),
    lambda flow: flow.give(Terms()),
    lambda flow: flow.revoke(RevocationReason.REPLACED),
    lambda flow: flow.answer(None, HANDOVER),
    operation_ends(),
    operation_ends(Cancelled()),
    operation_ends(QueryFirst(device="rp1-07")),
    operation_ends(WrongPassphrase(ssid="Hafen 12")),
    tells(RunRefused(TrustUnusable("file"))),
    lambda flow: flow.take(RESULTS[flow.task]) if flow.task in RESULTS else None,
)


class CoveredTable(Table):
    """A table that notes which of its rows were taken."""

    def __init__(self, table: Table) -> None:
        super().__init__(table.start, *table.rows)
        self.taken: set[Edge] = set()

    def after(self, state: FlowState, given: Input) -> FlowState | None:
        target = super().after(state, given)
        if target is not None:
            self.taken.add((state, given))
        return target


def explore(begun: Flow, moves: tuple[Move, ...], table: CoveredTable) -> set[FlowState]:
    """Do every move in every situation that moves lead to; the states that were met."""
    begun.table = table
    met = {_situation(begun): begun}
    flows = [begun]
    for flow in flows:
        for move in moves:
            moved = copy(flow)  # what a flow holds are values: its copy goes a way of its own
            move(moved)
            situation = _situation(moved)
            if situation not in met:
                met[situation] = moved
                flows.append(moved)
    return {flow.state for flow in flows}


def _situation(flow: Flow) -> object:
    """What decides on the next move, besides the state."""
    if isinstance(flow, CommissioningFlow):
        more: object = (flow.code is not None, flow._answers is not None, flow.lesson is not None)
    else:
        assert isinstance(flow, OwnershipFlow)
        more = (flow.querying, flow.offline, flow.sharing is not None, flow.closing, flow.task)
    return flow.state, flow._begun, type(flow.error), id(flow.question), more


def test_every_row_of_commissioning_is_taken() -> None:
    table = CoveredTable(COMMISSIONING)
    states = explore(CommissioningFlow(lambda: 0.0), COMMISSIONS, table)
    assert set(table.edges) - table.taken == set()
    assert states == {state for state, _ in table.edges}, "a state without a way out"


def test_every_row_of_ownership_operations_is_taken() -> None:
    table = CoveredTable(OWNERSHIP)
    beside = CommissioningFlow(lambda: 0.0)
    states: set[FlowState] = set()
    for task in Task:
        states |= explore(OwnershipFlow(task, OWNED, beside), OWNS, table)
    assert set(table.edges) - table.taken == set()
    assert states == {state for state, _ in table.edges}, "a state without a way out"


def test_every_state_page_and_input_is_used() -> None:
    edges = {**COMMISSIONING.edges, **OWNERSHIP.edges}
    assert {state for state, _ in edges} == set(FlowState)
    assert {state.page for state in FlowState} == set(Page)
    assert {given for _, given in edges} == set(Input)


def test_no_question_is_without_a_page() -> None:
    """Neither one that the engine asks nor one of a run: a window that has no page for it can't go on."""
    asked = set(_kinds(Question))
    assert asked == set(QUESTIONS)
    assert {type(each) for each in ASKED} == asked
    known = {**COMMISSIONING.edges, **OWNERSHIP.edges}
    for kind, given in QUESTIONS.items():
        pages = {target.page for (_, each), target in known.items() if each is given}
        assert len(pages) == 1, f"{kind.__name__} has {pages}"


def _kinds(of: type[Question[Any]]) -> Iterator[type[Question[Any]]]:
    """What the app can ask; the tests' own are not part of it."""
    for each in of.__subclasses__():
        if not each.__module__.startswith("tests."):
            yield each
        yield from _kinds(each)


def test_rows_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="two rows for"):
        Table(
            FlowState.SCAN,
            Rows(FlowState.SCAN, {Input.BACK: FlowState.SCAN}),
            Rows(FlowState.SCAN, {Input.BACK: FlowState.SUCCESS}),
        )


def test_the_readme_shows_the_tables() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_diagrams(text) == text, "run python -m tests.ui.flow.diagram"
    assert "SEARCHING       search takes long ─► WORKING" in diagram(COMMISSIONING)
