"""The palette with what a search has found, and the sheet of shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.pages.palette.dialog import PaletteDialog
from ui.pages.palette.shortcuts import ShortcutSheet
from ui.pages.palette.views import Goal, PaletteEntry
from ui.present import palette

FOUND = (
    PaletteEntry(Goal.DEVICE, "devices", "Hall lamp", "Device · Hall · RP1", "1"),
    PaletteEntry(Goal.DEVICE, "devices", "Hall lock", "Device · Hall · Matter", "2"),
    PaletteEntry(
        Goal.RUN, "cross", "Hall lock: Failed", "Run · Matter, The device was not found (R-101), 14:05", "3"
    ),
    PaletteEntry(Goal.RUN, "check", "Hall lamp: Commissioned", "Run · RP1, 13:58", "4"),
)


def found() -> QWidget:
    """As a part of a page: a picture has no windows."""
    made = PaletteDialog()
    made.setWindowFlags(Qt.WindowType.Widget)
    made.field.setText("la")
    made.show_entries((*palette.pages("la", has_backup=True), *FOUND), "")
    return made


def shortcuts() -> QWidget:
    made = ShortcutSheet(palette.shortcuts())
    made.setWindowFlags(Qt.WindowType.Widget)
    return made
