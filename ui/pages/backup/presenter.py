"""The card of the backup at work: the engine's answers go in, its wishes go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from companion.errors import CompanionError
from companion.secret import Secret
from ui.engine.bench_messages import SaveSheet, SheetSaved
from ui.engine.commands import AskBackup, Command, MakeBackup, TryBackup
from ui.engine.events import BackupFailed, BackupMade, BackupState, BackupTried
from ui.pages.backup.card import BackupCard
from ui.pages.paper import pages_pdf, print_pages
from ui.pages.views import NoticeView
from ui.present import backup
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.backups import LastBackup

SUFFIX = "backup"


class BackupPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: BackupCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._last: LastBackup | None = None
        self._sheet: Path | None = None
        card.file_wanted.connect(self._choose)
        card.typed.connect(lambda text: card.show_strength(backup.strength(text)))
        card.make_wanted.connect(self._make)
        card.try_wanted.connect(self._try)
        card.sheet_wanted.connect(self._give_sheet)
        card.show_strength(backup.strength(""))

    def refresh(self) -> None:
        """How old the last backup is may have changed."""
        self._send(AskBackup())

    def take(self, event: object) -> None:
        """What the engine says of backups."""
        match event:
            case SheetSaved() if event.path == self._sheet:
                error = event.error
                self._card.show_sheet_problem(_problem(error) if error is not None else None)
            case BackupState():
                self._last = event.last
                self._card.show_standing(backup.standing(event, datetime.now(UTC)))
            case BackupMade():
                self._card.show_result(backup.made(), backup.facts(event.content))
                self.refresh()
            case BackupTried():
                self._card.show_result(backup.tried(event), backup.facts(event.content))
            case BackupFailed():
                self._card.show_problem(_problem(event.error))

    def _give_sheet(self, to_printer: bool) -> None:
        """The recovery sheet of the last backup, on paper or as a file."""
        if self._last is None:
            return
        if to_printer:
            print_pages(backup.sheet(self._last), self._card)
            return
        usual = QDir.home().filePath("companion-recovery-sheet.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self._card.window(), self.tr("Save the recovery sheet"), usual, "PDF (*.pdf)"
        )
        if chosen:
            self._sheet = Path(chosen)
            self._send(SaveSheet(self._sheet, pages_pdf(backup.sheet(self._last))))

    def _choose(self, to_write: bool) -> None:
        if to_write:
            # It asks itself before a file is replaced.
            name = f"companion-{datetime.now().astimezone():%Y-%m-%d}.{SUFFIX}"
            usual = QDir.home().filePath(name)
            chosen, _ = QFileDialog.getSaveFileName(self._card.window(), self.tr("Back up to"), usual)
        else:
            chosen, _ = QFileDialog.getOpenFileName(self._card.window(), self.tr("Choose a backup"))
        if chosen:
            self._card.show_file(Path(chosen))

    def _make(self, path: Path, passphrase: Secret, keys: Secret | None) -> None:
        self._send(MakeBackup(path, passphrase, keys))

    def _try(self, path: Path, passphrase: Secret, keys: Secret | None) -> None:
        self._send(TryBackup(path, passphrase, keys))


def _problem(error: CompanionError) -> NoticeView:
    return NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")
