"""The walk's logic, without a pixel: every event family leads to its page, and a retry asks nothing twice."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import (
    AdapterOff,
    Cancelled,
    CancelledOnDevice,
    CompanionError,
    CredentialsRejected,
    EndpointUnreachable,
    KeyStoreUnavailable,
    LinkLostError,
    NoAdapter,
    NumbersDiffer,
    OutcomeUnknown,
    RegistryDamaged,
    WrongIdentity,
    WrongPassphrase,
    WrongSetupSecret,
)
from companion.events import (
    AcceptRisk,
    ActionNeeded,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    Connected,
    EnterSecret,
    Event,
    Found,
    HandedOver,
    Handover,
    Identified,
    LinkLost,
    Progress,
    Question,
    RunFinished,
    RunStarted,
    ScanAgain,
    Secured,
    SecurityFound,
    SetupSecret,
    Step,
    StepFinished,
    StepStarted,
)
from companion.model import (
    Advertisement,
    Commissioned,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    LinkCounts,
    Network,
    SetupCode,
    Severity,
    Text,
    WifiCredentials,
)
from companion.outcome import Outcome, Result, StepTime
from companion.secret import Secret
from ui.flow import Flow
from ui.flow_state import Page, StepState
from ui.messages import (
    Answer,
    CancelWalk,
    EngineFailed,
    LookAround,
    Nearby,
    PassphraseNeeded,
    RadioMissing,
    RadioReady,
    RunRefused,
    StartWalk,
    UseRadio,
)
from ui.present.problems import problem

CODE = SetupCode("rp1", "RP1 code", Text("Companion sets it up."), Secret("RP1:..."), protocol="rp1")
DEVICE = FoundDevice("rp1", Advertisement("F0:00:00:00:00:01", "Lumen", -48), "Lumen Sensor", discriminator=7)
MOVED = FoundDevice("rp1", Advertisement("F0:00:00:00:00:02", "Lumen", -60), "Lumen Sensor", discriminator=7)
OTHER = FoundDevice("rp1", Advertisement("F0:00:00:00:00:03", "Plug", -70), "Plug", discriminator=8)
WIFI = WifiCredentials(b"Hafen 12", Secret("correct horse"))
HANDOVER = Handover("Hallway sensor", "Hallway", WIFI)
WEAK = Finding(Text("In clear"), Text("The passphrase goes out in clear."), Severity.WARNING)


def outcome(error: CompanionError | None = None, step: Step | None = None) -> Outcome:
    result = Result.COMMISSIONED
    if error is not None:
        result = Result.UNCONFIRMED if isinstance(error, OutcomeUnknown) else Result.FAILED
    return Outcome(
        result,
        "run-1",
        "rp1",
        tuple(StepTime(each, 0.5) for each in Step),
        LinkCounts(),
        commissioned=Commissioned(DeviceIdentity("d", "Lumen Sensor"), "nc") if error is None else None,
        error=error,
        failed_step=step,
    )


def begun(*, clock: float = 100.0) -> Flow:
    flow = Flow(clock=lambda: clock)
    assert flow.begin(CODE) == (StartWalk(CODE),)
    flow.take(RunStarted("run-1", CODE))
    flow.take(StepStarted(Step.FIND))
    return flow


def connected(flow: Flow | None = None) -> Flow:
    flow = flow or begun()
    flow.take(Found(DEVICE))
    flow.take(ConfirmDevice(DEVICE, (WEAK,)))
    flow.answer(True)
    flow.take(StepFinished(Step.FIND, 6.2, Text("Found it")))
    flow.take(StepStarted(Step.CONNECT))
    return flow


def handed_over(flow: Flow | None = None) -> Flow:
    flow = connected(flow)
    question = ChooseNetwork(suggested_name="Lumen Sensor")
    flow.take(question)
    assert flow.answer(HANDOVER) == (Answer(question, HANDOVER),)
    return flow


def test_the_walk_goes_through_its_pages() -> None:
    flow = begun()
    assert (flow.page, flow.searching) == (Page.SCAN, True)
    ask = ConfirmDevice(DEVICE, (WEAK,))
    flow.take(ask)
    assert (flow.page, flow.found, flow.findings) == (Page.FOUND, DEVICE, (WEAK,))
    assert flow.answer(True) == (Answer(ask, True),)
    assert flow.page is Page.WORKING
    flow.take(StepStarted(Step.CONFIRM))
    compare = CompareNumbers("482-913")
    flow.take(compare)
    assert (flow.page, flow.question) == (Page.COMPARE, compare)
    assert flow.answer(True) == (Answer(compare, True),)
    network = ChooseNetwork()
    flow.take(network)
    assert flow.page is Page.NETWORK
    flow.answer(HANDOVER)
    assert (flow.page, flow.handover) == (Page.WORKING, HANDOVER)
    flow.take(RunFinished(outcome()))
    assert (flow.page, flow.running) == (Page.DONE, False)


def test_a_click_that_comes_twice_is_one_answer() -> None:
    flow = begun()
    flow.take(ConfirmDevice(DEVICE))
    assert flow.answer(True)
    assert flow.answer(True) == ()


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


def test_a_problem_shows_the_signal_only_where_it_was_heard_often_enough() -> None:
    flow = begun()
    for at, rssi in enumerate((-62, -75, -91)):
        heard = replace(DEVICE, advertisement=replace(DEVICE.advertisement, rssi=rssi))
        flow.clock = lambda at=at: 100.0 + at
        flow.take(Nearby((heard, OTHER)))
        assert bool(flow.signal.of(DEVICE)) is (at == 2)
    assert [sample.rssi for sample in flow.signal.of(DEVICE)] == [-62, -75, -91]
    assert flow.signal.of(MOVED) == ()
    flow.take(Found(DEVICE))
    flow.take(StepStarted(Step.CONNECT))
    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    shown = problem(flow).signal
    assert shown is not None
    assert (shown.span, shown.ended) == ("−48 to −91 dBm", "lost")


def test_another_scan_keeps_the_page_and_waits_for_the_question() -> None:
    async def rescan() -> tuple[Network, ...]:
        return ()

    flow = connected()
    question = ChooseNetwork(rescan=rescan)
    flow.take(question)
    assert flow.rescan() == (Answer(question, ScanAgain()),)
    assert flow.page is Page.NETWORK
    assert flow.rescan() == (), "one scan at a time"
    again = ChooseNetwork(rescan=rescan)
    flow.take(again)
    assert flow.rescanning, "what is filled in stays"
    flow.answer(HANDOVER)
    assert not flow.rescanning


def test_a_long_search_moves_to_the_working_page_when_asked() -> None:
    flow = begun()
    flow.proceed()
    assert flow.page is Page.WORKING
    flow.take(ConfirmDevice(DEVICE))
    flow.proceed()
    assert flow.page is Page.FOUND


def test_what_the_user_must_do_stays_until_the_run_goes_on() -> None:
    flow = connected()
    flow.take(ActionNeeded(Text("Press the button")))
    assert isinstance(flow.notice, ActionNeeded)
    flow.take(LinkLost(1))
    assert flow.notice == LinkLost(1)
    flow.take(Connected(247, again=True))
    assert flow.notice is None


@pytest.mark.parametrize(
    "error",
    [
        LinkLostError(),
        WrongSetupSecret(),
        WrongIdentity(),
        NumbersDiffer(),
        CredentialsRejected(),
        EndpointUnreachable(endpoint="here"),
        RegistryDamaged(),
        CancelledOnDevice(),
        CompanionError("KeyError"),
    ],
)
def test_an_error_stays_until_dismissed_and_a_retry_asks_nothing_again(error: CompanionError) -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(error, Step.HAND_OVER)))
    assert (flow.page, flow.error) == (Page.PROBLEM, error)
    flow.take(Nearby((OTHER,)))
    flow.take(RadioReady("os", False))
    assert (flow.page, flow.error) == (Page.PROBLEM, error)
    (start,) = flow.try_again()
    assert isinstance(start, StartWalk)
    assert (start.code, start.order.wifi, start.order.name, start.order.room) == (
        CODE,
        WIFI,
        "Hallway sensor",
        "Hallway",
    )
    again = ConfirmDevice(MOVED)
    assert flow.take(again) == (Answer(again, True),)
    assert flow.page is Page.WORKING


def test_a_question_that_has_no_page_ends_the_run_instead_of_holding_it() -> None:
    flow = connected()
    assert flow.take(Question()) == (CancelWalk(),)


def test_a_secret_that_the_code_lacks_is_asked_again_until_it_is_right() -> None:
    flow = connected()
    for question in (EnterSecret(DEVICE), EnterSecret(DEVICE, problem=Text("Refused"))):
        flow.take(question)
        assert flow.page is Page.SECRET
        secret = SetupSecret(Secret("abcd1234"))
        assert flow.answer(secret) == (Answer(question, secret),)


def test_a_retry_shows_another_device_again() -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(LinkLostError(), Step.HAND_OVER)))
    flow.try_again()
    assert flow.take(ConfirmDevice(OTHER)) == ()
    assert flow.page is Page.FOUND


def test_a_retry_never_answers_a_comparison_or_a_risk() -> None:
    flow = connected()
    flow.take(AcceptRisk(WEAK))
    assert flow.page is Page.RISK
    flow.answer(True)
    flow.take(CompareNumbers("111-111"))
    flow.answer(True)
    flow.take(RunFinished(outcome(LinkLostError(), Step.HAND_OVER)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    assert flow.take(AcceptRisk(WEAK)) == ()
    assert flow.page is Page.RISK
    flow.answer(True)
    assert flow.take(CompareNumbers("222-222")) == ()
    assert flow.page is Page.COMPARE


def test_a_wrong_passphrase_comes_back_to_its_field_with_the_session_alive() -> None:
    flow = handed_over()
    question = ChooseNetwork(previous=HANDOVER, problem=Text("Wrong"))
    assert flow.take(question) == ()
    assert (flow.page, flow.question, flow.running) == (Page.NETWORK, question, True)
    better = Handover("Hallway sensor", "Hallway", WifiCredentials(b"Hafen 12", Secret("battery staple")))
    assert flow.answer(better) == (Answer(question, better),)
    assert flow.handover == better


def test_after_a_run_that_ended_on_the_passphrase_the_network_is_asked_and_filled_in() -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(WrongPassphrase(ssid="Hafen 12"), Step.HAND_OVER)))
    (start,) = flow.try_again()
    assert isinstance(start, StartWalk)
    assert (start.order.wifi, start.order.name) == (None, "Hallway sensor")
    assert flow.handover == HANDOVER


def test_a_lost_link_after_the_credentials_is_a_question_not_a_failure() -> None:
    flow = handed_over()
    flow.take(HandedOver(Credential("ldevid")))
    flow.take(RunFinished(outcome(OutcomeUnknown(), Step.CHECK)))
    assert (flow.page, flow.outcome_unknown) == (Page.PROBLEM, True)
    (start,) = flow.try_again()
    assert isinstance(start, StartWalk)
    assert (start.code, start.order.wifi) == (CODE, WIFI)


def test_until_somebody_asked_the_device_it_stays_unsettled() -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(OutcomeUnknown(), Step.CHECK)))
    flow.try_again()
    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    assert flow.unsettled
    flow.try_again()
    flow.take(RunFinished(outcome()))
    assert not flow.unsettled


@pytest.mark.parametrize("error", [NoAdapter(), AdapterOff()])
def test_a_missing_radio_says_what_is_missing_and_keeps_the_code(error: CompanionError) -> None:
    flow = begun()
    flow.take(RunFinished(outcome(error, Step.FIND)))
    assert flow.page is Page.MISSING
    assert flow.use_radio("virtual") == (UseRadio("virtual"), LookAround())
    assert (flow.page, flow.code) == (Page.SCAN, CODE)


def test_a_radio_that_is_missing_from_the_start_takes_no_page_away() -> None:
    flow = Flow()
    missing = RadioMissing("os", NoAdapter())
    flow.take(missing)
    assert (flow.page, flow.radio) == (Page.SCAN, missing)
    flow.show_missing()
    assert flow.page is Page.MISSING


@pytest.mark.parametrize("stage", ["search", "found", "compare", "network", "working"])
def test_cancel_works_at_every_step_and_is_no_error(stage: str) -> None:
    flow = begun()
    if stage == "found":
        flow.take(ConfirmDevice(DEVICE))
    elif stage != "search":
        connected(flow)
    if stage == "compare":
        flow.take(CompareNumbers("482-913"))
    if stage == "network":
        flow.take(ChooseNetwork())
    assert flow.cancel() == (CancelWalk(),)
    assert flow.cancel() == ()
    assert flow.take(CompareNumbers("000-000")) == ()
    flow.take(RunFinished(outcome(Cancelled(), Step.CONFIRM)))
    assert (flow.page, flow.error, flow.running, flow.code) == (Page.SCAN, None, False, CODE)


def test_not_this_one_ends_the_run() -> None:
    flow = begun()
    flow.take(ConfirmDevice(DEVICE))
    assert flow.answer(False) == (CancelWalk(),)
    assert flow.page is Page.SCAN


def test_a_cancel_that_came_too_late_shows_what_really_happened() -> None:
    for ending, page in ((outcome(), Page.DONE), (outcome(OutcomeUnknown(), Step.CHECK), Page.PROBLEM)):
        flow = handed_over()
        flow.cancel()
        flow.take(RunFinished(ending))
        assert flow.page is page


def test_a_new_code_while_the_old_run_still_ends_starts_after_it() -> None:
    flow = begun()
    flow.cancel()
    assert flow.begin(None, OTHER) == ()
    (start,) = flow.take(RunFinished(outcome(Cancelled(), Step.FIND)))
    assert start == StartWalk(None, found=OTHER)
    assert flow.running


def test_a_second_code_does_not_disturb_a_run() -> None:
    flow = connected()
    assert flow.begin(None, OTHER) == ()
    assert flow.code is CODE


def test_add_another_keeps_network_and_room_but_not_the_name() -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome()))
    assert flow.add_another() == (LookAround(),)
    assert (flow.page, flow.code) == (Page.SCAN, None)
    assert flow.handover == Handover("", "Hallway", WIFI)
    (start,) = flow.begin(CODE)
    assert isinstance(start, StartWalk)
    assert (start.order.name, start.order.wifi, start.order.room) == (None, None, "Hallway")


def test_another_code_forgets_the_device() -> None:
    flow = connected()
    flow.take(RunFinished(outcome(WrongIdentity(), Step.SECURE)))
    flow.use_another_code()
    assert (flow.page, flow.code, flow.chosen, flow.found) == (Page.SCAN, None, None, None)


def test_a_key_store_that_fails_before_the_run_is_a_problem_with_a_retry() -> None:
    flow = Flow()
    flow.begin(CODE)
    flow.take(RunRefused(KeyStoreUnavailable()))
    assert (flow.page, flow.running) == (Page.PROBLEM, False)
    assert flow.try_again() == (StartWalk(CODE),)


def test_a_locked_key_store_asks_and_not_now_is_no_error() -> None:
    flow = Flow()
    flow.begin(CODE)
    flow.take(PassphraseNeeded(new=True))
    assert flow.page is Page.PASSPHRASE
    flow.answer(None)
    flow.take(RunRefused(Cancelled()))
    assert (flow.page, flow.error) == (Page.SCAN, None)


def test_without_a_code_the_user_picks() -> None:
    flow = Flow()
    flow.begin(None)
    question = ChooseDevice((DEVICE, OTHER))
    flow.take(question)
    assert flow.page is Page.CHOOSE
    assert flow.answer(OTHER) == (Answer(question, OTHER),)


EVENTS: list[Event] = [
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
    ("add_another", ()),
    ("show_missing", ()),
    ("open_scan", ()),
]


@given(st.lists(st.one_of(st.sampled_from(EVENTS), st.sampled_from(WISHES)), max_size=30))
@settings(deadline=None)
def test_no_order_of_events_and_wishes_leads_to_a_dead_end(moves: list[Any]) -> None:
    flow = Flow()
    started = 0
    ended = 0
    for move in moves:
        was_running = flow.running
        commands = flow.take(move) if isinstance(move, Event) else getattr(flow, move[0])(*move[1])
        started += sum(isinstance(command, StartWalk) for command in commands or ())
        ended += was_running and isinstance(move, RunFinished | RunRefused)
        assert started - ended == flow.running, "two runs at once, or one that was forgotten"
        if flow.page in (Page.FOUND, Page.COMPARE, Page.NETWORK, Page.RISK, Page.CHOOSE):
            assert flow.question is not None, "a page that asks without a question"
        if flow.page is Page.DONE:
            assert flow.outcome is not None
        if flow.page is Page.PROBLEM:
            assert flow.error is not None
