"""The time that is left: a ring that empties, minutes and seconds beside it, and what happens then."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.text import Label

RING = 80
STROKE = 10
SOON = 60
"""From this many seconds on it is a warning."""


class Countdown(QWidget):
    """Shows what `show_left` was told last; whoever shows it counts.

    then: what happens at the end, after "mm:ss"; note: what else holds until then
    """

    def __init__(self, then: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self._ring = _EmptyingRing()
        self._time = Label("", "display")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._time)
        words.addWidget(Label(then, "body", role="textSecondary", wrap=True))
        if note:
            words.addWidget(Label(note, "caption", role="textSecondary", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(26)
        row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)

    def show_left(self, left: int, whole: int) -> None:
        """left, whole: seconds."""
        left = max(0, left)
        self._time.setText(f"{left // 60:02}:{left % 60:02}")
        self._time.set_role("warning" if left <= SOON else "text")
        self._ring.show_share(left / max(1, whole), "warning" if left <= SOON else "accent")
        accessibility.name(self, f"{self._time.words()} {self._then}")


class _EmptyingRing(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self._role = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, role: str) -> None:
        self._share, self._role = min(1.0, share), role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(RING + STROKE, RING + STROKE)

    def paintEvent(self, event: QPaintEvent) -> None:
        ring = QRectF(STROKE / 2, STROKE / 2, RING, RING)
        with paint.painting(self) as painter:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("outline"), STROKE))
            painter.drawEllipse(ring)
            pen = QPen(theme.colour(self._role), STROKE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            if span := round(360 * 16 * self._share):
                painter.drawArc(ring, 90 * 16, span)
            sign = QRectF(0, 0, 24, 24)
            sign.moveCenter(ring.center())
            icons.paint(painter, sign, "clock", theme.colour(self._role))
