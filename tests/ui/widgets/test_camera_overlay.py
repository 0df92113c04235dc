"""What lies over the camera's picture: readable words beside their tick, and a menu that says what is on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.support.checks import settle
from ui.shell import theme
from ui.widgets import Label
from ui.widgets.camera_overlay import CameraPicker, ReadBar
from ui.widgets.menu import Menu

LEAST_GAP = 8


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_words_keep_clear_of_the_tick(
    qtbot: QtBot, qapp: QApplication, direction: Qt.LayoutDirection, scale: float
) -> None:
    theme.apply(qapp, forced=theme.Scheme.LIGHT, text_scale=scale, reduced_motion=True)
    bar = ReadBar()
    qtbot.addWidget(bar)
    bar.setLayoutDirection(direction)
    bar.show_read("RP1 device", "Companion searches for the matching device.", "Searching…")
    bar.resize(420, 60)
    bar.show()
    settle()
    title = bar.findChildren(Label)[0]
    image, ink = bar.grab().toImage(), theme.colour("viewfinder")
    disc = [x for x in range(bar.width()) if image.pixelColor(x, bar.height() // 2) == ink]
    assert disc
    gap = title.geometry().left() - max(disc)
    if direction is Qt.LayoutDirection.RightToLeft:
        gap = min(disc) - title.geometry().right()
    assert gap >= LEAST_GAP


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_menu_of_cameras_offers_to_mirror_and_back(qtbot: QtBot, mirrored: bool) -> None:
    picker = CameraPicker()
    qtbot.addWidget(picker)
    picker.show_cameras(("Integrated camera", "USB camera"), "USB camera", mirrored=mirrored)
    entries = [entry for entry in picker.findChild(Menu).actions() if not entry.isSeparator()]
    assert [entry.text() for entry in entries] == ["Integrated camera", "USB camera", "Mirror the picture"]
    assert [bool(entry.icon().availableSizes()) for entry in entries] == [False, True, mirrored]
    with qtbot.waitSignal(picker.mirror_wanted) as caught:
        entries[-1].trigger()
    assert caught.args == [not mirrored]
    with qtbot.waitSignal(picker.chosen) as caught:
        entries[0].trigger()
    assert caught.args == ["Integrated camera"]
