"""Seconds per step: every run a dot, half of all a box, nine of ten between the whiskers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.pages.lab.views import ChartView, StepView
from ui.shell import theme
from ui.widgets import accessibility, paint

DOT, JITTER = 4.6, 7.0
BOX = 15.0
# As many dots a row as one can tell apart; what lies apart is always drawn.
MOST_DOTS = 160
NEAR = 6.0


class StepChart(QWidget):
    """`run_chosen`: the number of a run whose dot was pressed."""

    run_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = ChartView(())
        self._scale = (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: ChartView) -> None:
        self._view = view
        accessibility.name(self, view.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._view.steps) * self._row_height()
        return QSize(360, round(rows + paint.text_height("caption")) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    # --- drawing -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self._measure()
        with paint.painting(self) as painter:
            foot = len(self._view.steps) * self._row_height()
            for at, words in self._view.ticks:
                x = self._x(at)
                painter.fillRect(QRectF(x - 0.5, 0, 1, foot), theme.colour("outline"))
                wide = paint.text_width(words, "caption") + 2
                box = QRectF(min(max(0.0, x - wide / 2), self.width() - wide), foot + 2, wide, 20)
                box.setHeight(paint.text_height("caption"))
                paint.text(
                    painter, box, words, "caption", theme.colour("textSecondary"), paint.Align.AlignCenter
                )
            for index, step in enumerate(self._view.steps):
                self._paint_row(painter, step, (index + 0.5) * self._row_height())

    def _paint_row(self, painter: QPainter, step: StepView, y: float) -> None:
        tall = self._row_height()
        box = paint.mirrored(self, QRectF(0, y - tall / 2, self._names() - 8, tall))
        paint.text(painter, box, step.name, "body", theme.colour("text"), paint.leading(self))
        if step.median:
            box = paint.mirrored(
                self, QRectF(self.width() - self._medians(), y - tall / 2, self._medians(), tall)
            )
            paint.text(painter, box, step.median, "strong", theme.colour("text"), paint.trailing(self))
        shown = _thinned(step)
        if shown:
            painter.setPen(QPen(theme.colour("accent", 0.42), DOT, c=Qt.PenCapStyle.RoundCap))
            painter.drawPoints([QPointF(self._x(at), y + _jitter(run)) for run, at in shown])
        if step.box is not None:
            self._paint_box(painter, step.box, y)
        for run, at in step.failures:
            mark = QRectF(0, 0, 12, 12)
            mark.moveCenter(QPointF(self._x(at), y + _jitter(run) / 2))
            icons.paint(painter, mark, "cross", theme.colour("danger"))

    def _paint_box(self, painter: QPainter, box: tuple[float, float, float, float, float], y: float) -> None:
        low, first, median, third, high = (self._x(at) for at in box)
        painter.setPen(QPen(theme.colour("text"), 1.3))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        for x in (low, high):
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        one, other = sorted((first, third))
        body = QRectF(one, y - BOX / 2, max(2.6, other - one), BOX)
        paint.panel(painter, body, 3, theme.colour("surface", 0.55), theme.colour("text"), 1.3)
        painter.fillRect(QRectF(median - 1.3, y - BOX / 2, 2.6, BOX), theme.colour("accent"))

    # --- places --------------------------------------------------------------------------------------

    def _row_height(self) -> float:
        return max(26.0, paint.text_height("body") + 4)

    def _names(self) -> float:
        return max((paint.text_width(step.name, "body") for step in self._view.steps), default=0.0) + 16

    def _medians(self) -> float:
        return max((paint.text_width(step.median, "strong") for step in self._view.steps), default=0.0) + 12

    def _measure(self) -> None:
        """Where the scale begins and ends; once for all dots, of which there are thousands."""
        self._scale = (self._names(), self.width() - self._medians() - 6)

    def _x(self, seconds: float) -> float:
        """Beyond the scale is at its edge."""
        left, right = self._scale
        x = left + (right - left) * min(1.0, seconds / self._view.most)
        return self.width() - x if self.isRightToLeft() else x

    # --- pointer -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            near = self._near(QPointF(event.pos()))
            words = "" if near is None else self.tr("Run {number}").format(number=near)
            accessibility.show_tip(event.globalPos(), words, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if near is not None:
            self.run_chosen.emit(near)

    def _near(self, point: QPointF) -> int | None:
        """The run whose dot or cross is under `point`."""
        self._measure()
        row = int(point.y() / self._row_height())
        if not 0 <= row < len(self._view.steps):
            return None
        step, y = self._view.steps[row], (row + 0.5) * self._row_height()

        def away(place: tuple[int, float]) -> float:
            run, at = place
            return abs(self._x(at) - point.x()) + abs(y + _jitter(run) - point.y())

        near = min((*step.failures, *_thinned(step)), key=away, default=None)
        return near[0] if near is not None and away(near) <= 2 * NEAR else None


def _thinned(step: StepView) -> tuple[tuple[int, float], ...]:
    """The dots that are drawn: all, or those that lie apart and some of the others."""
    if len(step.dots) <= MOST_DOTS or step.box is None:
        return step.dots
    low, high = step.box[0], step.box[-1]
    every = -(-len(step.dots) // MOST_DOTS)
    return tuple(
        dot for place, dot in enumerate(step.dots) if place % every == 0 or not low <= dot[1] <= high
    )


def _jitter(run: int) -> float:
    """Up or down from the row's middle, for each run always the same."""
    return ((run * 2654435761) % 1000 / 1000 - 0.5) * 2 * JITTER
