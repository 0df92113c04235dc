"""One mark a run, in a row: how a batch goes, by shape before colour."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

TALL, BELOW = 20.0, 8.0
WIDEST, NARROWEST = 8.0, 1.5
PITCH = 12.0


class StripMark(Enum):
    GOOD = auto()
    RETRIED = auto()
    FAILED = auto()
    RUNNING = auto()
    WAITING = auto()


class OutcomeStrip(QWidget):
    """Full bar: good. Cut bar: after a retry. Longer bar: failed. Hollow: running. Dot: waiting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[StripMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[StripMark], spoken: str) -> None:
        """spoken: the same for those who do not see it."""
        accessibility.name(self, spoken)
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, round(TALL + BELOW))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, round(TALL + BELOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            return
        pitch = min(PITCH, self.width() / len(self._marks))
        wide = max(NARROWEST, min(WIDEST, pitch * 0.6))
        with paint.painting(self) as painter:
            for place, mark in enumerate(self._marks):
                box = paint.mirrored(self, QRectF(place * pitch, 0, wide, TALL))
                _paint(painter, box, mark)


def _paint(painter: QPainter, box: QRectF, mark: StripMark) -> None:
    round_end = box.width() / 2
    match mark:
        case StripMark.GOOD:
            paint.panel(painter, box, round_end, theme.colour("success"))
        case StripMark.RETRIED:
            ink = theme.colour("warning")
            upper, lower = QRectF(box), QRectF(box)
            upper.setHeight(TALL * 0.36)
            lower.setTop(TALL * 0.5)
            for part in (upper, lower):
                paint.panel(painter, part, round_end, ink)
        case StripMark.FAILED:
            paint.panel(painter, box.adjusted(0, 0, 0, BELOW), round_end, theme.colour("danger"))
        case StripMark.RUNNING:
            paint.panel(painter, box, round_end, theme.colour("accentSoft"), theme.colour("accentLine"), 1.2)
        case StripMark.WAITING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("outlineStrong"))
            dot = min(1.8, box.width() / 2)
            painter.drawEllipse(QPointF(box.center().x(), TALL / 2), dot, dot)
