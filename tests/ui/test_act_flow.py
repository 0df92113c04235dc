"""The logic of an owner's acts: what was given stays, every end leads to the device."""

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
    LinkCounts,
    Possession,
    Step,
    WifiCredentials,
)
from companion.outcome import Outcome, Result
from companion.protocols import Order, OwnershipOperation
from companion.questions import ChooseDevice, ConfirmDevice
from companion.scanner import read_file
from companion.secret import Secret
from ui.engine.messages import Answer, CancelRun, RunRefused
from ui.engine.ownership_messages import (
    MakeToken,
    NetworksRecalled,
    RecallNetworks,
    StartOperation,
    Terms,
    TokenMade,
)
from ui.flow.commissioning import CommissioningFlow
from ui.flow.ownership import Owned, OwnershipFlow, Task
from ui.flow.state import Page
from ui.present import ownership
from ui.shell import theme
from ui.widgets.qr_view import QrView

OWNED = Owned("rp1-07", "Front door", "Hallway", "lock", "rp1", "Hafen 12")
DEVICE = FoundDevice("rp1", Advertisement("F0:00:00:00:00:01", "Lumen", -48), "Front door")
WIFI = WifiCredentials(b"Werkstatt", Secret("correct horse"))
NEW = DeviceSettings("Back door", "Cellar", WIFI)


def flow(task: Task) -> OwnershipFlow:
    return OwnershipFlow(task, OWNED, CommissioningFlow())


def outcome(
    error: CompanionError | None = None, done: Commissioned | None = None, result: Result | None = None
) -> Outcome:
    failed = Step.CONNECT if error is not None else None
    ended = result or (Result.FAILED if error is not None else Result.DONE)
    return Outcome(ended, "r1", "rp1", (), LinkCounts(), commissioned=done, error=error, failed_step=failed)


def run_to(act: OwnershipFlow, error: CompanionError | None = None, **more: Any) -> None:
    act.take(RunStarted("r1", None))
    act.take(StepStarted(Step.CONNECT))
    act.take(RunFinished(outcome(error, **more)))


def changing() -> OwnershipFlow:
    """The user said what shall change."""
    act = flow(Task.CHANGE)
    assert act.open() == (RecallNetworks(),)
    act.take(NetworksRecalled((WIFI,)))
    assert act.page is Page.NETWORK
    wanted = Order(wifi=WIFI, name="Back door", room="Cellar")
    assert act.answer(None, NEW) == (StartOperation(OwnershipOperation.REPROVISION, "rp1-07", wanted),)
    return act


@pytest.mark.parametrize("error", [DeviceNotFound(), LinkLostError()], ids=lambda error: error.code)
def test_a_problem_has_its_page_and_a_retry_keeps_what_was_given(error: CompanionError) -> None:
    act = changing()
    run_to(act, error)
    assert act.page is Page.PROBLEM
    view = ownership.problem(act)
    assert (view.primary, view.other_code) == ("Try again", False)
    (again,) = act.try_again()
    assert isinstance(again, StartOperation)
    assert again.order == Order(wifi=WIFI, name="Back door", room="Cellar")


def test_a_wrong_passphrase_is_shown_again_with_its_network() -> None:
    act = changing()
    run_to(act, WrongPassphrase(ssid="Werkstatt"))
    assert act.try_again() == (RecallNetworks(),)
    act.take(NetworksRecalled((WIFI,)))
    view = ownership.change(act)
    assert view.problem == "Wrong password for Werkstatt"
    assert (view.chosen, view.name, view.keep) == (WIFI, "Back door", None)


def test_its_own_device_has_not_to_be_confirmed() -> None:
    act = flow(Task.ROTATE)
    act.open()
    act.take(RunStarted("r1", None))
    question = ConfirmDevice(DEVICE)
    assert act.take(question) == (Answer(question, True),)
    assert act.page is Page.WORKING


def test_too_little_known_is_asked_for_and_the_token_follows() -> None:
    act = flow(Task.GIVE)
    act.open()
    terms = Terms(days=7)
    assert act.give(terms) == (MakeToken("rp1-07", terms),)
    act.take(RunRefused(QueryFirst(device="rp1-07")))
    assert act.page is Page.PROBLEM
    assert ownership.problem(act).primary == "Query now"
    assert act.try_again() == (StartOperation(OwnershipOperation.QUERY, "rp1-07"),)
    run_to(act)
    assert act.page is Page.GIVE
    assert ownership.give(act).terms == terms, "what was chosen is still there"


def test_a_change_that_waits_is_finished_first_and_then_the_act_done() -> None:
    act = flow(Task.ROTATE)
    act.open()
    run_to(act, ChangePending(device="rp1-07"))
    assert ownership.problem(act).primary == "Complete it now"
    assert act.try_again() == (StartOperation(OwnershipOperation.QUERY, "rp1-07"),)
    act.take(RunStarted("r2", None))
    assert act.take(RunFinished(outcome())) == (StartOperation(OwnershipOperation.ROTATE, "rp1-07"),)


def test_a_cancelled_act_waits_for_the_run_and_goes_back_to_the_device() -> None:
    act = flow(Task.ROTATE)
    act.open()
    act.take(RunStarted("r1", None))
    act.take(StepStarted(Step.FIND))
    assert act.cancel() == (CancelRun(),)
    assert not act.over, "only the run knows what the device kept"
    act.take(RunFinished(outcome(Cancelled())))
    assert act.over
    assert ownership.note(act) is None


def test_an_operation_that_is_cancelled_after_something_was_sent_says_so() -> None:
    act = flow(Task.ROTATE)
    act.open()
    act.take(RunStarted("r1", None))
    act.take(Sending("ldevid"))
    act.cancel()
    act.take(RunFinished(outcome(Cancelled())))
    assert act.over
    news = ownership.note(act)
    assert news is not None
    assert news.title == "Cancelled"
    assert news.sentence == "Credentials were sent, but the device did not confirm them."


def test_a_reset_whose_answer_got_lost_says_what_the_device_shows() -> None:
    act = flow(Task.RESET)
    act.open()
    assert act.operate() == (StartOperation(OwnershipOperation.RESET, "rp1-07"),)
    released = Commissioned(
        DeviceIdentity("rp1-07", "Front door"), "owner", confirmed=False, possession=Possession.RELEASED
    )
    run_to(act, LinkLostError(), done=released, result=Result.UNCONFIRMED)
    assert act.over
    news = ownership.note(act)
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
    act = flow(Task.GIVE)
    act.open()
    act.give(Terms())
    assert act.cancel() == (CancelRun(),)
    act.take(TokenMade(Secret("RP1T:1"), datetime(2026, 12, 21, tzinfo=UTC), True, ()))
    assert (act.page, act.running, act.cancelling) == (Page.GIVE, False, False)
    assert act.token is not None


def test_a_question_that_no_operation_has_a_page_for_ends_its_run() -> None:
    act = flow(Task.ROTATE)
    act.open()
    act.take(RunStarted("r1", None))
    assert act.take(ChooseDevice((DEVICE,))) == (CancelRun(),)
    assert act.page is Page.WORKING and act.cancelling
