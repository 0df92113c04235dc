"""Name and room of a device, changed in place: they are its owner's words, so the device is not needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import Button, ButtonKind, Label
from ui.widgets.field import Field


class NameForm(QWidget):
    """`saved` carries name and room. Enter saves, Escape closes."""

    saved = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Field(self.tr("Name"))
        self.room = Field(self.tr("Room"))
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
        column.addWidget(self._told)
        column.addLayout(buttons)
        self.name.changed.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.name.submitted.connect(self._on_save)
        self.room.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.hide)

    def open(self, name: str, room: str, told: str = "") -> None:
        """Begin with what the device is called now. told: who else gets to know it, "" for nobody."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.name.set_text(name)
        self.room.set_text(room)
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line_edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.hide()
            self.saved.emit(self.name.text(), self.room.text())
