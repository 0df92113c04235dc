"""Backups on the engine's side: making one, what is in one, taking over what is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from ui.engine.commands import ReadBackup, RestoreBackup
from ui.engine.events import BackupRead, BackupRefused, BackupRestored

if TYPE_CHECKING:
    from companion.backups import Contents


class Backups:
    """Makes, reads and restores backups. A passphrase takes a moment to try, so that is done on a thread.

    folder: where the identity of real devices is kept; made when it is asked for
    """

    def __init__(self, emit: Callable[[object], None], folder: Callable[[], Path]) -> None:
        self._emit = emit
        self._folder = folder

    async def handle(self, command: ReadBackup | RestoreBackup) -> None:
        """Emit what was asked for. What can't be done is emitted as refused."""
        try:
            if isinstance(command, ReadBackup):
                self._emit(BackupRead(await asyncio.to_thread(_look_into, command)))
            else:
                await asyncio.to_thread(_restore, self._folder(), command)
                self._emit(BackupRestored())
        except CompanionError as error:
            self._emit(BackupRefused(error))


def _look_into(command: ReadBackup) -> Contents:
    from companion import backups

    return backups.read(command.path, command.passphrase).contents


def _restore(folder: Path, command: RestoreBackup) -> None:
    """Take over owner and records. Without a key store the backup's passphrase locks the key file, too.

    Raises what `backups.read` and `backups.restore` raise.
    """
    from companion import backups
    from companion.registry import open_registry

    passphrase = command.passphrase
    backup = backups.read(command.path, passphrase)
    with closing(open_registry(folder)) as registry:
        backups.restore(
            backup, folder, registry, passphrase, path=command.path, ask_passphrase=lambda _new: passphrase
        )
