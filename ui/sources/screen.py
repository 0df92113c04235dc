"""Reading a code from the screen: every monitor is photographed, and the user draws a rectangle on one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from ui.shell import theme

# The window that hides needs this long to leave the screen.
SETTLE_MILLISECONDS = 250
LEAST_SIDE = 12


class ScreenPick(QObject):
    """`begin` hides the window, shows the pictures, and ends with `picked` (a QImage), `left`, or
    `refused` where the desktop gives no picture of itself (Wayland)."""

    picked = Signal(object)
    left = Signal()
    refused = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sheets: list[Sheet] = []

    def begin(self) -> None:
        """Photograph all monitors and let the user pick."""
        self._window.hide()
        QTimer.singleShot(SETTLE_MILLISECONDS, self._photograph)

    def _photograph(self) -> None:
        for screen in QGuiApplication.screens():
            shot = screen.grabWindow(0)
            if not shot.isNull():
                sheet = Sheet(screen, shot)
                sheet.picked.connect(self._finish)
                sheet.left.connect(lambda: self._finish(None))
                sheet.all_wanted.connect(lambda: self._finish(_side_by_side(self._sheets)))
                self._sheets.append(sheet)
        if not self._sheets:
            self._finish(None)
            self.refused.emit()
            return
        for sheet in self._sheets:
            sheet.is_one_of_several = len(self._sheets) > 1
            sheet.setGeometry(sheet.screen_geometry)
            sheet.showFullScreen()
        self._sheets[0].activateWindow()

    def _finish(self, image: QImage | None) -> None:
        sheets, self._sheets = self._sheets, []
        for sheet in sheets:
            sheet.close()
            sheet.deleteLater()
        self._window.show()
        self._window.activateWindow()
        if image is None:
            self.left.emit()
        else:
            self.picked.emit(image)


class Sheet(QWidget):
    """One monitor's picture, dimmed; the rectangle that is drawn on it is bright.

    Mouse: draw. Enter: the whole monitor. A: all monitors. Escape: leave.
    """

    picked = Signal(object)
    all_wanted = Signal()
    left = Signal()

    def __init__(self, screen: QScreen, shot: QPixmap) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.screen_geometry = screen.geometry()
        self.shot = shot
        self.is_one_of_several = False
        self._from: QPoint | None = None
        self._area = QRect()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Draw a rectangle around the code. Enter: whole screen."))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self.shot)
        painter.fillRect(self.rect(), theme.colour("scrim", 0.55))
        if not self._area.isEmpty():
            painter.drawPixmap(self._area, self.shot, self._in_shot(self._area))
            painter.setPen(QPen(theme.colour("viewfinder"), 2))
            painter.drawRect(self._area)
        painter.setPen(QColor("white"))
        painter.setFont(theme.font("section"))
        painter.drawText(
            self.rect().adjusted(0, 48, 0, 0),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            self._help(),
        )
        painter.end()

    def _help(self) -> str:
        if self.is_one_of_several:
            return self.tr("Draw a rectangle around the code. Enter: this screen. A: all screens. Esc: back.")
        return self.tr("Draw a rectangle around the code. Enter: whole screen. Esc: back.")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._area = QRect(self._from, event.position().toPoint()).normalized()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._from = None
        if min(self._area.width(), self._area.height()) >= LEAST_SIDE:
            self.picked.emit(self.shot.copy(self._in_shot(self._area)).toImage())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.shot.toImage())
        elif event.key() == Qt.Key.Key_A:
            self.all_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()

    def _in_shot(self, area: QRect) -> QRect:
        """The same area in the picture's own pixels."""
        across = self.shot.width() / max(1, self.width())
        down = self.shot.height() / max(1, self.height())
        return QRect(
            round(area.x() * across),
            round(area.y() * down),
            round(area.width() * across),
            round(area.height() * down),
        ).intersected(self.shot.rect())


def _side_by_side(sheets: Sequence[Sheet]) -> QImage:
    """All monitors in one picture, each in its own pixels."""
    shots = [sheet.shot.toImage() for sheet in sheets]
    for shot in shots:
        shot.setDevicePixelRatio(1)
    row = QImage(sum(s.width() for s in shots), max(s.height() for s in shots), QImage.Format.Format_RGB32)
    row.fill(0xFFFFFFFF)
    painter = QPainter(row)
    left = 0
    for shot in shots:
        painter.drawImage(left, 0, shot)
        left += shot.width()
    painter.end()
    return row
