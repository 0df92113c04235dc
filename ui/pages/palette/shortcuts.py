"""The sheet of shortcuts: every key that has a meaning of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.palette.views import ShortcutGroup
from ui.shell import theme
from ui.widgets import Button, ButtonKind, Label

WIDTH, MOST_WIDTH = 860, 920


class ShortcutSheet(QDialog):
    """Escape and Enter close it."""

    def __init__(self, groups: Sequence[ShortcutGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        sides = QHBoxLayout()
        sides.setSpacing(32)
        for side in _halves(groups):
            sides.addLayout(_column(side), 1)
        close = Button(self.tr("Close"), ButtonKind.SECONDARY)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        column.addLayout(sides)
        column.addLayout(foot)
        width = min(theme.scaled(WIDTH), MOST_WIDTH)
        self.setFixedSize(width, column.totalHeightForWidth(width))
        close.setFocus(Qt.FocusReason.OtherFocusReason)


def _halves(groups: Sequence[ShortcutGroup]) -> tuple[Sequence[ShortcutGroup], Sequence[ShortcutGroup]]:
    """The groups in two columns, of which neither is much longer."""

    def longer(first: int) -> int:
        sides = (groups[:first], groups[first:])
        return max(sum(len(group.lines) + 2 for group in side) for side in sides)

    first = min(range(1, len(groups) + 1), key=longer)
    return groups[:first], groups[first:]


def _column(groups: Sequence[ShortcutGroup]) -> QGridLayout:
    """Groups below each other: their keys, and beside them what they do."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    row = 0
    for group in groups:
        grid.addWidget(Label(group.title, "section"), row, 0, 1, 2)
        grid.setRowMinimumHeight(row, theme.scaled(36))
        for line, (keys, words) in enumerate(group.lines, row + 1):
            grid.addWidget(Label(keys, "strong"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(words, "body", role="textSecondary", wrap=True), line, 1)
        row += len(group.lines) + 1
    grid.setRowStretch(row, 1)
    return grid
