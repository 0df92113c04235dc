"""Which of several Matter fabrics devices join, where one is found and where many are set up in a row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets import Button, Label, accessibility
from ui.widgets.menu import Menu


class FabricChoice(QWidget):
    """Not there where there is but one."""

    def __init__(self, words: str) -> None:
        """words: beside the choice."""
        super().__init__()
        self.chosen = 0
        self._names: tuple[str, ...] = ()
        self.button = Button("", trailing="chevron-down")
        self.button.clicked.connect(self._open)
        self.hide()
        self.menu: Menu | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 14, 0, 0)
        row.setSpacing(12)
        row.addWidget(Label(words, "body", role="textSecondary"))
        row.addWidget(self.button)
        row.addStretch(1)

    def offer(self, names: tuple[str, ...], chosen: int) -> None:
        """Let the user choose. The same choice again changes nothing that was chosen."""
        if names != self._names:
            self._names = names
            self._choose(chosen)
        self.setVisible(bool(names))

    def forget(self) -> None:
        """What was chosen was for another device."""
        self._names = ()

    def _open(self) -> None:
        self.menu = menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, name in enumerate(self._names):
            menu.offer(name, partial(self._choose, place), chosen=place == self.chosen)
        menu.open_below(self.button)

    def _choose(self, place: int) -> None:
        self.chosen = place
        name = self._names[place] if place < len(self._names) else ""
        self.button.setText(name)
        accessibility.name(self.button, self.tr("Joins your fabric {name}").format(name=name))
