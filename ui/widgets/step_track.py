"""A run's steps at the top of a page: six bars with their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint

GAP = 8
BAR_TOP = 22


class MarkState(Enum):
    NEXT = auto()
    CURRENT = auto()
    DONE = auto()
    FAILED = auto()


@dataclass(frozen=True)
class StepMark:
    """One step as the track shows it; `seconds` is ready to read ("4 s"), shown for current and failed."""

    name: str
    state: MarkState = MarkState.NEXT
    seconds: str = ""


class StepTrack(QWidget):
    """Six bars; the current one is half filled, for nobody knows how long a step takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[StepMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[StepMark], sentence: str = "") -> None:
        """Show these steps; `sentence` ("Step 4 of 6: Confirm") is for those who do not see the bars."""
        new = tuple(steps)
        if new == self.steps:
            return
        self.steps = new
        accessibility.name(self, sentence or ", ".join(step.name for step in new))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self._height())

    def _height(self) -> int:
        return int(theme.token("layout", "stepTrack")) - 15 + round(paint.text_height("caption"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.steps:
            return
        wide = (self.width() - GAP * (len(self.steps) - 1)) / len(self.steps)
        with paint.painting(self) as painter:
            for index, step in enumerate(self.steps):
                self._paint_step(painter, step, index * (wide + GAP), wide)

    def _paint_step(self, painter: QPainter, step: StepMark, x: float, wide: float) -> None:
        tall = float(theme.token("stroke", "stepTrack"))
        bar = QRectF(x, BAR_TOP, wide, tall)
        role = {
            MarkState.NEXT: "outline",
            MarkState.CURRENT: "accentLine",
            MarkState.DONE: "accent",
            MarkState.FAILED: "danger",
        }[step.state]
        paint.panel(painter, paint.mirrored(self, bar), tall / 2, theme.colour(role))
        if step.state is MarkState.CURRENT:
            bar.setWidth(wide * 0.45)
            paint.panel(painter, paint.mirrored(self, bar), tall / 2, theme.colour("accent"))

        line = paint.text_height("caption")
        y = BAR_TOP + tall + 15 - line / 2
        left = x
        sign = {MarkState.DONE: ("check", "accent"), MarkState.FAILED: ("cross", "danger")}.get(step.state)
        if sign:
            box = QRectF(left, y + line / 2 - 7, 14, 14)
            icons.paint(painter, paint.mirrored(self, box), sign[0], theme.colour(sign[1]))
            left += 18
        ink = {MarkState.CURRENT: "text", MarkState.FAILED: "danger"}.get(step.state, "textSecondary")
        strong = step.state in (MarkState.CURRENT, MarkState.FAILED)
        seconds = step.seconds if strong else ""
        note = paint.text_width(seconds, "caption") + 4 if seconds else 0.0
        room = wide - (left - x) - (note + 8 if note else 0)
        name_width = min(room, paint.text_width(step.name, "captionStrong" if strong else "caption") + 1)
        style = "captionStrong" if strong else "caption"
        box = paint.mirrored(self, QRectF(left, y, name_width, line))
        paint.text(painter, box, step.name, style, theme.colour(ink), paint.leading(self))
        if seconds:
            box = paint.mirrored(self, QRectF(left + name_width + 8, y, note, line))
            role = "danger" if step.state is MarkState.FAILED else "accent"
            paint.text(painter, box, seconds, "captionTabular", theme.colour(role), paint.leading(self))
