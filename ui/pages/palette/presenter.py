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
from ui.present.registry import acts


class PalettePresenter(QObject):
    """One palette, from its opening to its end. chosen: a PaletteEntry."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, send: Callable[[Command], None], *, has_backup: bool) -> None:
        super().__init__(window)
        self._send = send
        self._has_backup = has_backup
        self._records: tuple[PaletteEntry, ...] = ()
        self._acts: tuple[PaletteEntry, ...] = ()
        self._wish = acts.Wish()
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
            self._acts = self._offered(event)
            self._note = "" if event.is_readable else _("The records can't be read: Devices says why.")
            self._show()

    def _offered(self, found: Found) -> tuple[PaletteEntry, ...]:
        """Acts that were asked for; without a wish those of the only device that was found."""
        if self._wish.acts:
            return (
                *acts.of_devices(self._wish, found.act_devices),
                *acts.of_runs(self._wish, found.act_runs),
            )
        is_only = bool(found.asked.search) and len(found.devices) == 1
        return acts.of_devices(self._wish, found.devices) if is_only else ()

    def _search(self, text: str) -> None:
        self._wish = acts.wish(text)
        self._asked = Find(text.strip(), self._wish.named if self._wish.acts else None)
        # What the search before has found is no answer to this one.
        self._records, self._acts, self._note = (), (), ""
        self._show()
        self._send(self._asked)

    def _show(self) -> None:
        search = self._asked.search if self._asked is not None else ""
        pages = palette.pages(search, has_backup=self._has_backup)
        entries = (*pages, *self._acts, *self._records)
        if not self._wish.acts:
            entries = (*pages, *self._records, *self._acts)
        nothing = "" if entries else _("Nothing has this in its name.")
        self.dialog.show_entries(entries, self._note or nothing)


def _(words: str) -> str:
    return QCoreApplication.translate("palette", words)
