"""A few fields with a button that takes them and one that leaves; opened in place, below what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.widgets.button import Button, ButtonKind
from ui.widgets.field import Field
from ui.widgets.scroll import bring_into_sight


class OpenedForm(QWidget):
    """A form that is hidden until it is opened. The keyboard comes into it, and goes back where it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opener: QWidget | None = None
        self.hide()

    def appear(self, first: QWidget) -> None:
        """Show it, with the keyboard at this widget of it."""
        if self.isHidden():
            self._opener = QApplication.focusWidget()
        self.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self)

    def leave(self) -> None:
        """Hide it. Else the keyboard would go to whatever comes next."""
        opener, self._opener = self._opener, None
        now = QApplication.focusWidget()
        has_keyboard = now is not None and self.isAncestorOf(now)
        if has_keyboard and opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()


class FieldForm(OpenedForm):
    """given: the texts of all fields, once each has one. Hidden until `open`, and after either button.

    cancelled: nothing is given
    """

    given = Signal(tuple)
    cancelled = Signal()

    def __init__(self, fields: Sequence[Field], words: str, parent: QWidget | None = None) -> None:
        """words: on the button that takes them"""
        super().__init__(parent)
        self.fields = tuple(fields)
        self.save = Button(words, ButtonKind.PRIMARY)
        self.cancel = cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for field in self.fields:
            column.addWidget(field)
            field.changed.connect(lambda _: self._check())
            field.submitted.connect(self._take)
        column.addLayout(row)
        self.save.clicked.connect(self._take)
        cancel.clicked.connect(self.leave)
        cancel.clicked.connect(self.cancelled)

    def open(self, *texts: str) -> None:
        """Begin with these texts, the first of them selected; without them with empty fields."""
        for field, text in zip(self.fields, texts or [""] * len(self.fields), strict=True):
            field.set_text(text)
        self._check()
        self.appear(self.fields[0])
        self.fields[0].line_edit.selectAll()

    def _check(self) -> None:
        self.save.setEnabled(all(field.text().strip() for field in self.fields))

    def _take(self) -> None:
        if self.save.isEnabled():
            texts = tuple(field.text() for field in self.fields)
            self.leave()
            for field in self.fields:
                field.set_text("")
            self.given.emit(texts)
