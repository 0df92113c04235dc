"""Backups of an owner: keys, secrets and records in one sealed file. Made, read, compared and restored here.

Nothing that is there is replaced by a restore: it needs a data folder without an owner key.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.backups.note import LastBackup, keep_note, last_backup
from companion.clouds import carried
from companion.clouds.company.login import LOGINS
from companion.errors import (
    BackupDamaged,
    BackupExists,
    BackupMisplaced,
    CloudProfileInvalid,
    FileNotOwn,
    StorageError,
)
from companion.files import read_at_most, replace_durably, unreadable, unwritable
from companion.identity import Identity, restore_identity
from companion.identity.backup import MAX_BACKUP, BackupSummary, Opened, open_backup, short_key, summarise
from companion.identity.locks import check_new_passphrase
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity.hardware.keys import AskPin
    from companion.registry import RecordCount, Registry

__all__ = ["Backup", "Comparison", "Contents", "LastBackup", "last_backup", "look_into", "make", "read"]

MOST_RECORDS = 24 << 20
"""Of packed records. If there are more, they go without the steps and events of runs, or not at all."""


@dataclass(frozen=True)
class Contents:
    """What is in a backup, as far as a person may see it.

    made: when, UTC; of an old backup, when its file was written. networks: the names of those it keeps.
    clouds: the names of its cloud profiles.
    secrets: how many it has of devices and protocols. records: None if it has none.
    """

    identity: BackupSummary
    made: datetime
    networks: tuple[str, ...]
    secrets: int
    records: RecordCount | None
    clouds: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "owner": self.identity.name,
            "owner_key": self.identity.key,
            "key_created": self.identity.made.isoformat(timespec="seconds"),
            "made": self.made.isoformat(timespec="seconds"),
            "networks": list(self.networks),
            "clouds": list(self.clouds),
            "secrets": self.secrets,
            "devices": self.records.devices if self.records else None,
            "runs": self.records.runs if self.records else None,
        }


@dataclass(frozen=True)
class Comparison:
    """A backup held against what is here.

    same_owner: None if no owner key is here, so that it can be restored. missing_devices, missing_secrets:
    how many here are not in the backup, and would be lost with this computer. further_devices: the other way
    round.
    """

    same_owner: bool | None
    missing_devices: int = 0
    missing_secrets: int = 0
    further_devices: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "same_owner": self.same_owner,
            "can_be_restored": self.same_owner is None,
            "devices_not_in_backup": self.missing_devices,
            "secrets_not_in_backup": self.missing_secrets,
            "devices_only_in_backup": self.further_devices,
        }


@dataclass(frozen=True)
class Backup:
    """The bytes of a backup file with what is in it."""

    octets: bytes
    contents: Contents

    def __repr__(self) -> str:
        return f"Backup({self.contents!r})"

    def write(self, path: Path, data_dir: Path, *, force: bool = False) -> None:
        """Put it at `path`, for this user alone, and keep in the data folder that it was made.

        Raises BackupExists unless `force`, FileNotOwn for a link, BackupMisplaced for a place in `data_dir`,
        StorageError. A file that can't be written whole is removed.
        """
        _check_place(path, data_dir)
        try:
            if path.is_symlink() or (path.exists() and not _is_plain(path)):
                raise FileNotOwn(file=path.name)
            if force and path.exists():
                replace_durably(path, self.octets)
            else:
                _create(path, self.octets)
        except FileExistsError as error:
            raise BackupExists(file=path.name) from error
        except OSError as error:
            raise unwritable(path, error) from error
        keep_note(data_dir, LastBackup(self.contents.made, path.absolute(), self.contents.identity.key))


def check_target(path: Path, data_dir: Path, *, force: bool = False) -> None:
    """What `Backup.write` would refuse, before anybody is asked for a passphrase. Raises as it does."""
    _check_place(path, data_dir)
    if path.is_symlink() or (path.exists() and not _is_plain(path)):
        raise FileNotOwn(file=path.name)
    if path.exists() and not force:
        raise BackupExists(file=path.name)


def make(identity: Identity, registry: Registry, passphrase: Secret, data_dir: Path) -> Backup:
    """A backup of now; nothing is written. Raises PassphraseTooShort, ValueError for a throwaway identity,
    and what vault and registry raise.

    data_dir: whose cloud profiles are in it
    """
    check_new_passphrase(passphrase)
    made = datetime.now(UTC).replace(microsecond=0)
    # Before the secrets: a device that is set up meanwhile is in it with its secrets, or without a record.
    records = _packed(registry)
    profiles = carried.pack(data_dir)
    octets = identity.export_backup(passphrase, made=made, records=records, profiles=profiles)
    return Backup(octets, look_into(octets, passphrase, saved=made))


def read(path: Path, passphrase: Secret) -> Backup:
    """The backup in a file; nothing is written. Raises FileMissing, FileUnreadable, BackupDamaged,
    BackupPassphraseWrong, WrittenByNewer."""
    try:
        octets = read_at_most(MAX_BACKUP, path)
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise unreadable(path, error) from error
    return Backup(octets, look_into(octets, passphrase, saved=saved))


def look_into(octets: bytes, passphrase: Secret, *, saved: datetime) -> Contents:
    """What is in a backup. saved: when one of before was made, as it does not say so. Raises as `read`."""
    from companion.registry.store import record_copy
    from companion.runs import saved_datasets, saved_networks

    opened = open_backup(octets, passphrase)
    summary = summarise(opened.secrets)
    kept = opened.secrets.get(saved_networks.KEY)
    networks = saved_networks.read(Secret(kept)) if kept is not None else ()
    meshes = opened.secrets.get(saved_datasets.KEY)
    datasets = saved_datasets.read_all(Secret(meshes)) if meshes is not None else ()
    return Contents(
        summary,
        opened.made or saved,
        (*(each.name for each in networks), *(each.name or "" for each in datasets)),
        len(summary.others) - (kept is not None) - (meshes is not None) - _logins(summary),
        None if opened.records is None else record_copy.count(opened.records),
        _profiles(opened),
    )


def _logins(summary: BackupSummary) -> int:
    """How many of the secrets are logins of this computer, and no device's."""
    return sum(name.startswith(LOGINS) for name in summary.others)


def _profiles(opened: Opened) -> tuple[str, ...]:
    try:
        return carried.names(opened.profiles) if opened.profiles is not None else ()
    except (ValueError, CloudProfileInvalid) as error:
        raise BackupDamaged("its cloud profiles can't be read") from error


def compare(backup: Backup, identity: Identity | None, registry: Registry) -> Comparison:
    """Hold a backup against what is here; nothing is written. Raises what vault and registry raise."""
    if identity is None:
        return Comparison(None)
    contents = backup.contents
    here = {name for name in identity.vault.everything() if not name.startswith("identity/")}
    devices = {record.id for record in registry.devices()}
    stored = contents.records.ids if contents.records is not None else frozenset()
    return Comparison(
        short_key(identity.owner.public) == contents.identity.key,
        len(devices - stored),
        len(here - set(contents.identity.others)),
        len(stored - devices),
    )


def restore(
    backup: Backup,
    data_dir: Path,
    registry: Registry,
    passphrase: Secret,
    *,
    path: Path,
    ask_passphrase: Callable[[bool], Secret] | None = None,
    ask_pin: AskPin | None = None,
) -> bool:
    """Take over the owner of a backup, its records into a registry that has none, and its cloud profiles.

    path: of its file, for the note of when it was made. Returns whether records were taken over: a backup of
    before has none, and those that are here stay. Raises IdentityExists, and as `restore_identity`.
    """
    taken: list[bool] = []

    def take(opened: Opened) -> None:
        if opened.records is not None:
            taken.append(registry.restore(opened.records))
        if opened.profiles is not None:
            carried.unpack(data_dir, opened.profiles)

    restore_identity(
        data_dir,
        backup.octets,
        passphrase,
        ask_passphrase=ask_passphrase,
        ask_pin=ask_pin,
        first=take,
    )
    contents = backup.contents
    keep_note(data_dir, LastBackup(contents.made, path.absolute(), contents.identity.key))
    return any(taken)


def _packed(registry: Registry) -> bytes | None:
    for details in (True, False):
        records = registry.pack(details=details)
        if len(records) <= MOST_RECORDS:
            return records
    return None


def _check_place(path: Path, data_dir: Path) -> None:
    try:
        if path.resolve().is_relative_to(data_dir.resolve()):
            raise BackupMisplaced
    except (OSError, RuntimeError) as error:
        raise StorageError(f"{path.name}: {type(error).__name__}") from error


def _is_plain(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _create(path: Path, octets: bytes) -> None:
    """A new file, whole and on the disk, or none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
