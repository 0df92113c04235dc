"""One claim about protection: an icon, the claim in bold, one sentence."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import accessibility
from ui.widgets.picture import IconView
from ui.widgets.text import Label


class Level(Enum):
    """How much a finding should worry: (colour role, icon)."""

    GOOD = ("success", "shield-check")
    REMARK = ("warning", "warning")
    WEAK = ("danger", "unlock")
    PLAIN = ("accent", "info")


class FindingRow(QWidget):
    """A row of icon, claim and sentence; `extra` takes whatever belongs under the sentence."""

    def __init__(
        self,
        level: Level,
        claim: str,
        sentence: str = "",
        *,
        icon: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        role, usual = level.value
        self.extra = QVBoxLayout()
        self.extra.setSpacing(2)
        self.extra.addWidget(Label(claim, "strong", wrap=True))
        if sentence:
            self.extra.addWidget(Label(sentence, "body", role="textSecondary", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(15)
        row.addWidget(IconView(icon or usual, role), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.extra, 1)
        if note:
            row.addWidget(Label(note, "body", role="textSecondary"), 0, Qt.AlignmentFlag.AlignTop)
        accessibility.name(self, f"{claim}. {sentence}" if sentence else claim)
