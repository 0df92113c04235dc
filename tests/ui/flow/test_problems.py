"""Commissioning when something goes wrong: what stays on the page, and a retry that asks nothing twice."""

from dataclasses import replace
from typing import Any

import pytest

from companion.claims import Channel, Evidence, SessionFacts
from companion.errors import (
    AdapterOff,
    CancelledOnDevice,
    CompanionError,
    CredentialsRejected,
    DeviceNotFound,
    DeviceUnreachable,
    EndpointUnreachable,
    JoinFailed,
    KeyStoreUnavailable,
    LinkLostError,
    NoAdapter,
    NoAddress,
    NumbersDiffer,
    OutcomeUnknown,
    RegistryDamaged,
    WrongIdentity,
    WrongPassphrase,
    WrongSetupSecret,
)
from companion.events import CredentialDelivered, Found, RunFinished, RunStarted, Secured, StepStarted
from companion.model import (
    Credential,
    DeviceSettings,
    FoundDevice,
    Handshake,
    Network,
    Step,
    Text,
    WifiCredentials,
)
from companion.questions import (
    AcceptRisk,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    Question,
    ScanAgain,
    SetupSecret,
)
from companion.secret import Secret
from tests.ui.support.flows import (
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
from ui.engine.commands import Answer, Examine, LookAround, StartRun, StopLooking, UseRadio
from ui.engine.events import Examined, Nearby, RadioMissing, RadioReady, RunRefused
from ui.flow.commissioning import CommissioningFlow
from ui.flow.state import Page
from ui.present.network import network
from ui.present.run.advice import advise
from ui.present.run.problem import problem


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
    assert flow.rescan(question) == (Answer(question, ScanAgain()),)
    assert flow.page is Page.NETWORK
    assert flow.rescan(question) == (), "one scan at a time"
    again = ChooseNetwork(rescan=rescan)
    flow.take(again)
    assert flow.rescanning, "what is filled in stays"
    flow.answer(again, HANDOVER)
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
    assert flow.try_again() == (StartRun(CODE),)
    flow.take(RunStarted("run-2", CODE))
    assert answers(flow, ConfirmDevice(DEVICE)) == [True]
    assert answers(flow, ChooseNetwork(suggested_name="Lumen Sensor")) == [HANDOVER]
    assert flow.page is Page.PROGRESS
    assert answers(flow, ChooseNetwork(suggested_name="Lumen Sensor")) == [], "once a run is enough"


def answers(flow: CommissioningFlow, question: Question[Any]) -> list[Any]:
    """What the flow answers by itself."""
    return [command.answer for command in flow.take(question) if isinstance(command, Answer)]


@pytest.mark.parametrize("device", [OTHER, MOVED], ids=["another", "the same name elsewhere"])
def test_a_retry_that_meets_another_device_shows_it_and_gives_it_nothing(device: FoundDevice) -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(LinkLostError(), Step.HAND_OVER)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    assert answers(flow, ConfirmDevice(device)) == []
    assert flow.page is Page.CONFIRMATION
    flow.answer(flow.question, True)
    question = ChooseNetwork(suggested_name=device.name)
    assert answers(flow, question) == []
    view = network(question, flow)
    assert (view.chosen, view.room, view.name) == (None, "", device.name)


def test_a_retry_over_a_weaker_session_asks_again() -> None:
    flow = connected()
    sealed = SessionFacts("security-2", Channel.SEALED, frozenset({Evidence.CODE_SECRET}))
    flow.take(Secured("security-2", Handshake(4, 436), sealed))
    question = ChooseNetwork()
    flow.take(question)
    flow.answer(question, HANDOVER)
    for session, sent in ((SessionFacts("security-0", Channel.CLEAR), []), (sealed, [HANDOVER])):
        flow.take(RunFinished(outcome(LinkLostError(), Step.HAND_OVER)))
        flow.try_again()
        flow.take(RunStarted("run-2", CODE))
        flow.take(ConfirmDevice(DEVICE))
        flow.take(Secured(session.method, Handshake(4, 440), session))
        assert answers(flow, ChooseNetwork()) == sent


def test_a_secret_that_the_code_lacks_is_asked_again_until_it_is_right() -> None:
    flow = connected()
    for question in (EnterSecret(DEVICE), EnterSecret(DEVICE, problem=Text("Rejected"))):
        flow.take(question)
        assert flow.page is Page.SECRET
        secret = SetupSecret(Secret("abcd1234"))
        assert flow.answer(question, secret) == (Answer(question, secret),)


def test_a_retry_never_answers_a_comparison_or_a_risk() -> None:
    flow = connected()
    flow.take(AcceptRisk(WEAK))
    assert flow.page is Page.RISK
    flow.answer(flow.question, True)
    flow.take(CompareNumbers("111-111"))
    flow.answer(flow.question, True)
    flow.take(RunFinished(outcome(LinkLostError(), Step.HAND_OVER)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    assert flow.take(AcceptRisk(WEAK)) == ()
    assert flow.page is Page.RISK
    flow.answer(flow.question, True)
    assert flow.take(CompareNumbers("222-222")) == ()
    assert flow.page is Page.COMPARISON


def test_a_wrong_passphrase_comes_back_to_its_field_with_the_session_alive() -> None:
    flow = handed_over()
    question = ChooseNetwork(previous=HANDOVER, problem=Text("Wrong"))
    assert flow.take(question) == ()
    assert (flow.page, flow.question, flow.running) == (Page.NETWORK, question, True)
    better = DeviceSettings(
        "Hallway sensor", "Hallway", WifiCredentials(b"Hafen 12", Secret("battery staple"))
    )
    assert flow.answer(question, better) == (Answer(question, better),)
    assert flow.settings == better


def test_after_a_run_that_ended_on_the_passphrase_the_network_is_asked_and_filled_in() -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(WrongPassphrase(ssid="Hafen 12"), Step.HAND_OVER)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    flow.take(ConfirmDevice(DEVICE))
    question = ChooseNetwork(suggested_name="Lumen Sensor")
    assert answers(flow, question) == []
    view = network(question, flow)
    assert (view.chosen, view.room, view.name) == (WIFI, "Hallway", "Hallway sensor")


def test_a_lost_link_after_the_credentials_is_a_question_not_a_failure() -> None:
    flow = handed_over()
    flow.take(CredentialDelivered(Credential("ldevid")))
    flow.take(RunFinished(outcome(OutcomeUnknown(), Step.CHECK)))
    assert (flow.page, flow.outcome_unknown) == (Page.PROBLEM, True)
    assert flow.try_again() == (StartRun(CODE),)


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
    assert flow.page is Page.REQUIREMENTS
    assert flow.use_radio("virtual") == (UseRadio("virtual"), LookAround())
    assert (flow.page, flow.code) == (Page.SCAN, CODE)


def test_looking_for_the_radio_again_keeps_the_page_and_goes_on_when_it_is_there() -> None:
    flow = begun()
    flow.take(RadioReady("os", False))
    flow.take(RunFinished(outcome(NoAdapter(), Step.FIND)))
    assert isinstance(flow.radio, RadioMissing), "it is gone, whatever was said of it before the run"
    assert flow.check_again() == (StopLooking(), LookAround(), Examine())
    assert (flow.page, flow.checking) == (Page.REQUIREMENTS, True)
    assert flow.check_again() == (), "one look at a time"
    assert flow.take(RadioMissing("os", AdapterOff())) == ()
    assert flow.take(Examined(())) == ()
    assert (flow.page, flow.checking) == (Page.REQUIREMENTS, False)
    flow.check_again()
    assert flow.take(RadioReady("os", False)) == (StartRun(CODE),)
    assert (flow.page, flow.checking) == (Page.PROGRESS, False)


def test_a_look_that_its_user_left_is_not_waited_for() -> None:
    flow = CommissioningFlow()
    flow.show_welcome()
    flow.check_again()
    assert flow.leave_scan() == (StopLooking(),)
    assert not flow.checking


def test_a_radio_that_is_missing_from_the_start_takes_no_page_away() -> None:
    flow = CommissioningFlow()
    missing = RadioMissing("os", NoAdapter())
    flow.take(missing)
    assert (flow.page, flow.radio) == (Page.SCAN, missing)
    flow.show_missing()
    assert flow.page is Page.REQUIREMENTS


def test_a_key_store_that_fails_before_the_run_is_a_problem_with_a_retry() -> None:
    flow = CommissioningFlow()
    flow.begin(CODE)
    flow.take(RunRefused(KeyStoreUnavailable()))
    assert (flow.page, flow.running) == (Page.PROBLEM, False)
    assert flow.try_again() == (StartRun(CODE),)


@pytest.mark.parametrize(
    ("error", "happened"),
    [
        (DeviceUnreachable(missing=Text("Allow it in the firewall.")), "did not answer this computer"),
        (DeviceNotFound(missing=Text("Press its button. Then try again.")), "No device in range"),
        (NoAddress(), "joined the network, but got no IP address"),
        (JoinFailed(ssid="Hafen"), "did not join the network"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_happened_on_the_network_is_what_the_error_knows(error: CompanionError, happened: str) -> None:
    shown = advise(error)
    assert happened in shown.happened and "credentials" not in shown.happened
    assert shown.actions[0][0] == error.advice_text.partition(". ")[0].rstrip("."), "its own advice counts"
