"""Name, room, tags and note of a device, changed in place: its owner's words, so the device is not needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.registry.notes import MOST_TAG, MOST_TAGS, tags_in
from ui.widgets import Button, ButtonKind, Label
from ui.widgets.field import Field


class NameForm(QWidget):
    """`saved` carries name, room, tags and note. Enter saves, Escape closes."""

    saved = Signal(str, str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Field(self.tr("Name"))
        self.room = Field(self.tr("Room"))
        self.tags = Field(self.tr("Tags"))
        self.note = Field(self.tr("Note"))
        self.save = Button(self.tr("Save"))
        self._told = Label("", "caption", role="textSecondary", wrap=True)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.room)
        column.addWidget(self.tags)
        column.addWidget(self.note)
        column.addWidget(self._told)
        column.addLayout(buttons)
        self.name.changed.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.name.submitted.connect(self._on_save)
        for field in (self.room, self.tags, self.note):
            field.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.hide)

    def open(self, name: str, room: str, told: str = "", *, tags: str = "", note: str = "") -> None:
        """Begin with what the device is called now. told: who else gets to know it, "" for nobody."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.name.set_text(name)
        self.room.set_text(room)
        self.tags.set_text(tags)
        self.note.set_text(note)
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line_edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        try:
            too_many = len(tags_in([self.tags.text()])) > MOST_TAGS
        except ValueError:
            too_many = True
        if too_many:
            words = self.tr("At most {count} words of {length} characters.")
            self.tags.set_wrong(words.format(count=MOST_TAGS, length=MOST_TAG))
            return
        self.hide()
        self.saved.emit(self.name.text(), self.room.text(), self.tags.text(), self.note.text())
