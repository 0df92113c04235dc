"""The flow of commissioning where a run is ended, or the next one begins."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from companion.errors import (
    AlreadyYours,
    Cancelled,
    CompanionError,
    NotAuthorised,
    OutcomeUnknown,
    WrongIdentity,
    WrongPassphrase,
)
from companion.events import CredentialDelivered, Event, RunFinished, RunStarted, Sending, Withdrawn
from companion.model import Credential, FoundDevice, Step
from companion.questions import ChooseNetwork, CompareNumbers, ConfirmDevice, Question
from companion.registry.records import DeviceRecord
from tests.ui.support.flows import CODE, DEVICE, OTHER, WIFI, begun, connected, handed_over, outcome
from ui.engine.commands import CancelRun, LookAround, RecallDevice, StartRun
from ui.engine.events import DeviceRecalled, PassphraseNeeded, RunRefused
from ui.flow.commissioning import CommissioningFlow
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.present import scan
from ui.present.network import network
from ui.present.run.already_yours import already_yours


def test_a_question_that_has_no_page_ends_the_run_instead_of_holding_it() -> None:
    flow = connected()
    assert flow.take(Question()) == (CancelRun(),)


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
    assert flow.cancel() == (CancelRun(),)
    assert flow.cancel() == ()
    assert flow.take(CompareNumbers("000-000")) == ()
    flow.take(RunFinished(outcome(Cancelled(), Step.CONFIRM)))
    assert (flow.page, flow.error, flow.running, flow.code) == (Page.SCAN, None, False, CODE)


LAMP = DeviceRecord(
    id="rp1-07",
    name="Reading lamp",
    protocol="rp1",
    method="oob",
    state="commissioned",
    created=datetime(2026, 11, 1, tzinfo=UTC),
    updated=datetime(2026, 11, 1, tzinfo=UTC),
    identity_key=b"key",
    room="Bedroom",
)


def cancelled_after(*told: Event) -> CommissioningFlow:
    """A run whose credentials were given, that told this, and was cancelled then."""
    flow = handed_over()
    for event in told:
        flow.take(event)
    flow.cancel()
    ending = replace(outcome(Cancelled(), Step.HAND_OVER), facts=flow.known)
    flow.take(RunFinished(ending))
    assert flow.page is Page.SCAN
    return flow


def test_a_device_that_is_the_users_own_leads_to_what_an_owner_can_do(qapp: object) -> None:
    flow = connected()
    told = flow.take(RunFinished(outcome(AlreadyYours(device="rp1-07"), Step.SECURE)))
    assert told == (RecallDevice("rp1-07"),)
    assert flow.page is Page.YOURS
    view = already_yours(flow)
    assert (view.title, view.tasks) == ("Lumen Sensor is already yours", ()), "until its record is there"
    flow.take(DeviceRecalled(LAMP))
    assert flow.subject is LAMP
    view = already_yours(flow)
    assert (view.title, view.place) == ("Reading lamp is already yours", "Bedroom")
    assert [task.key for task in view.tasks] == [Task.REPROVISION, Task.TRANSFER, Task.RESET]
    assert flow.use_another_code() == (LookAround(),)
    assert flow.record is None


def test_a_device_that_was_given_away_can_not_be_given_again_from_its_code(qapp: object) -> None:
    flow = connected()
    flow.take(RunFinished(outcome(AlreadyYours(device="rp1-07"), Step.SECURE)))
    flow.take(DeviceRecalled(replace(LAMP, state="transferred")))
    assert already_yours(flow).tasks == ()


def test_a_cancel_before_anything_was_sent_needs_no_words() -> None:
    assert scan.cancelled(cancelled_after()) is None


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            (Sending("wifi"),),
            "Credentials were sent, but the device did not confirm them. Scan its code again to check it.",
        ),
        (
            (Sending("wifi"), CredentialDelivered(Credential("wifi"))),
            "The device accepted credentials, but did not confirm that it uses them. "
            "Scan its code again to check it.",
        ),
        ((Sending("wifi"), Withdrawn()), "The device reports that it discarded the credentials."),
    ],
    ids=["sent", "taken", "dropped"],
)
def test_the_scan_page_says_what_a_cancelled_run_left_on_its_device(
    told: tuple[Event, ...], sentence: str
) -> None:
    flow = cancelled_after(*told)
    said = scan.cancelled(flow)
    assert said is not None
    assert (said.title, said.sentence) == ("Setup of Hallway sensor was cancelled", sentence)
    flow.leave_scan()
    flow.open_scan()
    assert scan.cancelled(flow) == said, "it outlasts a look at another section"
    flow.begin(None, OTHER)
    assert scan.cancelled(flow) is None


def test_not_this_one_ends_the_run() -> None:
    flow = begun()
    flow.take(ConfirmDevice(DEVICE))
    assert flow.answer(flow.question, False) == (CancelRun(),)
    assert flow.page is Page.SCAN


def test_a_cancel_that_came_too_late_shows_what_really_happened() -> None:
    for ending, page in ((outcome(), Page.SUCCESS), (outcome(OutcomeUnknown(), Step.CHECK), Page.PROBLEM)):
        flow = handed_over()
        flow.cancel()
        flow.take(RunFinished(ending))
        assert flow.page is page


def test_a_new_code_while_the_old_run_still_ends_starts_after_it() -> None:
    flow = begun()
    flow.cancel()
    assert flow.begin(None, OTHER) == ()
    (start,) = flow.take(RunFinished(outcome(Cancelled(), Step.FIND)))
    assert start == StartRun(None, found=OTHER)
    assert flow.running


def test_a_second_code_does_not_disturb_a_run() -> None:
    flow = connected()
    assert flow.begin(None, OTHER) == ()
    assert flow.code is CODE


@pytest.mark.parametrize(
    "error", [None, NotAuthorised(), OutcomeUnknown()], ids=["done", "refused", "unknown"]
)
def test_the_next_device_is_offered_network_and_room_but_not_the_name(error: CompanionError | None) -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(error, Step.HAND_OVER if error else None)))
    assert flow.use_another_code() == (LookAround(),)
    assert (flow.page, flow.code) == (Page.SCAN, None)
    assert flow.begin(None, OTHER) == (StartRun(None, OTHER),)
    question = to_the_network(flow, OTHER)
    assert (flow.page, flow.question) == (Page.NETWORK, question), "it is asked, and nothing is sent before"
    view = network(question, flow)
    assert (view.chosen, view.room, view.name) == (WIFI, "Hallway", "Plug")


def test_a_network_in_doubt_is_not_offered_to_the_next_device() -> None:
    flow = handed_over()
    flow.take(RunFinished(outcome(WrongPassphrase(ssid="Hafen 12"), Step.HAND_OVER)))
    flow.use_another_code()
    flow.begin(None, OTHER)
    assert network(to_the_network(flow, OTHER), flow).chosen is None


@pytest.mark.parametrize("way", ["cancel", "leave", "the list"])
def test_what_was_given_goes_with_the_device_and_with_a_cancel(way: str) -> None:
    flow = handed_over()
    if way == "cancel":
        flow.cancel()
        flow.take(RunFinished(outcome(Cancelled(), Step.HAND_OVER)))
    else:
        flow.take(RunFinished(outcome(NotAuthorised(), Step.HAND_OVER)))
        flow.leave() if way == "leave" else flow.open_scan()
    flow.begin(CODE)
    question = to_the_network(flow, DEVICE)
    assert flow.page is Page.NETWORK
    view = network(question, flow)
    assert (view.chosen, view.room, view.name) == (None, "", "Lumen Sensor")


def test_a_second_cancel_takes_the_next_start_back_too() -> None:
    flow = begun()
    flow.cancel()
    flow.begin(None, OTHER)
    flow.cancel()
    assert flow.take(RunFinished(outcome(Cancelled(), Step.FIND))) == (LookAround(),)
    assert not flow.running


def to_the_network(flow: CommissioningFlow, device: FoundDevice) -> ChooseNetwork:
    """The run that was begun meets `device`, which is confirmed if need be, and asks for networks."""
    flow.take(RunStarted("run-2", flow.code))
    flow.take(ConfirmDevice(device))
    flow.answer(flow.question, True)
    question = ChooseNetwork(suggested_name=device.name)
    flow.take(question)
    return question


def test_another_code_forgets_the_device() -> None:
    flow = connected()
    flow.take(RunFinished(outcome(WrongIdentity(), Step.SECURE)))
    flow.use_another_code()
    assert (flow.page, flow.code, flow.chosen, flow.found) == (Page.SCAN, None, None, None)


def test_a_locked_key_store_asks_and_not_now_is_no_error() -> None:
    flow = CommissioningFlow()
    flow.begin(CODE)
    flow.take(PassphraseNeeded(new=True))
    assert flow.page is Page.PASSPHRASE
    flow.answer(flow.question, None)
    flow.take(RunRefused(Cancelled()))
    assert (flow.page, flow.error) == (Page.SCAN, None)


def test_what_was_done_after_all_is_not_tried_again() -> None:
    flow = handed_over()
    flow.cancel()
    flow.take(RunFinished(outcome()))
    assert flow.try_again() == ()
    assert flow.page is Page.SUCCESS
