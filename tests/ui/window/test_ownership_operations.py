"""What owners do with their device, from its page and back: real engine, real device, real registry."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from companion.claims import Evidence
from companion.events import RevocationReason, RunFinished
from companion.identity import crl, open_identity
from companion.registry import open_registry
from companion.scanner import read_file
from tests.ui.support.home import home
from ui.engine.ownership_messages import TokenSaved
from ui.flow.state import FlowState, Page
from ui.flow.tasks import Task
from ui.pages.replay.place import ReplayPlace
from ui.pages.run.already_yours import AlreadyYoursPage
from ui.shell.sections import Section
from ui.widgets import Choice, Tile, Tone

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def test_rotating_gives_a_new_certificate_and_comes_back_to_the_device(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.ROTATE)
        at.front(Page.PROGRESS)
        device = at.back("New certificate in use")
        assert device.notice is not None and device.notice.tone is Tone.GOOD
        at.wait_for(lambda: "Rotated" in at.fact("Last run"))
        assert at.router.flow.page is Page.SUCCESS, "commissioning stands where it stood"
        *_, last = (event.outcome for event in at.heard if isinstance(event, RunFinished))
        assert not any(finding.expected for finding in last.findings)
        assert last.facts.evidence == {Evidence.KNOWN_KEY}, "it is proved with one's own"


def test_a_device_gets_another_name_and_keeps_its_network(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.REPROVISION)
        page = at.front(Page.NETWORK)
        assert page.title() == "What do you want to change on Hallway sensor?"
        page._name.set_text("Cellar sensor")
        at.press_primary()
        at.back("Changed")
        at.wait_for(lambda: at.view.name == "Cellar sensor")
        assert at.fact("Network") == "Hafen 12"


def test_asking_tells_what_the_device_says_of_itself(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.QUERY)
        notice = at.back("Status checked").notice
        assert notice is not None
        assert "last change complete" in notice.sentence


def test_a_reset_needs_a_button_that_is_held(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.RESET)
        page = at.front(Page.RESET)
        assert not page.hold.hasFocus(), "haste must not reset"
        qtbot.keyClick(page.hold, Qt.Key.Key_Space)
        assert at.operation.page is Page.RESET and not at.operation.running
        qtbot.keyPress(page.hold, Qt.Key.Key_Space)
        at.front(Page.PROGRESS)
        device = at.back("It has no owner now")
        at.wait_for(lambda: at.view.ended)
        assert at.view.state == "Was reset"
        assert device.notice is not None and device.notice.tone is Tone.GOOD
        assert [action.key for action in at.view.actions] == ["history"], "nothing else can be done with it"


def test_a_device_is_given_away_with_a_token_that_its_new_owner_scans(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.TRANSFER)
        page = at.front(Page.TRANSFER)
        at.press_primary()
        at.wait_for(lambda: at.operation.token is not None and page._done.isVisible())
        for name in ("token.png", "token.txt"):
            page.save_wanted.emit(tmp_path / name)
            at.wait_for(
                lambda name=name: (
                    tmp_path / name in [each.path for each in at.heard if isinstance(each, TokenSaved)]
                )
            )
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, "a token is as good as the device"
        token = (tmp_path / "token.txt").read_text().strip("\n")
        assert [read.text for read in read_file(tmp_path / "token.png")] == [token]
        page._done.click()
        at.back("A transfer token is active")
        at.wait_for(lambda: at.view.state == "Transfer pending")
        assert at.fact("Transfer token").startswith("until ")

        at.window.open_section(Section.ADD)
        at.router.sources.reader.read.emit((token,), "test")
        at.wait_for(lambda: at.router.scan.is_asking)
        at.router.scan.code_chosen.emit(0)
        at.wait_for(lambda: at.router.control.has_operation)
        at.back("You now own it")
        at.wait_for(lambda: at.view.state == "Set up")


def test_a_token_for_one_key_waits_for_the_key(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.TRANSFER)
        page = at.front(Page.TRANSFER)
        page._form._one.click()
        assert not page._make.isEnabled()
        not_a_key = tmp_path / "holiday.pub"
        not_a_key.write_text("no key")
        page._form.use_key(not_a_key)
        page._form._days.box.setValue(7)
        at.press_primary()
        at.front(Page.PROBLEM)
        assert at.operation.error is not None and at.operation.error.code == "S-112"
        at.press_primary()
        at.front(Page.TRANSFER)
        terms = page._form.terms()
        assert terms is not None and (terms.key_file, terms.days) == (not_a_key, 7), (
            "a retry keeps what was given"
        )


def test_the_history_of_a_device_leads_to_its_latest_run(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.ROTATE)
        at.back("New certificate in use")
        at.wait_for(lambda: "Rotated" in at.fact("Last run"))
        at.devices.action_chosen.emit(at.view.key, "history")
        activity = at.window._open_records().activity
        place = at.window._stack.currentWidget()
        assert isinstance(place, ReplayPlace) and place.currentWidget() is activity
        at.wait_for(lambda: activity._run is not None and activity._run.outcome == "Rotated")
        at.wait_for(lambda: activity._run is not None and bool(activity._run.events))
        assert activity._run.when.startswith("Rotated, Today")


def test_while_a_device_is_set_up_an_operation_says_that_it_has_to_wait(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.router.flow.state = FlowState.SEARCHING
        try:
            at.choose(Task.ROTATE)
            assert not at.router.control.has_operation
            at.wait_for(lambda: at.view.notice is not None)
            assert at.view.notice is not None and at.view.notice.title == "One at a time"
        finally:
            at.router.flow.state = FlowState.SCAN


def test_a_stolen_device_is_revoked_with_a_reason_and_a_button_that_is_held(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.REVOKE)
        page = at.front(Page.REVOCATION)
        assert not page.hold.hasFocus(), "haste must not revoke"
        qtbot.keyClick(page.hold, Qt.Key.Key_Space)
        assert at.operation.page is Page.REVOCATION and not at.operation.running
        stolen = page.reasons[RevocationReason.STOLEN]
        stolen.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(stolen, Qt.Key.Key_Space)
        qtbot.keyPress(page.hold, Qt.Key.Key_Space)
        at.back("Its certificates are revoked")
        at.wait_for(lambda: at.view.state == "Revoked")
        assert at.view.needs_you and Task.REVOKE not in [action.key for action in at.view.dangers]
        registry = open_registry(tmp_path)
        assert [each.reason for each in registry.revocations()] == ["stolen"]
        registry.close()
        at.choose(Task.ROTATE)
        at.wait_for(lambda: at.operation.page is Page.RISK)
        _, go_on = at.front(Page.RISK).findChildren(Choice)
        go_on.click()
        at.back("New certificate in use")
        at.wait_for(lambda: at.view.state == "Set up")


def test_an_open_transfer_is_cancelled_and_the_device_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.TRANSFER)
        page = at.front(Page.TRANSFER)
        at.press_primary()
        at.wait_for(lambda: at.operation.token is not None and page._done.isVisible())
        page._done.click()
        at.back("A transfer token is active")
        at.wait_for(lambda: at.view.state == "Transfer pending")
        at.choose(Task.QUERY)
        at.back("Status checked")
        at.wait_for(lambda: "Queried" in at.fact("Last run"))
        assert at.view.state == "Transfer pending", "the next answer does not make it forgotten"
        at.choose(Task.CANCEL)
        at.back("The transfer is being cancelled")
        at.wait_for(lambda: at.fact("Transfer token") == "cancelled, device not notified yet")
        at.choose(Task.QUERY)
        at.back("Status checked")
        at.wait_for(lambda: at.view.state == "Set up")
        assert not at.fact("Transfer token")


def test_a_list_that_ends_soon_is_warned_of_and_renewed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        assert not at.devices.warning.isVisible()
        identity, registry = open_identity(tmp_path, throwaway=True), open_registry(tmp_path)
        crl.publish(tmp_path, identity.ca, registry, tmp_path / "revoked.pem")
        registry.close()
        note = json.loads((tmp_path / crl.NOTE).read_text())
        for name in ("made", "until"):
            note[name] = (datetime.fromisoformat(note[name]) - timedelta(days=5)).isoformat()
        (tmp_path / crl.NOTE).write_text(json.dumps(note))
        at.window.open_section(Section.DEVICES)
        at.wait_for(at.devices.warning.isVisible)
        at.devices.renew.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(at.devices.renew, Qt.Key.Key_Space)
        at.wait_for(lambda: not at.devices.warning.isVisible())
        last = crl.published(tmp_path)
        assert last is not None and last.standing(datetime.now(UTC)) is crl.CrlState.FRESH


def test_the_code_of_a_device_that_is_yours_leads_to_what_you_can_do_with_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.window.open_section(Section.ADD)
        at.router.control.use_another_code()
        at.scan_sample()
        at.until(Page.CONFIRMATION)
        at.press_primary()
        page = at.until(Page.YOURS)
        assert isinstance(page, AlreadyYoursPage)
        at.wait_for(lambda: page.title() == "Hallway sensor is already yours")
        assert page._place.text() == "Hallway"

        def choose_reset() -> None:
            next(door for door in page.findChildren(Tile) if door.text() == "Reset").click()

        choose_reset()
        at.until(Page.RESET).left.emit()
        at.until(Page.YOURS)
        choose_reset()
        qtbot.keyPress(at.until(Page.RESET).hold, Qt.Key.Key_Space)
        at.back("It has no owner now")
        assert at.router.flow.page is Page.SCAN, "the next code finds the page empty"
