"""A code on the screen: a rectangle around it, or a whole monitor, whatever their scale and number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QScreen
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.protocols.rp1.virtual import factory as rp1_factory
from tests.ui.support.codes import pictured
from ui.sources import screen
from ui.sources.files import texts_of_image
from ui.sources.screen import ScreenPick, Sheet

SAMPLE = rp1_factory.label(rp1_factory.sample())
LEFT, TOP = 60, 40


@pytest.fixture
def shown(qtbot: QtBot) -> QLabel:
    """A label with the sample code, somewhere on the screen."""
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(pictured(SAMPLE).scaledToWidth(300)))
    label.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    qtbot.addWidget(label)
    label.move(LEFT, TOP)
    label.show()
    qtbot.waitExposed(label)
    return label


@pytest.fixture
def pick(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScreenPick]:
    monkeypatch.setattr(screen, "SETTLE_MILLISECONDS", 0)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = ScreenPick(window)
    yield made
    for sheet in made._sheets:
        sheet.close()


def begin(qtbot: QtBot, pick: ScreenPick) -> Sheet:
    """The sheet over the first monitor, once it is there."""
    pick.begin()
    assert not pick.parent().isVisible()  # type: ignore[attr-defined]  # the window
    qtbot.waitUntil(lambda: bool(pick._sheets))
    return pick._sheets[0]


def draw(qtbot: QtBot, sheet: Sheet, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(sheet, end)
    qtbot.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=end)


def test_a_rectangle_around_the_code_is_read(qtbot: QtBot, pick: ScreenPick, shown: QLabel) -> None:
    sheet = begin(qtbot, pick)
    start = shown.geometry().topLeft() - sheet.screen_geometry.topLeft()
    with qtbot.waitSignal(pick.picked) as caught:
        draw(qtbot, sheet, start, start + QPoint(shown.width(), shown.height()))
    image: QImage = caught.args[0]
    assert abs(image.width() / image.devicePixelRatio() - shown.width()) <= 2
    assert texts_of_image(image) == (SAMPLE,)
    assert pick.parent().isVisible()  # type: ignore[attr-defined]  # the window is back


def test_enter_takes_the_whole_screen(qtbot: QtBot, pick: ScreenPick, shown: QLabel) -> None:
    sheet = begin(qtbot, pick)
    with qtbot.waitSignal(pick.picked) as caught:
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert texts_of_image(caught.args[0]) == (SAMPLE,)


def test_escape_leaves_and_a_slip_of_the_mouse_picks_nothing(
    qtbot: QtBot, pick: ScreenPick, shown: QLabel
) -> None:
    sheet = begin(qtbot, pick)
    picked: list[QImage] = []
    pick.picked.connect(picked.append)
    draw(qtbot, sheet, QPoint(20, 20), QPoint(22, 21))
    assert pick._sheets == [sheet]
    with qtbot.waitSignal(pick.left):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not picked
    assert not pick._sheets
    assert pick.parent().isVisible()  # type: ignore[attr-defined]  # the window is back


class Monitor:
    """A monitor that shows `image`, `ratio` device pixels a point; null: one that gives no picture."""

    def __init__(self, left: int, image: QImage, ratio: int = 1) -> None:
        self._shot = QPixmap.fromImage(image)
        self._shot.setDevicePixelRatio(ratio)
        self._left = left
        self._size = QSize(image.width() // ratio, image.height() // ratio)

    def grabWindow(self, _window: int) -> QPixmap:
        return self._shot

    def geometry(self):  # type: ignore[no-untyped-def]  # QRect
        real: QScreen = QGuiApplication.primaryScreen()
        area = real.geometry()
        area.setLeft(self._left)
        area.setSize(self._size)
        return area


def blank(side: int = 600) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0xFF406080)
    return image


def test_every_monitor_gets_a_sheet_and_the_whole_of_all_is_one_key(
    qtbot: QtBot, pick: ScreenPick, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = pictured(SAMPLE).scaled(600, 600)
    monitors = [Monitor(0, blank()), Monitor(600, code, ratio=2)]
    monkeypatch.setattr(screen.QGuiApplication, "screens", lambda: monitors)
    begin(qtbot, pick)
    assert [sheet.screen_geometry.left() for sheet in pick._sheets] == [0, 600]
    with qtbot.waitSignal(pick.picked) as caught:
        qtbot.keyClick(pick._sheets[0], Qt.Key.Key_A)
    assert texts_of_image(caught.args[0]) == (SAMPLE,)


def test_a_desktop_that_gives_no_picture_says_so(
    qtbot: QtBot, pick: ScreenPick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen.QGuiApplication, "screens", lambda: [Monitor(0, QImage())])
    with qtbot.waitSignals([pick.refused, pick.left]):
        pick.begin()
    assert pick.parent().isVisible()  # type: ignore[attr-defined]  # the window is back
