"""A run's steps at the top of a page: six bars with their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint

GAP = 8
BAR_TOP = 22
SIGN = 18


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
        x = 0.0
        with paint.painting(self) as painter:
            for wide, step in self._layout() if self.steps else ():
                self._paint_step(painter, step, x, wide)
                x += wide + GAP

    def fits(self) -> bool:
        """Every name that is shown is shown whole."""
        return not self.steps or all(wide >= _needed(step) - 1 for wide, step in self._layout())

    def _layout(self) -> list[tuple[float, StepMark]]:
        """Each step's width, its name and the seconds that it shows: all that there is room for. All are
        equally wide where every name fits so; else each is as wide as it needs. Names come before seconds,
        and the name of the step that the page is about before those of the others.
        """
        room = self.width() - GAP * (len(self.steps) - 1)
        shown: list[StepMark] = []
        for keep in (_whole, _without_seconds, _only_strong, _only_strong_name):
            shown = [keep(step) for step in self.steps]
            needs = [_needed(step) for step in shown]
            if max(needs) * len(needs) <= room:
                return [(room / len(needs), step) for step in shown]
            if sum(needs) <= room:
                spare = (room - sum(needs)) / len(needs)
                return [(need + spare, step) for need, step in zip(needs, shown, strict=True)]
        return [(room / len(shown), step) for step in shown]

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
        if sign := _SIGNS.get(step.state):
            box = QRectF(left, y + line / 2 - 7, 14, 14)
            icons.paint(painter, paint.mirrored(self, box), sign[0], theme.colour(sign[1]))
            left += SIGN
        ink = {MarkState.CURRENT: "text", MarkState.FAILED: "danger"}.get(step.state, "textSecondary")
        style = _style(step)
        note = _noted(step)
        name_width = min(wide - (left - x) - note, paint.text_width(step.name, style) + 1)
        box = paint.mirrored(self, QRectF(left, y, name_width, line))
        paint.text(painter, box, step.name, style, theme.colour(ink), paint.leading(self))
        if note:
            box = paint.mirrored(self, QRectF(left + name_width + GAP, y, note - GAP, line))
            role = "danger" if step.state is MarkState.FAILED else "accent"
            paint.text(painter, box, step.seconds, "captionTabular", theme.colour(role), paint.leading(self))


_SIGNS = {MarkState.DONE: ("check", "accent"), MarkState.FAILED: ("cross", "danger")}


def _is_strong(step: StepMark) -> bool:
    """It is the one that the page is about."""
    return step.state in (MarkState.CURRENT, MarkState.FAILED)


def _style(step: StepMark) -> str:
    return "captionStrong" if _is_strong(step) else "caption"


def _noted(step: StepMark) -> float:
    """The width of the seconds after a name."""
    shown = step.seconds if _is_strong(step) else ""
    return paint.text_width(shown, "captionTabular") + 4 + GAP if shown else 0.0


def _needed(step: StepMark) -> float:
    """The width of all that a step says."""
    sign = SIGN if step.state in _SIGNS else 0
    return sign + paint.text_width(step.name, _style(step)) + 1 + _noted(step)


def _whole(step: StepMark) -> StepMark:
    return step


def _without_seconds(step: StepMark) -> StepMark:
    return replace(step, seconds="")


def _only_strong(step: StepMark) -> StepMark:
    return step if _is_strong(step) else replace(step, name="", seconds="")


def _only_strong_name(step: StepMark) -> StepMark:
    return _without_seconds(_only_strong(step))
