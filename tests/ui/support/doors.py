"""How a user opens a channel on the scan page."""

from __future__ import annotations

from ui.pages.scan.doors import Doors
from ui.pages.scan.page import ScanPage
from ui.widgets.menu import Menu


def choose_channel(page: ScanPage, name: str) -> None:
    """The entry of this name in the menu of the door."""
    menu = page.findChild(Doors).findChild(Menu)
    (entry,) = [action for action in menu.actions() if action.text() == name]
    entry.trigger()
