"""The card of the backup at work: the engine's answers go in, its wishes go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from companion.secret import Secret
from ui.engine.commands import AskBackup, Command, MakeBackup, TryBackup
from ui.engine.events import BackupFailed, BackupMade, BackupState, BackupTried
from ui.pages.backup.card import BackupCard
from ui.pages.views import NoticeView
from ui.present import backup
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

SUFFIX = "backup"


class BackupPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: BackupCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        card.file_wanted.connect(self._choose)
        card.typed.connect(lambda text: card.show_strength(backup.strength(text)))
        card.make_wanted.connect(self._make)
        card.try_wanted.connect(self._try)
        card.show_strength(backup.strength(""))

    def refresh(self) -> None:
        """How old the last backup is may have changed."""
        self._send(AskBackup())

    def take(self, event: object) -> None:
        """What the engine says of backups."""
        match event:
            case BackupState():
                self._card.show_standing(backup.standing(event, datetime.now(UTC)))
            case BackupMade():
                self._card.show_result(backup.made(), backup.facts(event.content))
                self.refresh()
            case BackupTried():
                self._card.show_result(backup.tried(event), backup.facts(event.content))
            case BackupFailed():
                error = event.error
                self._card.show_problem(
                    NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")
                )

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
