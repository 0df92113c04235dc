"""The page for a risk that the user must accept, or not, before the run goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.questions.warning import TwoAnswersPage
from ui.widgets import Choice


class RiskPage(TwoAnswersPage):
    """Passive. answered: True to go on."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        stop = Choice("ban", self.tr("Stop"), self.tr("Nothing is sent to the device"))
        go_on = Choice("arrow-right", self.tr("Continue anyway"), self.tr("I know who can listen here"))
        stop.clicked.connect(lambda: self.answered.emit(False))
        go_on.clicked.connect(lambda: self.answered.emit(True))
        self.add_answers(stop, go_on)
