"""Tags for all selected devices, typed once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.registry.notes import MOST_TAG, MOST_TAGS, tags_in
from ui.widgets import Button, ButtonKind, Card, Field


class TagForm(Card):
    """`submitted` carries tags, each once. Enter submits, Escape closes; `closed` says so."""

    submitted = Signal(tuple)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.tags = Field(
            self.tr("Tags"), help_text=self.tr("Separated by spaces. Devices keep those they have.")
        )
        self.go = Button("", ButtonKind.PRIMARY)
        self.cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        self.body.addWidget(self.tags)
        self.body.addLayout(buttons)
        self.tags.changed.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.tags.submitted.connect(self._submit)
        self.go.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.close_form)
        self.hide()

    def open_form(self, count: int) -> None:
        """Ask for the tags of so many devices."""
        self.go.setText(self.tr("Tag {count} devices").format(count=count))
        self.go.setEnabled(False)
        self.show()
        self.tags.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Away with it, and with what was typed."""
        self.tags.set_text("")
        # Whoever takes the keyboard does so before it goes elsewhere.
        self.closed.emit()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            tags = tags_in([self.tags.text()])
        except ValueError:
            tags = ()
        if not tags or len(tags) > MOST_TAGS:
            words = self.tr("At most {count} words of {length} characters.")
            self.tags.set_wrong(words.format(count=MOST_TAGS, length=MOST_TAG))
            return
        self.close_form()
        self.submitted.emit(tags)
