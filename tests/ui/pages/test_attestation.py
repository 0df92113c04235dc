"""The page for a device that is not shown to be genuine: two answers, and neither by habit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.model import Text, Verdict
from companion.questions import ReviewAttestation
from tests.support.administration_samples import CHECKS, DEVICE, genuine_or_not
from tests.ui.support.flows import connected
from ui.engine.messages import Answer, CancelRun
from ui.flow.state import Page
from ui.pages.questions.attestation import AttestationPage
from ui.present import attestation
from ui.widgets import CheckState, Choice


def test_every_check_is_shown_with_its_reason_and_its_word() -> None:
    shown = attestation.lines(CHECKS)
    assert [line.state for line in shown].count(CheckState.NOT_KNOWN) == 2
    failed = next(line for line in shown if line.state is CheckState.FAILED)
    assert (failed.claim, failed.word) == ("Manufacturer's certificate", "failed")
    assert "No root that you trust" in failed.reason


def test_what_there_is_none_of_is_not_counted() -> None:
    passed = tuple(check for check in CHECKS if check.verdict is Verdict.PASSED)
    assert attestation.counts(CHECKS) == "4 passed, 1 failed, 1 with a remark, 2 not known"
    assert attestation.counts(passed) == "4 passed"
    assert attestation.counts(()) == ""


def test_no_answer_is_given_by_enter_and_each_by_its_button(qtbot: QtBot) -> None:
    page = genuine_or_not()
    assert isinstance(page, AttestationPage)
    qtbot.addWidget(page)
    page.show()
    answers: list[bool] = []
    page.answered.connect(answers.append)
    stop, go_on = page.findChildren(Choice)
    for choice in (stop, go_on):
        assert not choice.isDefault() and not choice.hasFocus()
        qtbot.keyClick(choice, Qt.Key.Key_Return)
    assert answers == []
    stop.click()
    go_on.click()
    assert answers == [False, True]


def test_the_list_that_is_looked_at_later_asks_nothing(qtbot: QtBot) -> None:
    from tests.support.administration_samples import checks

    page = checks()
    qtbot.addWidget(page)
    page.show()
    assert [each.text() for each in page.findChildren(QPushButton) if each.isVisible()] == ["Back"]


def test_the_flow_asks_and_a_retry_asks_again() -> None:
    """Accepting a risk is never remembered: the next device with this code may be another one."""
    question = ReviewAttestation(DEVICE, CHECKS)
    flow = connected()
    assert flow.take(question) == ()
    assert flow.page is Page.ATTESTATION
    assert flow.answer(question, True) == (Answer(question, True),)
    assert flow.page is Page.PROGRESS
    again = ReviewAttestation(DEVICE, CHECKS)
    assert flow.take(again) == () and flow.page is Page.ATTESTATION
    assert flow.cancel() == (CancelRun(),)


def test_a_passed_device_is_not_said_to_be_a_risk() -> None:
    from dataclasses import replace

    from tests.support.administration_samples import OWNED

    passed = tuple(replace(check, verdict=Verdict.PASSED, reason=Text("It holds.")) for check in CHECKS)
    assert attestation.report(replace(OWNED, checks=passed)).notice is None
    risky = attestation.report(OWNED).notice
    assert risky is not None and risky.title == "Added at your own risk"
