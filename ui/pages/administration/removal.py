"""The page before a device is no longer controlled from here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.pages.ownership.reset import HeldPage


class RemovalPage(HeldPage):
    """Before this computer leaves a device."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hold to remove from here"), icon="trash", parent=parent)
