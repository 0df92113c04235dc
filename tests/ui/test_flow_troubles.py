"""The walk's logic when something goes wrong: what stays on the page, and a retry that asks nothing twice."""

from dataclasses import replace

import pytest

from companion.errors import (
    AdapterOff,
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
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Found,
    HandedOver,
    Handover,
    RunFinished,
    RunStarted,
    ScanAgain,
    SetupSecret,
    Step,
    StepStarted,
)
from companion.model import Credential, Network, Text, WifiCredentials
from companion.secret import Secret
from tests.ui.walking import (
    CODE,
    DEVICE,
    HANDOVER,
    MOVED,
    OTHER,
    WEAK,
    WIFI,
    begun,
    connected,
    handed_over,
    outcome,
)
from ui.flow import Flow
from ui.flow_state import Page
from ui.messages import Answer, LookAround, Nearby, RadioMissing, RadioReady, RunRefused, StartWalk, UseRadio
from ui.present.problems import problem


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


def test_a_key_store_that_fails_before_the_run_is_a_problem_with_a_retry() -> None:
    flow = Flow()
    flow.begin(CODE)
    flow.take(RunRefused(KeyStoreUnavailable()))
    assert (flow.page, flow.running) == (Page.PROBLEM, False)
    assert flow.try_again() == (StartWalk(CODE),)
