"""Signal strength as four bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.present import units
from ui.shell import theme
from ui.widgets import accessibility, paint


def decibels(rssi: int | None) -> str:
    """ "−48 dBm" with a true minus, or "" where the strength is hidden."""
    if rssi is None:
        return ""
    return f"\N{MINUS SIGN}{abs(rssi)} dBm"


def paint_bars(painter: QPainter, rect: QRectF, rssi: int | None) -> None:
    """Four rising bars in `rect`, the first at its left."""
    full = units.signal_bars(rssi)
    wide = rect.width() / 5.3
    step = (rect.width() - wide) / 3
    for index in range(4):
        tall = rect.height() * (0.28, 0.5, 0.75, 1.0)[index]
        bar = QRectF(rect.left() + index * step, rect.bottom() - tall, wide, tall)
        colour = theme.colour("text") if index < full else theme.colour("outline")
        paint.panel(painter, bar, wide * 0.3, colour)


class SignalBars(QWidget):
    """The bars alone; put the words beside them."""

    def __init__(self, rssi: int | None = None, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.set_rssi(rssi)

    def set_rssi(self, rssi: int | None) -> None:
        self._rssi = rssi
        accessibility.name(self, "" if rssi is None else units.dbm(rssi))
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            paint_bars(painter, rect.adjusted(0, rect.height() * 0.14, 0, -rect.height() * 0.14), self._rssi)
