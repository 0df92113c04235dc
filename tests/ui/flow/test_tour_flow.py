"""The tour as a flow: what is preset, what stays the user's, and where a wrong number leads."""

from __future__ import annotations

from typing import Any

import pytest

from companion.errors import NetworkNotFound, NumbersDiffer
from companion.events import RunFinished, RunStarted, StepStarted
from companion.model import Advertisement, DeviceSettings, FoundDevice, Step, Text
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, CompareNumbers, ConfirmDevice
from companion.virtual.access_points import HAFEN
from tests.ui.support.flows import CODE, DEVICE, WEAK, outcome
from ui.engine.commands import Answer, Examine, LookAround, StartRun
from ui.flow.commissioning import CommissioningFlow
from ui.flow.state import FlowState, Page
from ui.flow.tour import Tour, wrong_number

SETTINGS = DeviceSettings("Virtual sensor", "Hallway", HAFEN)
PLUG = FoundDevice("espressif", Advertisement("F0:09", "PROV_1", -30), "PROV_1")
NUMBER = CompareNumbers("482-913")


def toured() -> CommissioningFlow:
    """A tour whose device is found, chosen and confirmed without its user."""
    flow = CommissioningFlow(clock=lambda: 0.0)
    assert flow.begin_tour(Tour("rp1", SETTINGS)) == (StartRun(None),)
    assert flow.page is Page.PROGRESS, "not the page that asks for a code"
    flow.take(RunStarted("run-1", None))
    flow.take(StepStarted(Step.FIND))
    choice = ChooseDevice((PLUG, DEVICE))
    assert flow.take(choice) == (Answer(choice, DEVICE),)
    confirm = ConfirmDevice(DEVICE)
    assert flow.take(confirm) == (Answer(confirm, True),)
    return flow


def test_the_network_is_preset_and_kept_for_the_device() -> None:
    flow = toured()
    network = ChooseNetwork()
    assert flow.take(network) == (Answer(network, SETTINGS),)
    assert flow.settings == SETTINGS


def test_a_network_that_did_not_do_is_asked_for() -> None:
    flow = toured()
    flow.take(ChooseNetwork())
    again = ChooseNetwork(problem=Text("Not found"))
    assert flow.take(again) == ()
    assert flow.page is Page.NETWORK and flow.question is again


def test_numbers_and_risks_stay_the_users() -> None:
    for question, page in ((NUMBER, Page.COMPARISON), (AcceptRisk(WEAK), Page.RISK)):
        flow = toured()
        assert flow.take(question) == ()
        assert flow.page is page


def test_what_a_tour_knows_is_for_no_other_run() -> None:
    flow = toured()
    flow.take(RunFinished(outcome(NetworkNotFound(), Step.HAND_OVER)))
    flow.begin(CODE)
    flow.take(RunStarted("run-2", CODE))
    assert flow.take(ConfirmDevice(DEVICE)) == ()
    assert flow.page is Page.CONFIRMATION


@pytest.mark.parametrize("matched", [True, False])
def test_a_wrong_number_ends_the_run_whatever_is_answered(matched: bool) -> None:
    flow = toured()
    flow.take(NUMBER)
    assert flow.learn(NUMBER, matched) == (Answer(NUMBER, False),)
    flow.take(RunFinished(outcome(NumbersDiffer(), Step.CONFIRM)))
    assert flow.state is FlowState.LESSON
    assert flow.lesson is not None and flow.lesson.matched is matched
    assert flow.lesson.here == "482-913" and flow.lesson.there == wrong_number("482-913")
    assert flow.try_again() == (StartRun(None, DEVICE),)
    assert flow.lesson is None


def test_a_late_answer_to_a_number_teaches_nothing() -> None:
    flow = toured()
    flow.take(NUMBER)
    flow.answer(NUMBER, True)
    assert flow.learn(NUMBER, True) == ()
    assert flow.lesson is None


@pytest.mark.parametrize("number", ["482-913", "000-000", "999-999"])
def test_a_wrong_number_is_wrong_in_every_digit(number: str) -> None:
    shown = wrong_number(number)
    assert len(shown) == len(number)
    assert all(one != other for one, other in zip(number, shown, strict=True) if one != "-")
    assert [mark == "-" for mark in shown] == [mark == "-" for mark in number]


def test_the_first_page_and_the_last_look_around_and_examine() -> None:
    shows: tuple[tuple[Any, Page], ...] = (
        (CommissioningFlow.show_welcome, Page.WELCOME),
        (CommissioningFlow.show_real_device, Page.REAL_DEVICE),
    )
    for show, page in shows:
        flow = CommissioningFlow(clock=lambda: 0.0)
        assert show(flow) == (LookAround(), Examine())
        assert flow.page is page
        assert flow.cancel() == (LookAround(),)
        assert flow.page is Page.SCAN


def test_no_page_is_shown_over_a_run() -> None:
    flow = toured()
    assert flow.show_welcome() == () and flow.show_real_device() == ()
    assert flow.page is Page.PROGRESS
