"""The page for a device whose serial number another one has: a replacement, or another device?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.questions import SameSerial
from ui.pages.questions.warning import TwoAnswersPage
from ui.widgets import Choice


class SameSerialPage(TwoAnswersPage):
    """Passive. answered: which of the two it is."""

    answered = Signal(SameSerial)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.replacement = Choice(
            "refresh", self.tr("A replacement"), self.tr("The other device's certificates are revoked")
        )
        self.other = Choice(
            "devices", self.tr("Another device"), self.tr("Keep both. This one gets its own number")
        )
        self.replacement.clicked.connect(lambda: self.answered.emit(SameSerial.REPLACEMENT))
        self.other.clicked.connect(lambda: self.answered.emit(SameSerial.OTHER))
        self.add_answers(self.replacement, self.other)
