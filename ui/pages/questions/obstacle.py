"""The page for what stands between this computer and a device: said, put right by its user, tried again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.questions.warning import WarningPage
from ui.widgets import Button, ButtonKind, Label


class ObstaclePage(WarningPage):
    """Passive: again, or an end. answered: True for once more."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(largest=220, icon="network", parent=parent)
        stop = Button(self.tr("Stop"), ButtonKind.MUTED)
        again = Button(self.tr("Try again"), ButtonKind.PRIMARY, icon="refresh")
        stop.clicked.connect(lambda: self.answered.emit(False))
        again.clicked.connect(lambda: self.answered.emit(True))
        self.add_left(stop)
        self.add_right(
            Label(self.tr("Stopping undoes the setup."), "caption", role="textSecondary", elide=True)
        )
        self.add_right(again)
