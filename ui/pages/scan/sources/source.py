"""What all sources of the scan page have in common."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.pages.scan.page import ScanPage
from ui.pages.scan.recognition import Recognition


class Source(QObject):
    """One way in which codes come to the page: what it brings goes to `recognition`.

    `enter` is called when the page comes to the front, perhaps again, and `leave` when it is left.
    """

    def __init__(self, page: ScanPage, recognition: Recognition, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._recognition = recognition

    def enter(self) -> None:
        """The page is in front."""

    def leave(self) -> None:
        """The page was left: nothing runs on, and nothing is shown any more."""


class Channel(Source):
    """A source that brings no code but a secret, which a device shows at its user's wish (RP1 section 5).

    key: its name in `Doors.channels`
    """

    key = ""

    def open(self) -> None:
        """The user wants this one."""

    def close(self) -> None:
        """The user does not, or no longer."""

    def leave(self) -> None:
        self.close()
