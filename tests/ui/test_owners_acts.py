"""What an owner does with his device, from its page and back: real engine, real device, real registry."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.home import home
from ui.act_flow import Task
from ui.flow_state import Page
from ui.widgets import Tone

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def test_rotating_gives_a_new_certificate_and_comes_back_to_the_device(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.ROTATE)
        at.front(Page.WORKING)
        device = at.back()
        assert device.notice is not None and device.notice.tone is Tone.GOOD
        at.wait_for(lambda: "Rotated" in at.fact("Last run"))
        assert at.walk.flow.page is Page.DONE, "the walk stands where it stood"


def test_a_device_gets_another_name_and_keeps_its_network(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.CHANGE)
        page = at.front(Page.NETWORK)
        assert page.title() == "What shall change on Hallway sensor?"
        page._name.set_text("Cellar sensor")
        at.press_primary()
        at.back()
        at.wait_for(lambda: at.view.name == "Cellar sensor")
        assert at.fact("Network") == "Hafen 12"


def test_asking_tells_what_the_device_says_of_itself(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.ASK)
        notice = at.back().notice
        assert notice is not None and notice.title == "It answered"
        assert "its last change is complete" in notice.sentence


def test_a_reset_needs_a_button_that_is_held(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        at.choose(Task.RESET)
        page = at.front(Page.RESET)
        assert not page.hold.hasFocus(), "haste must not reset"
        qtbot.keyClick(page.hold, Qt.Key.Key_Space)
        assert at.act.page is Page.RESET and not at.act.running
        qtbot.keyPress(page.hold, Qt.Key.Key_Space)
        at.front(Page.WORKING)
        device = at.back()
        at.wait_for(lambda: at.view.ended)
        assert at.view.state == "Reset"
        assert device.notice is not None and device.notice.tone is Tone.GOOD
        assert [action.key for action in at.view.actions] == ["history"], "nothing else can be done with it"
