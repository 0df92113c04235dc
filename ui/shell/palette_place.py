"""The window's shortcuts: the palette, the sheet, the places of the rail, and where an entry leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from ui.pages.palette.views import Goal, PaletteEntry
from ui.present import palette
from ui.shell.sections import Section
from ui.shell.window import MainWindow

if TYPE_CHECKING:
    from ui.engine.bridge import Bridge
    from ui.pages.palette.presenter import PalettePresenter

SECTIONS = {
    Goal.ADD: Section.ADD,
    Goal.DEVICES: Section.DEVICES,
    Goal.ACTIVITY: Section.ACTIVITY,
    Goal.LAB: Section.LAB,
    Goal.SETTINGS: Section.SETTINGS,
}


class PalettePlace(QObject):
    """Made after the first paint; what it opens is made when it is wanted, in the language of that moment."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self.presenter: PalettePresenter | None = None
        self._bind(palette.PALETTE, self.open)
        self._bind(palette.SHEET, self.open_shortcuts)
        for keys, section in zip(palette.PLACES, Section, strict=True):
            self._bind(keys, partial(window.go_to, section))

    def open(self) -> None:
        """Over the page in front, which stays as it is."""
        from ui.pages.palette.presenter import PalettePresenter

        made = PalettePresenter(self._window, self._bridge.send, has_backup=self._window.can_use_real)
        self.presenter = made
        made.chosen.connect(self.go)
        self._bridge.arrived.connect(made.take)
        made.dialog.finished.connect(self._close)
        made.dialog.open()

    def open_shortcuts(self) -> None:
        from ui.pages.palette.shortcuts import ShortcutSheet

        sheet = ShortcutSheet(palette.shortcuts(), self._window)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def go(self, entry: PaletteEntry) -> None:
        """Open the page of an entry, and press its button there: what asks first asks on its page."""
        window, router = self._window, self._window.router
        if router is None:
            return
        match entry.goal:
            case Goal.DEVICE:
                window.go_to_records(Section.DEVICES, lambda pages: pages.open_device(entry.key))
            case Goal.ACT:
                window.go_to_records(Section.DEVICES, lambda pages: pages.act_on(entry.key, entry.act))
            case Goal.RUN:
                window.go_to_records(Section.ACTIVITY, lambda pages: pages.open_run(entry.key, act=entry.act))
            case Goal.ALERTS:
                window.go_to_records(Section.ACTIVITY, lambda pages: pages.activity.show_alerts(True))
            case Goal.BENCH:
                window.go_to(Section.ADD, router.scan.many_wanted.emit)
            case Goal.WELCOME:
                window.go_to(Section.ADD, router.control.show_welcome)
            case Goal.BACKUP:
                window.go_to(Section.SETTINGS, router.control.backup_wanted.emit)
            case Goal.SHORTCUTS:
                self.open_shortcuts()
            case _:
                window.go_to(SECTIONS[entry.goal])

    def _bind(self, keys: str, do: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self._window).activated.connect(do)

    def _close(self) -> None:
        made, self.presenter = self.presenter, None
        if made is not None:
            self._bridge.arrived.disconnect(made.take)
            made.dialog.deleteLater()
            made.deleteLater()
