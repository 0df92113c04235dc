"""The ring of a run: a segment for each step, the running seconds in the middle."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

GAP_DEGREES = 7.0


class Ring(QWidget):
    """Segments: done full, current filling toward its usual time and then breathing, next empty.

    The centre shows seconds, never a percentage, for nobody knows the rest. `start_step` runs the clock;
    `hold` shows a fixed time instead (pictures, tests, the end).
    """

    def __init__(self, count: int = 6, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._caption = caption
        self._current = 0
        self._usual = 5.0
        self._before = 0.0
        self._running = False
        self._failed = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(max(100, theme.motion("ringTick")))
        self._timer.timeout.connect(self._tick)
        self._drawn = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def start_step(self, index: int, usual_seconds: float, already: float = 0.0) -> None:
        """Run segment `index` (from 0), which usually takes `usual_seconds` and is `already` that old."""
        self._current, self._usual, self._before = index, max(0.1, usual_seconds), already
        self._failed = False
        self._running = True
        self._clock.restart()
        if self.isVisible():
            self._timer.start()
        self.update()

    def hold(self, index: int, seconds: float, usual_seconds: float = 5.0, *, failed: bool = False) -> None:
        """Show segment `index` standing at `seconds`; an index beyond the last shows a full ring."""
        self._current, self._usual, self._before = index, max(0.1, usual_seconds), seconds
        self._failed = failed
        self._running = False
        self._timer.stop()
        self.update()

    def seconds(self) -> float:
        """How long the current step has run."""
        return self._before + (self._clock.elapsed() / 1000 if self._running else 0.0)

    def set_caption(self, caption: str) -> None:
        self._caption = caption
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 180)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._running:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        stroke = float(theme.token("stroke", "ring"))
        side = min(self.width(), self.height(), 250) - stroke
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(self.rect()).center())
        with paint.painting(self) as painter:
            for index in range(self._count):
                self._paint_segment(painter, box, index, stroke)
            self._paint_centre(painter, box)
        accessibility.name(self, f"{math.floor(self.seconds())} {self._caption}")

    def _paint_segment(self, painter: QPainter, box: QRectF, index: int, stroke: float) -> None:
        span = 360 / self._count - GAP_DEGREES
        start = 90 - index * 360 / self._count - GAP_DEGREES / 2
        role = "accent" if index < self._current else "outline"
        if index == self._current:
            role = "danger" if self._failed else "accentLine"
        self._arc(painter, box, start, span, role, stroke)
        if index == self._current and not self._failed:
            share = min(1.0, self.seconds() / self._usual)
            alpha = 1.0
            if share >= 1 and self._running and theme.motion("ringTick") != 0:
                alpha = 0.72 + 0.28 * math.cos((self.seconds() - self._usual) * math.pi / 1.2)
            if share > 0:
                self._arc(painter, box, start, span * share, "accent", stroke, alpha)

    def _arc(
        self,
        painter: QPainter,
        box: QRectF,
        start: float,
        span: float,
        role: str,
        stroke: float,
        alpha: float = 1.0,
    ) -> None:
        pen = QPen(theme.colour(role, alpha), stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(box, round(start * 16), -round(max(0.1, span) * 16))

    def _paint_centre(self, painter: QPainter, box: QRectF) -> None:
        big, small = paint.text_height("compare"), paint.text_height("body")
        top = box.center().y() - (big + small) / 2 + 2
        centre = paint.Align.AlignCenter
        line = QRectF(box.left(), top, box.width(), big)
        paint.text(painter, line, str(math.floor(self.seconds())), "compare", theme.colour("text"), centre)
        line = QRectF(box.left() + 24, top + big - 4, box.width() - 48, small)
        paint.text(painter, line, self._caption, "body", theme.colour("textSecondary"), centre)

    def _tick(self) -> None:
        """Past the usual time without motion, only a new second is worth a repaint."""
        now = math.floor(self.seconds())
        still = self.seconds() >= self._usual and theme.motion("ringTick") == 0
        if not still or now != self._drawn:
            self._drawn = now
            self.update()
