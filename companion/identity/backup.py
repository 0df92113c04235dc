"""Backups: the vault's secrets and the records in one file, under a passphrase of its own; what is in one.

Beside the secrets the file holds `backup/made`, when it was made (ISO 8601), and `backup/records`, what the
registry packed, `backup/profiles` the cloud profiles, where there are any. Backups of before have none of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509

from companion.errors import (
    BackupDamaged,
    BackupPassphraseWrong,
    BackupUnfit,
    KeyStoreDamaged,
    KeyStorePassphraseWrong,
)
from companion.identity import locks
from companion.identity.ca import IssuingCa, made_at
from companion.identity.hardware.keys import PLACE, Place
from companion.identity.owner import OwnerKey
from companion.identity.sealed_file import parse, seal
from companion.secret import Secret

PURPOSE = "backup"
MAX_BACKUP = 64 << 20
KEY_OCTETS = 4
"""Of the owner key's hash: enough for a person to tell it from others, nothing is checked by it."""
_OWN = "backup/"
_MADE, _RECORDS, _PROFILES = f"{_OWN}made", f"{_OWN}records", f"{_OWN}profiles"


@dataclass(frozen=True)
class Opened:
    """A backup that its passphrase opened.

    secrets: of the vault, by name; records: None in one of before; profiles: of clouds, None for none
    """

    secrets: Mapping[str, bytes]
    made: datetime | None
    records: bytes | None
    profiles: bytes | None = None

    def __repr__(self) -> str:
        return f"Opened(made={self.made!r}, {len(self.secrets)} secrets)"


@dataclass(frozen=True)
class BackupSummary:
    """What is in a backup, as far as a person may see it.

    name: of the identity. key: the first octets of the owner key's SHA-256, "4E:91:0A:7C"
    made: when the identity was made, UTC. others: the names of all further secrets, such as saved networks
    on_token: the keys are on hardware tokens, and not in the backup
    """

    name: str
    key: str
    made: datetime
    others: tuple[str, ...]
    on_token: bool = False


def seal_backup(
    content: Mapping[str, bytes],
    passphrase: Secret,
    *,
    made: datetime | None = None,
    records: bytes | None = None,
    profiles: bytes | None = None,
) -> bytes:
    """The bytes of a backup file. Raises PassphraseTooShort under 8 characters."""
    own = {} if records is None else {_RECORDS: records}
    if profiles is not None:
        own[_PROFILES] = profiles
    if made is not None:
        own[_MADE] = made.isoformat().encode()
    lock = locks.passphrase_lock()
    key = locks.passphrase_key(lock, locks.check_new_passphrase(passphrase))
    return seal(PURPOSE, lock, key, {**content, **own})


def open_backup(backup: bytes, passphrase: Secret) -> Opened:
    """What a backup holds. Raises BackupDamaged, BackupPassphraseWrong, WrittenByNewer."""
    try:
        file = parse(backup, most=MAX_BACKUP)
        if file.purpose != PURPOSE:
            raise KeyStoreDamaged(f"the file is marked “{file.purpose}”, not “{PURPOSE}”")
        content = file.open(locks.passphrase_key(file.lock, passphrase))
        made = datetime.fromisoformat(content[_MADE].decode()).astimezone(UTC) if _MADE in content else None
    except KeyStorePassphraseWrong as problem:
        raise BackupPassphraseWrong(problem.detail) from None
    except KeyStoreDamaged as problem:
        raise BackupDamaged(problem.detail) from None
    except ValueError:
        raise BackupDamaged("it does not say when it was made") from None
    secrets = {name: value for name, value in content.items() if not name.startswith(_OWN)}
    return Opened(secrets, made, content.get(_RECORDS), content.get(_PROFILES))


def check_backup(content: bytes, passphrase: Secret, owner: bytes) -> None:
    """A backup that brings back the key of this owner (point, 65 octets), before the key leaves the vault.

    Raises BackupUnfit, BackupPassphraseWrong, BackupDamaged, WrittenByNewer.
    """
    summary = summarise(open_backup(content, passphrase).secrets)
    if summary.on_token:
        raise BackupUnfit("it was made after the keys were moved, and does not hold them")
    if summary.key != short_key(owner):
        raise BackupUnfit("it holds another owner key")


def summarise(secrets: Mapping[str, bytes]) -> BackupSummary:
    """What the secrets of a backup would bring. Raises BackupDamaged where its keys are incomplete."""
    try:
        name, root = secrets["identity/name"].decode(), secrets["identity/ca root"]
        if PLACE in secrets:
            owner, made = Place.read(secrets[PLACE]).point, made_at(x509.load_der_x509_certificate(root))
        else:
            owner = OwnerKey.load(Secret(secrets["identity/owner key"])).public
            made = IssuingCa.load(Secret(secrets["identity/ca key"]), root).made_at
    except (KeyError, ValueError, KeyStoreDamaged) as problem:
        raise BackupDamaged("it opens, but its keys are incomplete") from problem
    others = tuple(sorted(key for key in secrets if not key.startswith("identity/")))
    return BackupSummary(name, short_key(owner), made, others, on_token=PLACE in secrets)


def short_key(public: bytes) -> str:
    """An owner key (point) as people tell it from others."""
    return hashlib.sha256(public).digest()[:KEY_OCTETS].hex(":").upper()
