"""One mark for each run of a session, in order: how it ended, at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.lab.views import Mark
from ui.shell import theme
from ui.widgets import accessibility, paint

BAR, LONGER = 20.0, 8.0
LEAST_PITCH = 3.0
INK = {
    Mark.GOOD: "success",
    Mark.RETRIED: "warning",
    Mark.FAILED: "danger",
    Mark.RUNNING: "accent",
    Mark.WAITING: "outlineStrong",
    Mark.STOPPED: "outlineStrong",
}
# Of several runs that share a mark, the first of these decides.
WORST = (Mark.FAILED, Mark.RETRIED, Mark.STOPPED, Mark.RUNNING, Mark.GOOD, Mark.WAITING)


class OutcomeStrip(QWidget):
    """`run_chosen`: the number of a run whose mark was pressed. The arrow keys walk from mark to mark."""

    run_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: Sequence[Mark] = ()
        self._first = 0
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_marks(self, marks: Sequence[Mark], first: int, words: str) -> None:
        """first: the number of the first failed run, 0 for none; words: all of it for a screen reader."""
        self._marks, self._first = marks, first
        self._current = min(self._current, max(0, len(marks) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if marks else Qt.FocusPolicy.NoFocus)
        accessibility.name(self, words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, round(BAR + LONGER + paint.text_height("captionStrong")) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    # --- drawing -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            if self._marks:
                self._paint_marks(painter)
            if self._first:
                self._paint_first(painter)
            if self.hasFocus() and self._marks:
                x = self._x(self._current)
                box = QRectF(x - max(self._pitch(), 8) / 2 - 1, 0, max(self._pitch(), 8) + 2, BAR + LONGER)
                paint.panel(painter, box, 4, None, theme.colour("focus"), 2)

    def _paint_marks(self, painter: QPainter) -> None:
        """All marks of a kind at once: a session may have thousands."""
        lines: dict[Mark, list[QPointF]] = {mark: [] for mark in Mark}
        dots: list[QPointF] = []
        for column, mark in enumerate(self._columns()):
            x = self._x_of_column(column)
            if mark in (Mark.WAITING, Mark.STOPPED):
                dots.append(QPointF(x, BAR / 2))
            elif mark is Mark.RETRIED:
                lines[mark] += [
                    QPointF(x, 2),
                    QPointF(x, BAR * 0.36),
                    QPointF(x, BAR * 0.55),
                    QPointF(x, BAR - 2),
                ]
            else:
                lines[mark] += [QPointF(x, 2), QPointF(x, BAR - 2 + (LONGER if mark is Mark.FAILED else 0))]
        wide = min(8.0, max(1.5, self._pitch() * 0.62))
        for mark, points in lines.items():
            if not points:
                continue
            pen = QPen(theme.colour(INK[mark]), wide)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap if wide >= 3 else Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLines(points)
            if mark is Mark.RUNNING and wide >= 3:
                # Hollow: it is not known yet.
                painter.setPen(QPen(theme.colour("accentSoft"), wide - 2, c=Qt.PenCapStyle.RoundCap))
                painter.drawLines(points)
        if dots:
            painter.setPen(QPen(theme.colour(INK[Mark.WAITING]), min(3.6, wide), c=Qt.PenCapStyle.RoundCap))
            painter.drawPoints(dots)

    def _paint_first(self, painter: QPainter) -> None:
        words = str(self._first)
        wide = paint.text_width(words, "captionStrong") + 12
        tall = paint.text_height("captionStrong") + 2
        left = min(max(0.0, self._x(self._first - 1) - wide / 2), self.width() - wide)
        box = QRectF(left, BAR + LONGER + 1, wide, tall)
        paint.panel(painter, box, tall / 2, theme.colour("danger"))
        paint.text(painter, box, words, "captionStrong", theme.colour("surface"), paint.Align.AlignCenter)

    # --- places --------------------------------------------------------------------------------------

    def _shared(self) -> int:
        """How many runs share a mark, where there is no room for one each."""
        return max(1, -(-len(self._marks) * int(LEAST_PITCH) // max(1, self.width())))

    def _columns(self) -> list[Mark]:
        shared = self._shared()
        if shared == 1:
            return list(self._marks)
        groups = (set(self._marks[at : at + shared]) for at in range(0, len(self._marks), shared))
        return [next(mark for mark in WORST if mark in group) for group in groups]

    def _pitch(self) -> float:
        columns = -(-len(self._marks) // self._shared())
        return min(16.0, self.width() / max(1, columns))

    def _x_of_column(self, column: int) -> float:
        x = (column + 0.5) * self._pitch()
        return self.width() - x if self.isRightToLeft() else x

    def _x(self, run: int) -> float:
        """Where the mark of a run is, by its place from 0."""
        return self._x_of_column(run // self._shared())

    def _run_at(self, x: float) -> int | None:
        along = self.width() - x if self.isRightToLeft() else x
        run = int(along / self._pitch()) * self._shared() if self._marks else -1
        return run if 0 <= run < len(self._marks) else None

    # --- pointer and keys ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            run = self._run_at(event.pos().x())
            accessibility.show_tip(event.globalPos(), "" if run is None else self._words(run), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        run = self._run_at(event.position().x())
        if run is not None:
            self._choose(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if ahead:
            step = -ahead if self.isRightToLeft() else ahead
            self._current = min(max(0, self._current + step), len(self._marks) - 1)
            accessibility.describe(self, self._words(self._current))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._first:
            self._current = self._first - 1
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _choose(self, run: int) -> None:
        self._current = run
        self.update()
        self.run_chosen.emit(run + 1)

    def _words(self, run: int) -> str:
        state = {
            Mark.WAITING: self.tr("waiting"),
            Mark.RUNNING: self.tr("running"),
            Mark.GOOD: self.tr("first try"),
            Mark.RETRIED: self.tr("after a retry"),
            Mark.FAILED: self.tr("failed"),
            Mark.STOPPED: self.tr("stopped"),
        }[self._marks[run]]
        return self.tr("Run {number}: {state}").format(number=run + 1, state=state)
