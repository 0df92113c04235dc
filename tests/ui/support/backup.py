"""The card of the backup with its presenter, over the engine's part that obeys it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFormLayout

from ui.engine.backups import Backups
from ui.engine.commands import AskBackup, Command, MakeBackup, TryBackup
from ui.pages.backup.card import BackupCard
from ui.pages.backup.presenter import BackupPresenter
from ui.widgets import Label


class BackupBench:
    """folder: the data folder of the owner. Commands are obeyed at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700)
        self.sent: list[Command] = []
        self.heard: list[object] = []
        self.card = BackupCard()
        self.presenter = BackupPresenter(self.card, self._obey)
        self.presenter.refresh()

    def notice(self) -> str:
        """What the banner says."""
        banner = self.card._notice
        assert banner.isVisible()
        return " ".join(label.words() for label in banner.findChildren(Label))

    def facts(self) -> dict[str, str]:
        """What is said to be in the backup."""
        form = self.card._facts
        found = {}
        for row in range(form.rowCount()):
            pair = [
                form.itemAt(row, role).widget()
                for role in (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
            ]
            name, value = (each.words() for each in pair if isinstance(each, Label))
            found[name] = value
        return found

    def _obey(self, command: Command) -> None:
        self.sent.append(command)
        assert isinstance(command, AskBackup | MakeBackup | TryBackup)
        told: list[object] = []
        asyncio.run(Backups(told.append, lambda: self.folder).handle(command))
        self.heard += told
        for event in told:
            self.presenter.take(event)
