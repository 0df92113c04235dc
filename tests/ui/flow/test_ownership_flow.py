"""The logic of ownership operations: what was given stays, every end leads to the device."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.errors import (
    Cancelled,
    ChangePending,
    CompanionError,
    DeviceNotFound,
    LinkLostError,
    QueryFirst,
    WrongPassphrase,
)
from companion.events import RunFinished, RunStarted, Sending, StepStarted
from companion.label.symbol import symbol
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceIdentity,
    DeviceSettings,
    FoundDevice,
    Possession,
    Step,
    WifiCredentials,
)
from companion.outcome import Result
from companion.protocols import Order, OwnershipOperation
from companion.questions import ChooseDevice, ConfirmDevice
from companion.scanner import read_file
from companion.secret import Secret
from tests.ui.support.flows import operation_outcome
from ui.engine.commands import Answer, CancelRun
from ui.engine.events import RunRefused
from ui.engine.ownership_messages import (
    MakeToken,
    NetworksRecalled,
    RecallNetworks,
    StartOperation,
    Terms,
    TokenMade,
)
from ui.flow.commissioning import CommissioningFlow
from ui.flow.owned_device import Owned
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.present.ownership import forms, results
from ui.shell import theme
from ui.widgets.qr_view import QrView

OWNED = Owned("rp1-07", "Front door", "Hallway", "lock", "rp1", "Hafen 12")
DEVICE = FoundDevice("rp1", Advertisement("F0:00:00:00:00:01", "Lumen", -48), "Front door")
WIFI = WifiCredentials(b"Werkstatt", Secret("correct horse"))
NEW = DeviceSettings("Back door", "Cellar", WIFI)


def flow(task: Task) -> OwnershipFlow:
    return OwnershipFlow(task, OWNED, CommissioningFlow())


def run_to(operation: OwnershipFlow, error: CompanionError | None = None, **more: Any) -> None:
    operation.take(RunStarted("r1", None))
    operation.take(StepStarted(Step.CONNECT))
    operation.take(RunFinished(operation_outcome(error, **more)))


def changing() -> OwnershipFlow:
    """The user said what shall change."""
    operation = flow(Task.REPROVISION)
    assert operation.open() == (RecallNetworks(),)
    operation.take(NetworksRecalled((WIFI,)))
    assert operation.page is Page.NETWORK
    wanted = Order(wifi=WIFI, name="Back door", room="Cellar")
    assert operation.answer(None, NEW) == (StartOperation(OwnershipOperation.REPROVISION, "rp1-07", wanted),)
    return operation


@pytest.mark.parametrize("error", [DeviceNotFound(), LinkLostError()], ids=lambda error: error.code)
def test_a_problem_has_its_page_and_a_retry_keeps_what_was_given(error: CompanionError) -> None:
    operation = changing()
    run_to(operation, error)
    assert operation.page is Page.PROBLEM
    view = forms.problem(operation)
    assert (view.primary, view.other_code) == ("Try again", False)
    (again,) = operation.try_again()
    assert isinstance(again, StartOperation)
    assert again.order == Order(wifi=WIFI, name="Back door", room="Cellar")


def test_a_wrong_passphrase_is_shown_again_with_its_network() -> None:
    operation = changing()
    run_to(operation, WrongPassphrase(ssid="Werkstatt"))
    assert operation.try_again() == (RecallNetworks(),)
    operation.take(NetworksRecalled((WIFI,)))
    view = forms.reprovision(operation)
    assert view.problem == "Wrong password for Werkstatt"
    assert (view.chosen, view.name, view.keep) == (WIFI, "Back door", None)


def test_its_own_device_has_not_to_be_confirmed() -> None:
    operation = flow(Task.ROTATE)
    operation.open()
    operation.take(RunStarted("r1", None))
    question = ConfirmDevice(DEVICE)
    assert operation.take(question) == (Answer(question, True),)
    assert operation.page is Page.PROGRESS


def test_too_little_known_is_asked_for_and_the_token_follows() -> None:
    operation = flow(Task.TRANSFER)
    operation.open()
    terms = Terms(days=7)
    assert operation.give(terms) == (MakeToken("rp1-07", terms),)
    operation.take(RunRefused(QueryFirst(device="rp1-07")))
    assert operation.page is Page.PROBLEM
    assert forms.problem(operation).primary == "Query now"
    assert operation.try_again() == (StartOperation(OwnershipOperation.QUERY, "rp1-07"),)
    run_to(operation)
    assert operation.page is Page.TRANSFER
    assert forms.transfer(operation).terms == terms, "what was chosen is still there"


def test_a_change_that_waits_is_finished_first_and_then_the_act_done() -> None:
    operation = flow(Task.ROTATE)
    operation.open()
    run_to(operation, ChangePending(device="rp1-07"))
    assert forms.problem(operation).primary == "Complete it now"
    assert operation.try_again() == (StartOperation(OwnershipOperation.QUERY, "rp1-07"),)
    operation.take(RunStarted("r2", None))
    assert operation.take(RunFinished(operation_outcome())) == (
        StartOperation(OwnershipOperation.ROTATE, "rp1-07"),
    )


def test_a_cancelled_act_waits_for_the_run_and_goes_back_to_the_device() -> None:
    operation = flow(Task.ROTATE)
    operation.open()
    operation.take(RunStarted("r1", None))
    operation.take(StepStarted(Step.FIND))
    assert operation.cancel() == (CancelRun(),)
    assert not operation.over, "only the run knows what the device kept"
    operation.take(RunFinished(operation_outcome(Cancelled())))
    assert operation.over
    assert results.notice(operation) is None


def test_an_operation_that_is_cancelled_after_something_was_sent_says_so() -> None:
    operation = flow(Task.ROTATE)
    operation.open()
    operation.take(RunStarted("r1", None))
    operation.take(Sending("ldevid"))
    operation.cancel()
    operation.take(RunFinished(operation_outcome(Cancelled())))
    assert operation.over
    news = results.notice(operation)
    assert news is not None
    assert news.title == "Cancelled"
    assert news.sentence == "Credentials were sent, but the device did not confirm them."


def test_a_reset_whose_answer_got_lost_says_what_the_device_shows() -> None:
    operation = flow(Task.RESET)
    operation.open()
    assert operation.operate() == (StartOperation(OwnershipOperation.RESET, "rp1-07"),)
    released = Commissioned(
        DeviceIdentity("rp1-07", "Front door"), "owner", confirmed=False, possession=Possession.RELEASED
    )
    run_to(operation, LinkLostError(), done=released, result=Result.UNCONFIRMED)
    assert operation.over
    news = results.notice(operation)
    assert news is not None and news.title == "Probably reset"


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_the_code_on_the_screen_is_read_by_a_camera_in_every_theme(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, forced=scheme, reduced_motion=True)
    # As long as a real token.
    token = "RP1T:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE$VK G2EP4J0BGJL" * 6
    view = QrView()
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show_code(symbol(token).modules, "QR code")
    view.grab().save(str(tmp_path / "screen.png"))
    assert [read.text for read in read_file(tmp_path / "screen.png")] == [token]


def test_a_token_that_was_made_before_the_cancel_came_is_shown_and_the_next_run_asks_as_ever() -> None:
    operation = flow(Task.TRANSFER)
    operation.open()
    operation.give(Terms())
    assert operation.cancel() == (CancelRun(),)
    operation.take(TokenMade(Secret("RP1T:1"), datetime(2026, 12, 21, tzinfo=UTC), True, ()))
    assert (operation.page, operation.running, operation.cancelling) == (Page.TRANSFER, False, False)
    assert operation.token is not None


def test_a_question_that_no_operation_has_a_page_for_ends_its_run() -> None:
    operation = flow(Task.ROTATE)
    operation.open()
    operation.take(RunStarted("r1", None))
    assert operation.take(ChooseDevice((DEVICE,))) == (CancelRun(),)
    assert operation.page is Page.PROGRESS and operation.cancelling
