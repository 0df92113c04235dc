"""The question before a virtual run ends for a real device."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import Button, ButtonKind, Label


class LeaveQuestion(QDialog):
    """Accepted: end the virtual run. Escape and Enter keep going."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Use a real device?"))
        self.stay = Button(self.tr("Keep going"), ButtonKind.PRIMARY)
        self.leave = Button(self.tr("End the virtual setup"))
        self.stay.clicked.connect(self.reject)
        self.leave.clicked.connect(self.accept)
        sentence = self.tr("The virtual device stays as it is now. You see next what a real device needs.")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(self.tr("This ends the setup of the virtual device"), "heading", wrap=True))
        column.addWidget(Label(sentence, "body", role="textSecondary", wrap=True))
        column.addSpacing(14)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.scaled(440))
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
