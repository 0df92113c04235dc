"""Which of several codes is meant: a button for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import Button

# More codes than this in one picture are a sheet of labels, and no question that buttons can ask.
MOST = 4


class CodeChoice(QWidget):
    """`chosen` carries the place of the name that was pressed."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_names(self, names: Sequence[str]) -> None:
        """Offer the first of these names."""
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons = [Button(name) for name in names[:MOST]]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._press, place))
            self._column.addWidget(button)

    def _press(self, place: int, _checked: bool = False) -> None:
        self.chosen.emit(place)
