"""A field for something secret: dots that can be turned into letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets import Button, Field, accessibility


class SecretField(Field):
    """A monospaced field with a button that shows or hides what is typed; hidden at first."""

    def __init__(self, label: str, *, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, style="mono", hidden=True, help_text=help_text, parent=parent)
        self._eye = Button("", icon="eye")
        self.add_to_row(self._eye)
        self._eye.clicked.connect(lambda: self.show_letters(not self._shown))
        self.show_letters(False)

    def show_letters(self, shown: bool) -> None:
        """Show what is typed, or dots."""
        self._shown = shown
        self.set_hidden(not shown)
        self._eye.setText(self.tr("Hide") if shown else self.tr("Show"))
        self._eye.set_icon("eye-off" if shown else "eye")
        name = self.line_edit.accessibleName()
        words = self.tr("Hide: {what}") if shown else self.tr("Show: {what}")
        accessibility.name(self._eye, words.format(what=name))

    def correct(self, sentence: str) -> None:
        """Say what is wrong, show the letters and select them, with the cursor there."""
        self.set_wrong(sentence)
        self.show_letters(True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line_edit.selectAll()
