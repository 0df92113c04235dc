"""After a kill, the first thing that the window says is what was left half done, and how to finish it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.support.stage import LONG, stage
from tests.ui.support.steps import leave_half_done
from ui.engine.messages import Nearby
from ui.flow.state import Page


def test_the_run_that_was_left_is_finished_with_one_press(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        qtbot.waitUntil(
            lambda: any(isinstance(each, Nearby) and each.devices for each in scene.heard), timeout=LONG
        )
        name = scene.router.flow.nearby[0].name
    leave_half_done(tmp_path, name)
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        page = scene.router.scan
        qtbot.waitUntil(page._finish.isVisible, timeout=LONG)
        assert name in page._unfinished.accessibleName()
        qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
        page._finish.click()
        scene.until(Page.CONFIRMATION)


def test_a_device_that_is_away_is_not_taken_for_another(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_half_done(tmp_path, "Somebody else")
    with stage(qtbot, tmp_path, monkeypatch) as scene:
        page = scene.router.scan
        qtbot.waitUntil(page._finish.isVisible, timeout=LONG)
        qtbot.waitUntil(lambda: bool(scene.router.flow.nearby), timeout=LONG)
        page._finish.click()
        assert scene.page is Page.SCAN and not scene.router.flow.running
        assert "Somebody else is not in range" in page._notice.accessibleName()
