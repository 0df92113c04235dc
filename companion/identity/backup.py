"""Backups: everything in the vault in one file, under a passphrase of its own, and what is in one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from companion.errors import KeyStoreDamaged
from companion.identity import locks
from companion.identity.ca import IssuingCa
from companion.identity.owner import OwnerKey
from companion.identity.sealed import parse, seal
from companion.secret import Secret

PURPOSE = "backup"
KEY_OCTETS = 4
"""Of the owner key's hash: enough for a person to tell it from others, nothing is checked by it."""


@dataclass(frozen=True)
class BackupSummary:
    """What is in a backup, as far as a person may see it.

    name: of the identity. key: the first octets of the owner key's SHA-256, "4E:91:0A:7C"
    made: when the identity was made, UTC. others: the names of all further secrets, such as saved networks
    """

    name: str
    key: str
    made: datetime
    others: tuple[str, ...]


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


def summarise(content: Mapping[str, bytes]) -> BackupSummary:
    """What the content of a backup would bring. Raises KeyStoreDamaged where its keys are incomplete."""
    try:
        owner = OwnerKey.load(Secret(content["identity/owner key"]))
        ca = IssuingCa.load(Secret(content["identity/ca key"]), content["identity/ca root"])
        name = content["identity/name"].decode()
    except (KeyError, ValueError) as problem:
        raise KeyStoreDamaged("the backup opens, but its keys are incomplete") from problem
    shown = hashlib.sha256(owner.public).digest()[:KEY_OCTETS].hex(":").upper()
    others = tuple(sorted(key for key in content if not key.startswith("identity/")))
    return BackupSummary(name, shown, ca.made_at, others)
