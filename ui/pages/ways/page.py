"""Which way for this device? Two ways side by side, each chosen from all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.pages.devices.inspection.evaluation import EvaluationPage, EvaluationView
from ui.widgets import Button, ButtonKind, PageFrame


class WaysPage(PageFrame):
    """Passive."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        # The comparison scrolls by itself, below the words that say what it is.
        super().__init__(
            self.tr("Which way for this device?"),
            self.tr("What each way can give at its best. Each device later says what its own run measured."),
            scrolls=False,
            parent=parent,
        )
        self.comparison = EvaluationPage()
        self.comparison.show_view(EvaluationView(""))
        self.body.addWidget(self.comparison, 1)
        self.back = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        self.back.clicked.connect(self.left)
        self.add_left(self.back)

    def show_view(self, view: EvaluationView) -> None:
        """Show these ways; the first beside the second."""
        self.comparison.show_view(view)

    def focus_choice(self) -> None:
        """The keyboard goes to the first way that can be changed, where there is one."""
        target = self.comparison.left.button if self.comparison.ways else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
