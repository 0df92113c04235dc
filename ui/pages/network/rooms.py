"""The room in which the device is: one of some, or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import Field, FlowLayout, RoomChip


class Rooms(QWidget):
    """Room chips of which one or none is chosen, and a field for a new one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[RoomChip] = []
        self._row = FlowLayout(spacing=8)
        self._new = RoomChip(self.tr("New room"), icon="plus")
        self._new.setCheckable(True)
        self._field = Field(self.tr("Its name"))
        self._field.line_edit.setMaxLength(40)
        self._field.changed.connect(lambda _: self.changed.emit())
        self._new.toggled.connect(self._on_new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addWidget(self._field)

    def show_rooms(self, rooms: Sequence[str], chosen: str) -> None:
        """Offer these; a chosen one that is not among them is added."""
        for old in self._chips:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        names = [*rooms, *([chosen] if chosen and chosen not in rooms else [])]
        self._chips = [self._chip(name, name == chosen) for name in names]
        self._new.setChecked(False)
        self._field.hide()
        for chip in self._chips:
            self._row.addWidget(chip)
        # "New room" stays the last one.
        self._row.removeWidget(self._new)
        self._row.addWidget(self._new)

    def room(self) -> str:
        """The room's name, "" for none."""
        if self._new.isChecked():
            return self._field.text().strip()
        return next((chip.text() for chip in self._chips if chip.isChecked()), "")

    def _chip(self, name: str, checked: bool) -> RoomChip:
        chip = RoomChip(name)
        chip.setCheckable(True)
        chip.setChecked(checked)
        chip.toggled.connect(lambda on, chip=chip: self._on_chip(chip, on))
        return chip

    def _on_chip(self, chip: RoomChip, on: bool) -> None:
        if on:
            for other in (*self._chips, self._new):
                if other is not chip:
                    other.setChecked(False)
        self.changed.emit()

    def _on_new(self, on: bool) -> None:
        self._field.setVisible(on)
        if on:
            for chip in self._chips:
                chip.setChecked(False)
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
