"""Who controls a device: a row each, and a button that has to be held to remove one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.administration.views import ControllerView
from ui.widgets import Chip, IconView, Label, Line, Tone, accessibility
from ui.widgets.hold_button import HoldButton
from ui.widgets.layouts import refill


class ControllerList(QWidget):
    """removed: the key of one whose button was held."""

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = Label("", "caption", role="textSecondary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(self.tr("Who controls it"), "heading", wrap=True), 1)
        head.addWidget(self._places, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addStretch(1)

    def show_controllers(self, controllers: Sequence[ControllerView], places: str) -> None:
        """Show these, in their order."""
        self._places.setText(places)
        self._places.setVisible(bool(places))
        widgets: list[QWidget | None] = []
        for index, each in enumerate(controllers):
            if index:
                widgets.append(Line())
            widgets.append(self._row(each))
        refill(self._rows, widgets)

    def _row(self, view: ControllerView) -> QWidget:
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(view.title, "strong", elide=True))
        if view.detail:
            words.addWidget(Label(view.detail, "caption", role="textSecondary", elide=True))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        ink = "accent" if view.is_us else "text"
        line.addWidget(IconView(view.icon, ink), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        if view.is_us:
            line.addWidget(Chip(self.tr("You"), Tone.INFO, icon="user"))
        elif view.can_remove:
            line.addWidget(self._remove(view))
        accessibility.name(row, f"{view.title}. {view.detail}")
        return row

    def _remove(self, view: ControllerView) -> HoldButton:
        button = HoldButton(self.tr("Hold to remove"))
        words = self.tr("Removes {name} from the device. Hold this button or the space bar.")
        accessibility.describe(button, words.format(name=view.title))
        button.held.connect(lambda: self.removed.emit(view.key))
        return button
