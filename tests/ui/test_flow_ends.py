"""The walk's logic where a run is ended, or the next one begins."""

import pytest

from companion.errors import Cancelled, OutcomeUnknown, WrongIdentity
from companion.events import (
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    Handover,
    Question,
    RunFinished,
    Step,
)
from tests.ui.walking import CODE, DEVICE, OTHER, WIFI, begun, connected, handed_over, outcome
from ui.flow import Flow
from ui.flow_state import Page
from ui.messages import CancelWalk, LookAround, PassphraseNeeded, RunRefused, StartWalk


def test_a_question_that_has_no_page_ends_the_run_instead_of_holding_it() -> None:
    flow = connected()
    assert flow.take(Question()) == (CancelWalk(),)


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


def test_a_locked_key_store_asks_and_not_now_is_no_error() -> None:
    flow = Flow()
    flow.begin(CODE)
    flow.take(PassphraseNeeded(new=True))
    assert flow.page is Page.PASSPHRASE
    flow.answer(None)
    flow.take(RunRefused(Cancelled()))
    assert (flow.page, flow.error) == (Page.SCAN, None)
