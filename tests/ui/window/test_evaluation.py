"""How a device was set up, from its page and back, beside another way to do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.support.home import home
from tests.ui.window.test_trust import buttons, press
from ui.widgets import Chip, Label

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def test_the_owner_reads_what_was_measured_and_compares_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with home(qtbot, tmp_path, monkeypatch) as at:
        page = at.devices.evaluation
        press(at, "How it was set up")
        at.wait_for(lambda: any(each.isVisible() for each in page.findChildren(Chip)))
        assert page.left.title.text() == "This device: Setup code on the label"
        chips = [each.accessibleName() for each in page.findChildren(Chip) if each.isVisible()]
        assert chips.count("good · measured") == 5 and "poor · by design" in chips
        place = next(n for n, way in enumerate(page.ways) if way.title == "RP1: Number comparison")
        page.choose(page.right, place)
        wanted = "Compare six digits and confirm them at both ends."
        at.wait_for(lambda: wanted in [each.text() for each in page.findChildren(Label) if each.isVisible()])
        press(at, "Back")
        at.wait_for(lambda: bool(buttons(at, "How it was set up")))
