"""The question before the window closes in the middle of a hand-over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import Button, ButtonKind, Label


class CloseQuestion(QDialog):
    """Accepted: close all the same. Escape and Enter keep going."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Close Companion?"))
        self.stay = Button(self.tr("Keep going"), ButtonKind.PRIMARY)
        self.leave = Button(self.tr("Close anyway"), ButtonKind.DANGER)
        self.stay.clicked.connect(self.reject)
        self.leave.clicked.connect(self.accept)
        sentence = Label(
            self.tr(
                "If Companion closes now, the device may be left partly set up. You can finish it later."
            ),
            "body",
            role="textSecondary",
            wrap=True,
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(self.tr("A device is receiving its credentials"), "heading", wrap=True))
        column.addWidget(sentence)
        column.addSpacing(14)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.scaled(440))
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
