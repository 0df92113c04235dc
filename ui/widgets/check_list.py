"""Checks, one a row: an icon, what was checked, why it came out so, and the word for it at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.card import Line
from ui.widgets.layouts import refill
from ui.widgets.picture import IconView
from ui.widgets.text import Label

ROW = 44
INSET = 12


class CheckState(Enum):
    """How a check came out: (colour role, icon)."""

    PASSED = ("success", "check")
    REMARK = ("warning", "warning")
    FAILED = ("danger", "cross")
    NOT_KNOWN = ("textSecondary", "info")


@dataclass(frozen=True)
class CheckLine:
    """claim: what was checked; reason: why it came out so; word: how, for people."""

    state: CheckState
    claim: str
    reason: str
    word: str


class CheckRow(QWidget):
    """One check. What failed has a ground of its own."""

    def __init__(self, line: CheckLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role, icon = line.state.value
        self._failed = line.state is CheckState.FAILED
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(line.claim, "strong", wrap=True))
        said = "text" if self._failed else "textSecondary"
        words.addWidget(Label(line.reason, "caption", role=said, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(INSET, 2, INSET, 2)
        row.setSpacing(14)
        row.addWidget(IconView(icon, role), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(Label(line.word, "captionStrong", role=role), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(ROW)
        accessibility.name(self, f"{line.claim}: {line.word}. {line.reason}")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._failed:
            return
        with paint.painting(self) as painter:
            paint.panel(
                painter,
                QRectF(self.rect()),
                float(theme.token("radius", "banner")),
                theme.colour("dangerSoft"),
            )


class CheckList(QWidget):
    """Rows of checks, with a line between two that did not fail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_checks(self, lines: Sequence[CheckLine]) -> None:
        """Show these, in their order."""
        widgets: list[QWidget | None] = []
        for before, line in zip((None, *lines), lines, strict=False):
            if before is not None and CheckState.FAILED not in (before.state, line.state):
                widgets.append(Line())
            widgets.append(CheckRow(line))
        refill(self._rows, [*widgets, None])
