"""Fills the palette: pages at once, records as the engine finds them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.engine.commands import Command
from ui.engine.find import Find, Found
from ui.pages.palette.dialog import PaletteDialog
from ui.pages.palette.views import PaletteEntry
from ui.present import palette


class PalettePresenter(QObject):
    """One palette, from its opening to its end. chosen: a PaletteEntry."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, send: Callable[[Command], None], *, has_backup: bool) -> None:
        super().__init__(window)
        self._send = send
        self._has_backup = has_backup
        self._records: tuple[PaletteEntry, ...] = ()
        self._note = ""
        self._asked: Find | None = None
        self.dialog = PaletteDialog(window)
        self.dialog.typed.connect(self._search)
        self.dialog.chosen.connect(self.chosen)
        self._search("")

    def take(self, event: object) -> None:
        """An event of the engine."""
        if isinstance(event, Found) and event.asked == self._asked:
            self._records = (*palette.devices(event.devices), *palette.runs(event.runs))
            self._note = "" if event.is_readable else _("The records can't be read: Devices says why.")
            self._show()

    def _search(self, text: str) -> None:
        self._asked = Find(text.strip())
        # What the search before has found is no answer to this one.
        self._records, self._note = (), ""
        self._show()
        self._send(self._asked)

    def _show(self) -> None:
        search = self._asked.search if self._asked is not None else ""
        entries = (*palette.pages(search, has_backup=self._has_backup), *self._records)
        nothing = "" if entries else _("Nothing has this in its name.")
        self.dialog.show_entries(entries, self._note or nothing)


def _(words: str) -> str:
    return QCoreApplication.translate("palette", words)
