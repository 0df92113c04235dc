"""The page for a device that is not shown to be genuine: two answers, and neither by habit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from companion.model import Text, Verdict
from companion.protocols.matter.attestation.trust.roots import published_test_roots
from companion.protocols.matter.driver.store.trust import ROOTS
from companion.protocols.matter.virtual.factory.manufacturer import manufacturer_in
from companion.questions import ReviewAttestation
from tests.support.administration_samples import CHECKS, DEVICE, OWNED, genuine_or_not
from tests.ui.support.flows import connected, outcome
from tests.ui.support.home import home
from ui.engine.commands import Answer, CancelRun
from ui.engine.engine import Engine
from ui.flow.state import Page
from ui.flow.tasks import Task
from ui.pages.questions.attestation import AttestationPage
from ui.present import attestation
from ui.present.run.success import success
from ui.shell.sections import Section
from ui.widgets import CheckState, Choice, Label, Level
from ui.widgets.check_list import CheckRow


def test_every_check_is_shown_with_its_reason_and_its_word() -> None:
    shown = attestation.lines(CHECKS)
    assert [line.state for line in shown].count(CheckState.NOT_KNOWN) == 2
    failed = next(line for line in shown if line.state is CheckState.FAILED)
    assert (failed.claim, failed.word) == ("Manufacturer's certificate", "failed")
    assert "No root that you trust" in failed.reason


def test_what_failed_is_read_first_and_what_passed_last() -> None:
    shown = [line.state for line in attestation.lines(CHECKS)]
    assert shown[0] is CheckState.FAILED and shown[1] is CheckState.REMARK
    assert shown[-4:] == [CheckState.PASSED] * 4


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
    assert [each.text() for each in page.findChildren(QPushButton) if each.isVisible()] == [
        "Back",
        "Import a newer list",
    ]


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
    passed = tuple(replace(check, verdict=Verdict.PASSED, reason=Text("It holds.")) for check in CHECKS)
    assert attestation.report(replace(OWNED, checks=passed)).notice is None
    risky = attestation.report(OWNED).notice
    assert risky is not None and risky.title == "Added at your own risk"


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_success_page_shows_the_checks_and_comes_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.window.open_section(Section.ADD)
        flow = at.router.flow
        assert flow.outcome is not None and flow.outcome.commissioned is not None
        checked = replace(flow.outcome.commissioned, checks=CHECKS)
        flow.outcome = replace(flow.outcome, commissioned=checked)
        at.router.control.changed.emit()
        page = at.front(Page.SUCCESS)
        at.wait_for(lambda: "Show checks" in words(page))
        press(page, "Show checks")
        checks = at.front(Page.CHECKS)
        assert len(checks.findChildren(CheckRow)) == len(CHECKS)
        press(checks, "Back")
        at.front(Page.SUCCESS)
        assert not at.operates and at.window._rail.current() is Section.ADD


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_newer_list_is_imported_and_said_to_count_from_the_next_setup(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "list.pem", tmp_path / "letter.pem"
    der = next(iter(published_test_roots())).der
    good.write_bytes(der)
    bad.write_text("Dear manufacturer")
    revoked = tmp_path / "revoked.json"
    revoked.write_bytes(manufacturer_in(tmp_path / "maker").revocation_set())
    chosen = iter((str(bad), str(good), str(revoked)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(chosen), ""))
    with home(qtbot, tmp_path / "home", monkeypatch) as at:
        owned = replace(OWNED, protocol="matter")
        assert at.router.control.begin_operation(Task.CHECKS, owned)
        page = at.front(Page.CHECKS)
        press(page, "Import a newer list")
        at.wait_for(lambda: "Not a valid trust file" in labels(page))
        press(page, "Import a newer list")
        at.wait_for(lambda: "Manufacturers' roots imported: 1" in labels(page))
        press(page, "Import a newer list")
        at.wait_for(lambda: "Revocations imported, issuers: 1" in labels(page))
        services = cast(Engine, at.bridge._handler)._current()
        memory = services.registry.memory("matter", services.identity.vault)
        assert list(memory.get(ROOTS)) == ["list.pem"]
        press(page, "Back")


def test_where_no_list_can_be_imported_none_is_offered() -> None:
    assert attestation.report(replace(OWNED, protocol="rp1")).protocol == ""
    assert attestation.report(replace(OWNED, protocol="matter")).protocol == "matter"


def labels(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(Label) if each.isVisible()]


def test_what_simply_passed_has_no_page() -> None:
    passed = tuple(check for check in CHECKS if check.verdict is Verdict.PASSED)
    done = outcome()
    assert done.commissioned is not None
    done = replace(done, commissioned=replace(done.commissioned, checks=passed))
    facts = success(done, connected(), can_open=True).facts
    fact = next(each for each in facts if "4 passed" in each.sentence)
    assert fact.level is Level.GOOD and fact.opens == ""


def words(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]


def press(page: QWidget, text: str) -> None:
    next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible()).click()
