"""Backups: everything in the vault in one file, under a passphrase of its own."""

from __future__ import annotations

from collections.abc import Mapping

from companion.errors import KeyStoreDamaged
from companion.identity import locks
from companion.identity.sealed import parse, seal
from companion.secret import Secret

PURPOSE = "backup"


def seal_backup(content: Mapping[str, bytes], passphrase: Secret) -> bytes:
    """The bytes of a backup file. Raises PassphraseTooShort under 8 characters."""
    lock = locks.passphrase_lock()
    return seal(PURPOSE, lock, locks.passphrase_key(lock, locks.check_new_passphrase(passphrase)), content)


def open_backup(backup: bytes, passphrase: Secret) -> dict[str, bytes]:
    """What a backup holds. Raises KeyStoreDamaged, KeyStorePassphraseWrong, WrittenByNewer."""
    file = parse(backup)
    if file.purpose != PURPOSE:
        raise KeyStoreDamaged(f"the file is marked “{file.purpose}”, not “{PURPOSE}”")
    return file.open(locks.passphrase_key(file.lock, passphrase))
