"""The hours of a day as bars: what is usual in grey, what an alert is about in red before it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

HOURS = 24
LABELLED = (0, 6, 12, 18)


@dataclass(frozen=True)
class HourView:
    """For each hour of the day; words: the same for a screen reader."""

    hours: tuple[int, ...]
    usual: tuple[float, ...]
    words: str


class HourChart(QWidget):
    """Shows an HourView. Reads from the left in every language, as clocks' scales do."""

    def __init__(self, view: HourView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        accessibility.name(self, view.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(192, 48 + self._scale())

    def minimumSizeHint(self) -> QSize:
        return QSize(144, 48 + self._scale())

    def _scale(self) -> int:
        """Height of the line of hours."""
        return round(paint.text_height("caption")) + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        hours = (*self._view.hours, *[0] * HOURS)[:HOURS]
        usual = (*self._view.usual, *[0.0] * HOURS)[:HOURS]
        most = max(*hours, *usual, 0.001)
        step, ground = self.width() / HOURS, self.height() - self._scale()
        with paint.painting(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            for colour, bars in ((theme.colour("outline"), usual), (theme.colour("danger"), hours)):
                for hour, value in enumerate(bars):
                    height = (ground - 1) * value / most
                    bar = QRectF(hour * step + 1, ground - 1 - height, step - 2, height)
                    painter.fillRect(bar, colour)
            painter.fillRect(QRectF(0, ground - 1, self.width(), 1), theme.colour("outlineStrong"))
            for hour in LABELLED:
                box = QRectF(hour * step, ground + 2, 6 * step, self._scale() - 2)
                ink = theme.colour("textSecondary")
                paint.text(painter, box, str(hour), "caption", ink, paint.Align.AlignLeft)
