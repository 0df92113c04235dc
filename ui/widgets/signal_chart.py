"""A device's signal over the last seconds: a line on its ground, with a dot where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

# dBm at the top and at the ground of the chart.
STRONGEST, WEAKEST = -35.0, -100.0
DOT = 5.0


@dataclass(frozen=True)
class SignalView:
    """points: seconds and dBm, in order. caption, span: what and how much, in words ("−61 to −91 dBm").

    ended: the word at the end of the line, "" where the link did not go
    """

    points: tuple[tuple[float, int], ...]
    caption: str
    span: str
    ended: str = ""


class SignalChart(QWidget):
    """Shows a SignalView without its words; the word at the end is painted beside the dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: SignalView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: SignalView) -> None:
        self._view = view
        accessibility.name(self, ". ".join(part for part in (view.caption, view.span, view.ended) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 84)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 84)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view is None or len(self._view.points) < 2:
            return
        line = self._points(self._view)
        ground = self.height() - 1.5
        area = QPainterPath(QPointF(line[0].x(), ground))
        for point in (*line, QPointF(line[-1].x(), ground)):
            area.lineTo(point)
        area.closeSubpath()
        with paint.painting(self) as painter:
            painter.fillPath(area, theme.colour("accent", 0.14))
            painter.setPen(QPen(theme.colour("outlineStrong"), 1))
            painter.drawLine(QPointF(line[0].x(), ground), QPointF(line[-1].x(), ground))
            pen = QPen(theme.colour("accent"), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(line)
            self._paint_end(painter, line[-1], self._view.ended)

    def _points(self, view: SignalView) -> list[QPointF]:
        """The line, with room for the dot and its word at the end that reading goes to."""
        word = paint.text_width(view.ended, "strong") + 12 if view.ended else 0.0
        wide, tall = self.width() - DOT - word - 2, self.height() - 2 * DOT - 2
        begin, end = view.points[0][0], view.points[-1][0]
        points = []
        for at, rssi in view.points:
            share = (at - begin) / max(end - begin, 0.001)
            height = (min(STRONGEST, max(WEAKEST, rssi)) - WEAKEST) / (STRONGEST - WEAKEST)
            points.append(QPointF(1 + share * wide, DOT + (1 - height) * tall))
        return points

    def _paint_end(self, painter: QPainter, end: QPointF, word: str) -> None:
        ink = theme.colour("danger" if word else "accent")
        painter.setPen(QPen(theme.colour("artBack"), 2))
        painter.setBrush(ink)
        painter.drawEllipse(end, DOT, DOT)
        if word:
            box = QRectF(end.x() + DOT + 5, end.y() - 10, self.width() - end.x(), 20)
            paint.text(painter, box, word, "strong", ink, paint.Align.AlignLeft)
