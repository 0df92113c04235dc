"""The flow of commissioning, without a pixel: every event family leads to its page, in any order."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import (
    Cancelled,
    CompanionError,
    KeyStoreUnavailable,
    LinkLostError,
    NoAdapter,
    OutcomeUnknown,
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
    Secured,
    SecurityFound,
    StepFinished,
    StepStarted,
)
from companion.model import DeviceIdentity, Step, Text
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, CompareNumbers, ConfirmDevice
from tests.ui.support.flows import CODE, DEVICE, HANDOVER, OTHER, WEAK, begun, connected, outcome
from ui.engine.commands import Answer, StartRun
from ui.engine.events import EngineFailed, RadioMissing, RunRefused
from ui.flow.commissioning import CommissioningFlow
from ui.flow.state import Page, StepState


def test_a_run_goes_through_its_pages() -> None:
    flow = begun()
    assert (flow.page, flow.searching) == (Page.SCAN, True)
    ask = ConfirmDevice(DEVICE, (WEAK,))
    flow.take(ask)
    assert (flow.page, flow.found, flow.findings) == (Page.CONFIRMATION, DEVICE, (WEAK,))
    assert flow.answer(ask, True) == (Answer(ask, True),)
    assert flow.page is Page.PROGRESS
    flow.take(StepStarted(Step.CONFIRM))
    compare = CompareNumbers("482-913")
    flow.take(compare)
    assert (flow.page, flow.question) == (Page.COMPARISON, compare)
    assert flow.answer(compare, True) == (Answer(compare, True),)
    network = ChooseNetwork()
    flow.take(network)
    assert flow.page is Page.NETWORK
    flow.answer(network, HANDOVER)
    assert (flow.page, flow.settings) == (Page.PROGRESS, HANDOVER)
    flow.take(RunFinished(outcome()))
    assert (flow.page, flow.running) == (Page.SUCCESS, False)


def test_a_click_that_comes_twice_is_one_answer() -> None:
    flow = begun()
    ask = ConfirmDevice(DEVICE)
    flow.take(ask)
    assert flow.answer(ask, True)
    assert flow.answer(ask, True) == ()


def test_a_click_that_was_meant_for_another_question_answers_nothing() -> None:
    flow = connected()
    compare, risk = CompareNumbers("482-913"), AcceptRisk(WEAK)
    flow.take(compare)
    flow.take(risk)
    assert flow.answer(compare, True) == (), "numbers that match accept no risk"
    assert flow.question is risk


def test_what_an_earlier_run_asked_is_not_asked_in_the_next_one() -> None:
    flow = connected()
    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    flow.try_again()
    flow.take(ChooseNetwork())
    assert (flow.page, flow.question) == (Page.PROGRESS, None)


def test_steps_say_what_is_known() -> None:
    flow = begun(clock=7.0)
    flow.take(Progress(Step.FIND, Text("Looking")))
    line = flow.current
    assert line is not None and (line.step, line.began, str(line.text)) == (Step.FIND, 7.0, "Looking")
    connected(flow)
    assert (flow.steps[Step.FIND].state, flow.steps[Step.FIND].seconds) == (StepState.DONE, 6.2)
    assert flow.current is flow.steps[Step.CONNECT]
    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    assert (flow.steps[Step.CONNECT].state, flow.steps[Step.CONNECT].seconds) == (StepState.FAILED, 0.5)


def test_a_long_search_moves_to_the_working_page_when_asked() -> None:
    flow = begun()
    flow.proceed()
    assert flow.page is Page.PROGRESS
    flow.take(ConfirmDevice(DEVICE))
    flow.proceed()
    assert flow.page is Page.CONFIRMATION


def test_what_the_user_must_do_stays_until_the_run_goes_on() -> None:
    flow = connected()
    flow.take(ActionNeeded(Text("Press the button")))
    assert isinstance(flow.notice, ActionNeeded)
    flow.take(LinkLost(1))
    assert flow.notice == LinkLost(1)
    flow.take(Connected(247, again=True))
    assert flow.notice is None


def test_without_a_code_the_user_picks() -> None:
    flow = CommissioningFlow()
    flow.begin(None)
    flow.take(RunStarted("run-1", None))
    question = ChooseDevice((DEVICE, OTHER))
    flow.take(question)
    assert flow.page is Page.DEVICE_CHOICE
    assert flow.answer(question, OTHER) == (Answer(question, OTHER),)


EVENTS: list[Event] = [
    RunStarted("run-1", CODE),
    StepStarted(Step.FIND),
    StepStarted(Step.CONFIRM),
    StepFinished(Step.FIND, 1.0, Text("x")),
    Progress(Step.SECURE, Text("y")),
    Found(DEVICE),
    Connected(23),
    LinkLost(1),
    Secured("nc", None),
    Identified(DeviceIdentity("d", "n")),
    SecurityFound(WEAK),
    ActionNeeded(Text("z")),
    ConfirmDevice(DEVICE),
    ChooseDevice((DEVICE,)),
    CompareNumbers("1"),
    AcceptRisk(WEAK),
    ChooseNetwork(),
    RunFinished(outcome()),
    RunFinished(outcome(Cancelled(), Step.FIND)),
    RunFinished(outcome(OutcomeUnknown(), Step.CHECK)),
    RunFinished(outcome(NoAdapter(), Step.FIND)),
    EngineFailed(CompanionError("x")),
    RunRefused(KeyStoreUnavailable()),
    RadioMissing("os", NoAdapter()),
    Event(),
]


WISHES: list[tuple[str, tuple[Any, ...]]] = [
    ("begin", (CODE,)),
    ("begin", (None, DEVICE)),
    ("proceed", ()),
    ("answer", (True,)),
    ("answer", (False,)),
    ("cancel", ()),
    ("try_again", ()),
    ("use_another_code", ()),
    ("leave", ()),
    ("show_missing", ()),
    ("open_scan", ()),
]


def wish(flow: CommissioningFlow, name: str, given: tuple[Any, ...]) -> Any:
    return getattr(flow, name)(*((flow.question,) if name == "answer" else ()), *given)


@given(st.lists(st.one_of(st.sampled_from(EVENTS), st.sampled_from(WISHES)), max_size=30))
@settings(deadline=None)
def test_no_order_of_events_and_wishes_leads_to_a_dead_end(moves: list[Any]) -> None:
    flow = CommissioningFlow()
    started = 0
    ended = 0
    for move in moves:
        was_running = flow.running
        commands = flow.take(move) if isinstance(move, Event) else wish(flow, *move)
        started += sum(isinstance(command, StartRun) for command in commands or ())
        ended += was_running and isinstance(move, RunFinished | RunRefused)
        assert started - ended == flow.running, "two runs at once, or one that was forgotten"
        if flow.page in (Page.CONFIRMATION, Page.COMPARISON, Page.NETWORK, Page.RISK, Page.DEVICE_CHOICE):
            assert flow.question is not None, "a page that asks without a question"
        if flow.page is Page.SUCCESS:
            assert flow.outcome is not None
        if flow.page is Page.PROBLEM:
            assert flow.error is not None
