"""Backups on the engine's side: what is in one, and taking over what is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from companion.errors import CompanionError, StorageError
from companion.secret import Secret
from ui.engine.messages import (
    BackupContent,
    BackupRead,
    BackupRefused,
    BackupRestored,
    ReadBackup,
    RestoreBackup,
)


class Backups:
    """Reads and restores backups. A passphrase takes a moment to try, so that is done on a thread.

    folder: where the identity of real devices is kept; made when it is asked for
    """

    def __init__(self, emit: Callable[[object], None], folder: Callable[[], Path]) -> None:
        self._emit = emit
        self._folder = folder

    async def handle(self, command: ReadBackup | RestoreBackup) -> None:
        """Emit what was asked for. What can't be done is emitted as refused."""
        try:
            if isinstance(command, ReadBackup):
                content = await asyncio.to_thread(_look_into, command.path, command.passphrase)
                self._emit(BackupRead(content))
            else:
                await asyncio.to_thread(_restore, self._folder(), command.path, command.passphrase)
                self._emit(BackupRestored())
        except CompanionError as error:
            self._emit(BackupRefused(error))


def _look_into(path: Path, passphrase: Secret) -> BackupContent:
    """What is in a backup; nothing is written. Raises StorageError and what `open_backup` raises."""
    from companion.identity.backup import open_backup, summarise
    from companion.runs import saved_networks

    opened = open_backup(_octets(path), passphrase)
    kept = opened.get(saved_networks.KEY)
    networks = saved_networks.read(Secret(kept)) if kept is not None else ()
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise StorageError(error.strerror or type(error).__name__) from error
    return BackupContent(path, summarise(opened), saved, tuple(each.name for each in networks))


def _restore(folder: Path, path: Path, passphrase: Secret) -> None:
    """Take over the identity. Without a key store the backup's passphrase locks the key file, too.

    Raises StorageError and what `restore_identity` raises.
    """
    from companion.identity import restore_identity

    restore_identity(folder, _octets(path), passphrase, ask_passphrase=lambda _new: passphrase)


def _octets(path: Path) -> bytes:
    from companion.files import read_at_most
    from companion.identity.sealed import MAX_FILE

    try:
        return read_at_most(MAX_FILE, path)
    except OSError as error:
        raise StorageError(error.strerror or type(error).__name__) from error
