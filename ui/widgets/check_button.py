"""The button that looks again: it stays where it is, and says so while it looks."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.widgets import paint
from ui.widgets.button import Button, ButtonKind


class CheckButton(Button):
    """As wide as the longer of its two words, so that nothing beside it moves. It keeps the keyboard while it
    looks: a button that is switched off would hand it to another one.
    """

    def __init__(self, kind: ButtonKind, parent: QWidget | None = None) -> None:
        self._idle, self._busy = "", ""
        super().__init__("", kind, icon="refresh", parent=parent)
        self._idle, self._busy = self.tr("Check again"), self.tr("Checking")
        self.show_checking(False)

    def show_checking(self, checking: bool) -> None:
        """Say that it looks, or offer it."""
        self.setText(self._busy if checking else self._idle)
        self.set_icon("clock" if checking else "refresh")

    def sizeHint(self) -> QSize:
        now, *both = (paint.text_width(words, "strong") for words in (self.text(), self._idle, self._busy))
        wide = self._content_width() - now + max(both)
        return QSize(round(wide + 0.5) + 2 * self._padding(), super().sizeHint().height())
