"""What stands in the list's place while there is no run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets import IconView, Label, Stage


class NoRuns(Stage):
    """Says what will appear here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(2)
        self.body.addWidget(IconView("activity", "accent", 42), 0, centre)
        self.body.addSpacing(8)
        self.body.addWidget(Label(self.tr("No runs yet"), "heading", align=centre))
        sentence = self.tr("Every device you set up and every failed attempt appears here.")
        self.body.addWidget(Label(sentence, "body", role="textSecondary", wrap=True, align=centre))
        self.body.addStretch(3)
