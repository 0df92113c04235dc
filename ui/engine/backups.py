"""Backups on the engine's side: making one, what is in one, taking over what is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError, KeyStorePassphraseWrong
from companion.secret import Secret
from ui.engine.commands import AskBackup, MakeBackup, ReadBackup, RestoreBackup, TryBackup
from ui.engine.events import (
    BackupFailed,
    BackupMade,
    BackupRead,
    BackupRefused,
    BackupRestored,
    BackupState,
    BackupTried,
)
from ui.engine.upkeep import AskIdentity, identity

if TYPE_CHECKING:
    from companion.backups import Contents
    from companion.identity import Identity
    from companion.identity.hardware.keys import AskPin

BackupCommand = ReadBackup | RestoreBackup | AskBackup | MakeBackup | TryBackup | AskIdentity


class Backups:
    """Makes, reads and restores backups. A passphrase takes a moment to try, so that is done on a thread.

    folder: where the identity of real devices is kept; made when it is asked for
    ask_pin: for keys on a hardware token
    """

    def __init__(
        self, emit: Callable[[object], None], folder: Callable[[], Path], ask_pin: AskPin | None = None
    ) -> None:
        self._emit = emit
        self._folder = folder
        self._ask_pin = ask_pin

    async def handle(self, command: BackupCommand) -> None:
        """Emit what was asked for. What can't be done is emitted as refused or failed."""
        try:
            self._emit(await asyncio.to_thread(self._obey, command))
        except CompanionError as error:
            restores = isinstance(command, ReadBackup | RestoreBackup)
            self._emit(BackupRefused(error) if restores else BackupFailed(error))

    def _obey(self, command: BackupCommand) -> object:
        match command:
            case ReadBackup():
                return BackupRead(_look_into(command))
            case RestoreBackup():
                _restore(self._folder(), command)
                return BackupRestored()
            case AskIdentity():
                return identity(command, self._folder(), self._ask_pin)
            case AskBackup():
                return _state(self._folder())
            case MakeBackup():
                return BackupMade(_make(self._folder(), command, self._ask_pin))
            case TryBackup():
                return _try(self._folder(), command, self._ask_pin)


def _look_into(command: ReadBackup) -> Contents:
    from companion import backups

    return backups.read(command.path, command.passphrase).contents


def _restore(folder: Path, command: RestoreBackup) -> None:
    """Take over owner and records. Without a key store the backup's passphrase locks the key file, too.

    Raises what `backups.read` and `backups.restore` raise.
    """
    from companion import backups
    from companion.registry import open_own_records

    passphrase = command.passphrase
    backup = backups.read(command.path, passphrase)
    with closing(open_own_records(folder)) as registry:
        backups.restore(
            backup, folder, registry, passphrase, path=command.path, ask_passphrase=lambda _new: passphrase
        )


def _state(folder: Path) -> BackupState:
    from companion.backups import last_backup
    from companion.identity import key_file

    there = key_file(folder)
    if there is None:
        return BackupState(False)
    return BackupState(True, there.asks_passphrase, last_backup(folder))


def _make(folder: Path, command: MakeBackup, ask_pin: AskPin | None) -> Contents:
    """What is in the file now, as a restore would read it."""
    from companion import backups
    from companion.registry import open_own_records

    backups.check_target(command.path, folder, force=True)
    identity = _owner(folder, command.keys, ask_pin)
    with closing(identity), closing(open_own_records(folder)) as registry:
        backup = backups.make(identity, registry, command.passphrase, folder)
    backup.write(command.path, folder, force=True)
    return backups.read(command.path, command.passphrase).contents


def _try(folder: Path, command: TryBackup, ask_pin: AskPin | None) -> BackupTried:
    from companion import backups
    from companion.identity import key_file
    from companion.registry import open_own_records

    backup = backups.read(command.path, command.passphrase)
    identity = _owner(folder, command.keys, ask_pin) if key_file(folder) is not None else None
    with ExitStack() as stack:
        registry = stack.enter_context(closing(open_own_records(folder)))
        if identity is not None:
            stack.callback(identity.close)
        return BackupTried(backup.contents, backups.compare(backup, identity, registry))


def _owner(folder: Path, keys: Secret | None, ask_pin: AskPin | None) -> Identity:
    """The owner who is there, whom the caller closes. keys: the passphrase of a key file that has one."""
    from companion.identity import open_identity

    def ask(_new: bool) -> Secret:
        if keys is None:
            raise KeyStorePassphraseWrong("none was given")
        return keys

    return open_identity(folder, ask_passphrase=ask, ask_pin=ask_pin)
