"""A click, a word or a code that comes late belongs to what it was meant for: nothing else takes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.errors import Cancelled, LinkLostError
from companion.events import RunFinished, RunStarted, Sending, StepStarted
from companion.model import DeviceSettings, Step
from companion.questions import AcceptRisk, CompareNumbers, ConfirmDevice
from companion.secret import Secret
from tests.support.administration_samples import FABRICS
from tests.support.ownership_samples import OWNED, TOKEN, UNTIL
from tests.ui.support.flows import CODE, DEVICE, OTHER, WEAK, WIFI, outcome
from ui.engine.commands import Answer, Blink, Command, StartRun
from ui.engine.events import Blinked
from ui.engine.ownership_messages import NetworksRecalled, StartOperation, TokenMade, TokenSaved
from ui.flow.commissioning import CommissioningFlow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.pages.router import Router
from ui.pages.scan.page import ScanPage
from ui.widgets.hold_button import HoldButton


class Sent(list[Command]):
    def answers(self) -> list[Answer]:
        return [command for command in self if isinstance(command, Answer)]


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def router(qtbot: QtBot, sent: Sent) -> Router:
    """The window's router, with a run under way and nobody at the other end."""
    made = Router(ScanPage(), sent.append)
    qtbot.addWidget(made)
    made.control.commission(CODE)
    made.take(RunStarted("run-1", CODE))
    return made


@pytest.mark.parametrize("page", [page for page in Page if page is not Page.DEVICE])
def test_every_page_of_both_flows_can_be_shown(qtbot: QtBot, sent: Sent, page: Page) -> None:
    made = Router(ScanPage(), sent.append)
    qtbot.addWidget(made)
    assert made.indexOf(made.page(page)) >= 0


def test_numbers_that_match_accept_no_risk(router: Router, sent: Sent) -> None:
    router.take(CompareNumbers("482-913"))
    router.take(AcceptRisk(WEAK))
    router.page(Page.COMPARISON).answered.emit(True)
    assert sent.answers() == []
    router.page(Page.RISK).answered.emit(True)
    assert [answer.answer for answer in sent.answers()] == [True]


def test_the_device_of_a_run_that_ended_is_not_confirmed_in_the_next(router: Router, sent: Sent) -> None:
    router.take(ConfirmDevice(DEVICE))
    router.take(RunFinished(outcome(LinkLostError(), Step.FIND)))
    router.control.try_again()
    router.page(Page.CONFIRMATION).connect_wanted.emit()
    assert sent.answers() == []


def test_a_fabric_that_was_chosen_for_one_device_is_not_preset_for_the_next(
    router: Router, sent: Sent
) -> None:
    home, office, _ = FABRICS
    router.take(ConfirmDevice(DEVICE, fabrics=(home, office)))
    page = router.page(Page.CONFIRMATION)
    page._fabric._choose(1)
    router.take(StepStarted(Step.FIND))
    page.connect_wanted.emit()
    assert [answer.answer for answer in sent.answers()] == [office]
    router.take(RunFinished(outcome(Cancelled(), Step.CONNECT)))
    router.control.commission(CODE)
    router.take(RunStarted("run-2", CODE))
    router.take(ConfirmDevice(OTHER, fabrics=(home, office)))
    page.connect_wanted.emit()
    assert [answer.answer for answer in sent.answers()] == [office, home]


def test_a_device_that_blinked_says_nothing_about_another_one(router: Router, sent: Sent) -> None:
    router.take(ConfirmDevice(replace(OTHER, can_identify=True)))
    router.page(Page.CONFIRMATION).identify_wanted.emit()
    assert [type(command) for command in sent].count(Blink) == 1
    page = router.page(Page.CONFIRMATION)
    waiting = page._blink_note.text()
    router.take(Blinked(DEVICE))
    assert page._blink_note.text() == waiting
    router.take(Blinked(replace(OTHER, can_identify=True)))
    assert page._blink_note.text() != waiting


def test_what_a_cancelled_run_had_sent_is_said_in_front_of_its_user(router: Router) -> None:
    router.take(ConfirmDevice(DEVICE))
    router.page(Page.CONFIRMATION).connect_wanted.emit()
    router.take(StepStarted(Step.HAND_OVER))
    router.take(Sending("wifi"))
    router.control.cancel()
    assert router.flow.page is Page.PROGRESS
    router.take(RunFinished(outcome(Cancelled(), Step.HAND_OVER)))
    assert router.flow.page is Page.SCAN
    assert not router.scan._notice.isHidden()
    assert "Credentials were sent" in shown(router.scan._notice)
    router.control.commission(CODE)
    assert router.scan._notice.isHidden()


def shown(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def with_act(qtbot: QtBot, sent: Sent, task: Task) -> Router:
    made = Router(ScanPage(), sent.append)
    qtbot.addWidget(made)
    assert made.control.begin_operation(task, OWNED)
    return made


def test_a_code_that_is_read_during_an_act_starts_nothing(qtbot: QtBot, sent: Sent) -> None:
    router = with_act(qtbot, sent, Task.RESET)
    router.sources.code_accepted.emit(CODE)
    assert not any(isinstance(command, StartRun) for command in sent)
    assert router.flow.page is Page.RESET


@pytest.mark.parametrize("task", [Task.TRANSFER, Task.RESET])
def test_a_reset_is_of_the_device_that_its_page_shows(qtbot: QtBot, sent: Sent, task: Task) -> None:
    router = with_act(qtbot, sent, Task.RESET)
    confirmed = router.page(Page.RESET).confirmed
    router.control.leave_operation()
    confirmed.emit()
    assert router.control.begin_operation(task, replace(OWNED, key="rp1-another", name="Back door"))
    if task is Task.RESET:
        router.page(Page.RESET).confirmed.emit()
        router.page(Page.RESET).confirmed.emit()
    else:
        confirmed.emit()
    started = [command.device for command in sent if isinstance(command, StartOperation)]
    assert started == (["rp1-another"] if task is Task.RESET else [])


def test_what_one_device_shall_become_is_not_done_to_another(qtbot: QtBot, sent: Sent) -> None:
    router = with_act(qtbot, sent, Task.REPROVISION)
    router.take(NetworksRecalled(()))
    submitted = router.page(Page.NETWORK).submitted
    router.control.leave_operation()
    assert router.control.begin_operation(Task.REPROVISION, replace(OWNED, key="rp1-another"))
    submitted.emit(DeviceSettings("Front door", "Hallway", WIFI))
    router.take(NetworksRecalled(()))
    assert not any(isinstance(command, StartOperation) for command in sent)
    submitted.emit(DeviceSettings("Back door", "", WIFI))
    (start,) = [command for command in sent if isinstance(command, StartOperation)]
    assert (start.device, start.order.name) == ("rp1-another", "Back door")


def test_a_token_counts_as_saved_when_it_is_the_one_that_was_saved() -> None:
    operation = OwnershipFlow(Task.TRANSFER, OWNED, CommissioningFlow())
    operation.token = TokenMade(Secret(TOKEN), UNTIL, True, ())
    operation.take(TokenSaved(Path("other.png"), Secret("RP1T:another")))
    assert operation.saved is None
    operation.take(TokenSaved(Path("this.png"), Secret(TOKEN)))
    assert operation.saved is not None


def test_a_button_that_is_hidden_is_not_held_any_more(qtbot: QtBot) -> None:
    button = HoldButton("Reset", milliseconds=60_000)
    qtbot.addWidget(button)
    button.show()
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.progress > 0)
    button.hide()
    assert button.progress == 0.0
