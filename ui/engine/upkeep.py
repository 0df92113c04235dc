"""Who the owner is, how long runs are kept, and the bundle for whoever helps: commands and answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError, KeyStorePassphraseWrong
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from datetime import datetime

    from companion.backups import LastBackup
    from companion.identity.hardware.keys import AskPin
    from companion.registry.retention import Removed
    from companion.secret import Secret
    from companion.services import Services


@dataclass(frozen=True)
class AskIdentity(Command):
    """Who is the owner of real devices? `IdentityState`. opens: with the keys opened, by their passphrase if
    they have one; else as far as it is known without."""

    opens: bool = False
    passphrase: Secret | None = None


@dataclass(frozen=True)
class AskRetention(Command):
    """How long are runs kept? `RetentionState`. days: of how many runs less would be known then"""

    days: int | None = None


@dataclass(frozen=True)
class KeepRuns(Command):
    """Keep runs so many days (None: for ever), and remove what is older now: `RetentionState`."""

    days: int | None


@dataclass(frozen=True)
class MakeBundle(Command):
    """The support bundle: only told what it would hold, or written to `path`. `BundleMade`"""

    path: Path | None = None


@dataclass(frozen=True)
class IdentityState(Event):
    """has_key: there is an owner; asks_passphrase: of the key file. key: the short form, fingerprint: SHA-256
    of the public key, made: when; empty while the keys are closed. error: why they stayed so"""

    has_key: bool
    asks_passphrase: bool = False
    key: str = ""
    fingerprint: str = ""
    made: datetime | None = None
    last: LastBackup | None = None
    error: CompanionError | None = None


@dataclass(frozen=True)
class RetentionState(Event):
    """days: how long runs are kept, None for ever. asked: other days, and how many runs are older than these
    removed: what was removed just now; error: nothing was changed"""

    days: int | None
    asked: int | None = None
    older: int = 0
    removed: Removed | None = None
    error: CompanionError | None = None


@dataclass(frozen=True)
class BundleMade(Event):
    """parts: name and octets of each file in it. path: where it is, None: not written yet; error: why not"""

    parts: tuple[tuple[str, int], ...]
    path: Path | None = None
    error: CompanionError | None = None


UpkeepCommand = AskRetention | KeepRuns | MakeBundle


def obey(command: UpkeepCommand, services: Services) -> Event:
    """With open registry; blocks. Raises StorageError where nothing could be read."""
    match command:
        case AskRetention(days):
            retention = services.registry.retention
            older = retention.count(days) if days is not None else 0
            return RetentionState(retention.days(), days, older)
        case KeepRuns():
            return _keep(command, services)
        case MakeBundle():
            return _bundle(command, services)


def identity(command: AskIdentity, folder: Path, ask_pin: AskPin | None = None) -> IdentityState:
    """Blocks. folder: where the owner of real devices is; ask_pin: for keys on a hardware token. Raises
    StorageError leaves."""
    import hashlib

    from companion.backups import last_backup
    from companion.identity import key_file, open_identity
    from companion.identity.backup import short_key

    there = key_file(folder)
    if there is None:
        return IdentityState(False)
    last = last_backup(folder)
    closed = IdentityState(True, there.asks_passphrase, last.key if last is not None else "", last=last)
    if not command.opens:
        return closed

    def ask(_new: bool) -> Secret:
        if command.passphrase is None:
            raise KeyStorePassphraseWrong("none was given")
        return command.passphrase

    try:
        opened = open_identity(folder, ask_passphrase=ask, ask_pin=ask_pin)
    except CompanionError as error:
        return IdentityState(True, there.asks_passphrase, closed.key, last=last, error=error)
    public = opened.owner.public
    opened.close()
    fingerprint = hashlib.sha256(public).hexdigest()
    made = opened.ca.made_at
    return IdentityState(True, there.asks_passphrase, short_key(public), fingerprint, made, last)


def _keep(command: KeepRuns, services: Services) -> RetentionState:
    retention = services.registry.retention
    try:
        retention.keep(command.days)
        return RetentionState(command.days, removed=retention.apply())
    except CompanionError as error:
        return RetentionState(retention.days(), error=error)


def _bundle(command: MakeBundle, services: Services) -> BundleMade:
    from companion.doctor import check
    from companion.files import unwritable
    from companion.reports.bundle import parts, zipped

    held = parts(services.registry, check(services.data_dir))
    told = tuple((part.name, len(part.text.encode())) for part in held)
    if command.path is None:
        return BundleMade(told)
    try:
        command.path.write_bytes(zipped(held))
    except OSError as problem:
        return BundleMade(told, command.path, unwritable(command.path, problem))
    return BundleMade(told, command.path)
