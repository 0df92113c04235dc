"""The page before something that can't be taken back: what it means, and a button that has to be held."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import art
from ui.pages.ownership.views import HeldView
from ui.widgets import ArtView, Button, ButtonKind, Card, FindingRow, Label, Line, PageFrame, Stage
from ui.widgets.hold_button import HoldButton
from ui.widgets.layouts import refill

SIDE = 320


class HeldPage(PageFrame):
    """Passive: shows a view. `confirmed`: the button was held; `left`: not now."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, words: str, *, icon: str, parent: QWidget | None = None) -> None:
        """words, icon: of the button."""
        super().__init__(parent=parent)
        centre = Qt.AlignmentFlag.AlignCenter
        self._art = ArtView(maximum=170, minimum=70)
        self._name = Label("", "strong", elide=True, align=centre)
        self._place = Label("", "caption", role="textSecondary", align=centre)
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.addWidget(self._art, 1)
        stage.body.addWidget(self._name)
        stage.body.addWidget(self._place)
        self._findings = Card()
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(stage)
        self._right = QVBoxLayout()
        self._right.setSpacing(16)
        self._right.addWidget(self._findings, 1)
        columns.addLayout(self._right, 1)
        self.body.addLayout(columns, 1)
        self._cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._hint = Label("", "caption", role="textSecondary", elide=True)
        self.hold = HoldButton(words, icon=icon)
        self.hold.setAccessibleDescription(
            self.tr("Hold this button or the space bar until the bar is full.")
        )
        self._cancel.clicked.connect(self.left)
        self.hold.held.connect(self.confirmed)
        self.hold.let_go.connect(lambda: self._say(self.tr("Hold until the bar is full."), "danger"))
        self.add_left(self._cancel)
        self.add_right(self._hint)
        self.add_right(self.hold)

    def show_view(self, view: HeldView) -> None:
        """Ask. The keyboard is put where nothing happens by haste."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self._art.show_art(view.art, art.Scene(display=""))
        self._name.setText(view.name)
        self._place.setText(view.place)
        self._place.setVisible(bool(view.place))
        rows: list[QWidget | None] = [None]
        for index, finding in enumerate(view.findings):
            if index:
                rows += [Line(), None]
            rows += [FindingRow(finding.level, finding.claim, finding.sentence, icon=finding.icon), None]
        refill(self._findings.body, rows)
        self._say(self.tr("With the pointer or the space bar, for 1.5 seconds"), "textSecondary")
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, role: str) -> None:
        self._hint.setText(words)
        self._hint.set_role(role)


class ResetPage(HeldPage):
    """Before a device is set free."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hold to reset"), icon="trash", parent=parent)
