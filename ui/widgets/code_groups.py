"""How far a typed code is: one bar for each of its groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

HEIGHT = 4
GAP = 5


class GroupState(Enum):
    """What is known of a group; its value is the colour role."""

    EMPTY = "outline"
    PART = "accent"
    RIGHT = "success"
    WRONG = "danger"


@dataclass(frozen=True)
class Group:
    """One group of a code: its state and how much of it is typed, 0 to 1."""

    state: GroupState = GroupState.EMPTY
    filled: float = 0.0


class CodeGroups(QWidget):
    """Bars under a code field. Says nothing a sentence does not say too: `set_groups` takes that sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[Group, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_groups(self, groups: Sequence[Group], sentence: str = "") -> None:
        """Show these groups; `sentence` ("2 of 4 groups right") is for those who do not see the bars."""
        self.groups = tuple(groups)
        accessibility.name(self, sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.groups:
            return
        wide = (self.width() - GAP * (len(self.groups) - 1)) / len(self.groups)
        with paint.painting(self) as painter:
            for index, group in enumerate(self.groups):
                bar = QRectF(index * (wide + GAP), 0, wide, HEIGHT)
                paint.panel(painter, paint.mirrored(self, bar), HEIGHT / 2, theme.colour("outline"))
                share = group.filled if group.state is GroupState.PART else 1.0
                if group.state is not GroupState.EMPTY and share > 0:
                    bar.setWidth(max(HEIGHT, wide * min(1.0, share)))
                    colour = theme.colour(group.state.value)
                    paint.panel(painter, paint.mirrored(self, bar), HEIGHT / 2, colour)
