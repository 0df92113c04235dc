"""What a run did and does: one row a step, with a dot, a title, what happened and its seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import paint
from ui.widgets.banner import Banner, Tone
from ui.widgets.step_track import MarkState
from ui.widgets.text import Label

RADIUS = 11
DOT = 24
TOP = 4


@dataclass(frozen=True)
class StepRow:
    """One step as the list shows it. `seconds` is ready to read; the hint shows under a current step."""

    title: str
    sentence: str = ""
    state: MarkState = MarkState.NEXT
    seconds: str = ""
    hint_title: str = ""
    hint: str = ""


class StepList(QWidget):
    """Rows that change in place, so that running seconds disturb nothing else.

    compact: closer together, with small sentences, for a card beside other things.
    """

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_rows(self, rows: Sequence[StepRow]) -> None:
        """Show these steps, top to bottom."""
        while len(self._rows) > len(rows):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.deleteLater()
        while len(self._rows) < len(rows):
            row = _Row(self._compact)
            self._rows.append(row)
            self._column.addWidget(row)
        for index, (row, data) in enumerate(zip(self._rows, rows, strict=True)):
            row.show_step(data, last=index == len(rows) - 1)


class _Row(QWidget):
    def __init__(self, compact: bool) -> None:
        super().__init__()
        self._data: StepRow | None = None
        self._last = False
        self._title = Label("", "strong", wrap=True)
        self._current = Label("", "section", wrap=True)
        self._sentence = Label("", "caption" if compact else "body", role="textSecondary", wrap=True)
        self._seconds = Label("", "tabular", role="textSecondary")
        self._running = Label("", "strong", role="accent")
        self._hint = Banner(Tone.WARNING, wide=True)
        first = QHBoxLayout()
        first.setSpacing(16)
        for label in (self._title, self._current):
            first.addWidget(label, 1)
        first.addWidget(self._seconds, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._running, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(self._sentence)
        column.addSpacing(4 if compact else 6)
        column.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, TOP, 0, 4 if compact else 14)
        row.setSpacing(0)
        row.addSpacing(DOT + 16)
        row.addLayout(column, 1)

    def show_step(self, data: StepRow, *, last: bool) -> None:
        if data == self._data and last == self._last:
            return
        self._data, self._last = data, last
        current = data.state is MarkState.CURRENT
        self._title.setText(data.title)
        self._current.setText(data.title)
        self._title.setVisible(not current)
        self._current.setVisible(current)
        self._title.set_role(
            {MarkState.NEXT: "textSecondary", MarkState.FAILED: "danger"}.get(data.state, "text")
        )
        self._sentence.setText(data.sentence)
        self._sentence.setVisible(bool(data.sentence))
        shown, hidden = (self._running, self._seconds) if current else (self._seconds, self._running)
        shown.setText(data.seconds)
        shown.setVisible(bool(data.seconds))
        hidden.setVisible(False)
        self._hint.setVisible(bool(data.hint))
        if data.hint:
            self._hint.show_notice(Tone.WARNING, data.hint_title, data.hint)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._data is None:
            return
        state = self._data.state
        middle = QPointF(DOT / 2, TOP + paint.text_height("strong") / 2 + 0.5)
        if self.isRightToLeft():
            middle.setX(self.width() - DOT / 2)
        with paint.painting(self) as painter:
            if not self._last:
                self._paint_line(painter, middle, state)
            self._paint_dot(painter, middle, state)

    def _paint_line(self, painter: QPainter, middle: QPointF, state: MarkState) -> None:
        role = "accent" if state is MarkState.DONE else "outline"
        painter.setPen(QPen(theme.colour(role), 2))
        top = QPointF(middle.x(), middle.y() + RADIUS + 3)
        painter.drawLine(top, QPointF(middle.x(), self.height()))

    def _paint_dot(self, painter: QPainter, middle: QPointF, state: MarkState) -> None:
        box = QRectF(middle.x() - RADIUS, middle.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        if state in (MarkState.DONE, MarkState.FAILED):
            done = state is MarkState.DONE
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if done else "danger"))
            painter.drawEllipse(box)
            sign = QRectF(middle.x() - 7, middle.y() - 7, 14, 14)
            ink = theme.colour("onAccent" if done else "onDanger")
            icons.paint(painter, sign, "check" if done else "cross", ink)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if state is MarkState.CURRENT:
            ring = box.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.colour("accentLine"), 3))
            painter.drawEllipse(ring)
            painter.setPen(QPen(theme.colour("accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, 90 * 16, -200 * 16)
        else:
            painter.setPen(QPen(theme.colour("outlineStrong"), 1.6))
            painter.drawEllipse(box.adjusted(0.8, 0.8, -0.8, -0.8))
