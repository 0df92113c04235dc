"""The question before a device that others can join is left: close its sharing, or leave it open?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import Button, ButtonKind, Label


class SharingQuestion(QDialog):
    """closes: nobody shall join any more; stays_open: others can still join. Escape stays on the page."""

    closes = Signal()
    stays_open = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(self.tr("Stop sharing?"))
        self._title = Label("", "heading", wrap=True)
        self.stay = Button(self.tr("Stay here"), ButtonKind.MUTED)
        self.leave_open = Button(self.tr("Keep sharing"))
        self.close_sharing = Button(self.tr("Stop sharing"), ButtonKind.PRIMARY)
        self.stay.clicked.connect(self.reject)
        self.leave_open.clicked.connect(self._leave_open)
        self.close_sharing.clicked.connect(self._close_sharing)
        sentence = self.tr("Anyone with the code can add the device until it expires.")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.stay)
        buttons.addStretch(1)
        buttons.addWidget(self.leave_open)
        buttons.addWidget(self.close_sharing)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(Label(sentence, "body", role="textSecondary", wrap=True))
        column.addSpacing(14)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.scaled(480))

    def ask(self, name: str) -> None:
        """Ask about the device of this name."""
        self._title.setText(self.tr("Another app can still join {name}").format(name=name))
        self.open()
        self.close_sharing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_open(self) -> None:
        self.accept()
        self.stays_open.emit()

    def _close_sharing(self) -> None:
        self.accept()
        self.closes.emit()
