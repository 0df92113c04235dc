"""The identity on the disk: made, opened, restored."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509

from companion.errors import IdentityExists, KeyStoreDamaged, KeyStoreUnavailable
from companion.files import own_folder
from companion.identity import locks, tpm_lock
from companion.identity.backup import Opened, open_backup, seal_backup, summarise
from companion.identity.ca import IssuingCa
from companion.identity.hardware.keys import PLACE, AskPin, Place, TokenKeys, move, unlock
from companion.identity.owner import OwnerKey, private_key_of
from companion.identity.sealed_file import SealedFile
from companion.identity.vault import Vault, held, read_sealed
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity.hardware.token import OpenToken, Token

PASSPHRASE_VARIABLE = "COMPANION_PASSPHRASE"
MAX_URL = 200
_CRL_URL = "identity/crl url"
FILES = {"owner": "vault.sealed", "virtual": "virtual.sealed"}

Ask = Callable[[bool], Secret]
_KEYS = ("identity/owner key", "identity/ca key")


@dataclass(frozen=True)
class Identity:
    """An owner, with everything that makes devices theirs. `throwaway` ones are for virtual worlds alone.

    token: the hardware token that holds the keys, open; None where they are in the vault
    """

    name: str
    throwaway: bool
    owner: OwnerKey
    ca: IssuingCa
    vault: Vault
    token: OpenToken | None = None

    def close(self) -> None:
        """Log out of the hardware token, if there is one: nothing can be signed from here on."""
        if self.token is not None:
            self.token.close()

    def export_backup(
        self,
        passphrase: Secret,
        *,
        made: datetime | None = None,
        records: bytes | None = None,
        profiles: bytes | None = None,
    ) -> bytes:
        """A file with everything in the vault, under a passphrase of its own, for `restore_identity`.

        made: when, UTC; records: what the registry packed; profiles: of clouds. `companion.backups` has all.
        Raises PassphraseTooShort under 8 characters, ValueError for a throwaway identity.
        """
        if self.throwaway:
            raise ValueError("a temporary identity can't be backed up")
        return seal_backup(self.vault.everything(), passphrase, made=made, records=records, profiles=profiles)

    def publish_at(self, url: str | None) -> None:
        """From now on certificates name this http URL as the place of the CRL; None: they name none.

        Raises ValueError for another kind of URL, and what the vault raises.
        """
        if url is not None:
            check_url(url)
        self.vault.put(_CRL_URL, None if url is None else Secret(url.encode()))
        self.ca.distribution_point = url


def check_url(url: str) -> str:
    """An http URL of at most 200 characters. Raises ValueError. (RFC 5280, 4.2.1.13: https can go round in
    circles, where the list has to be fetched to check the certificate of the place that it is at.)"""
    parts = urlsplit(url)
    if not (url.isascii() and url.isprintable() and " " not in url and len(url) <= MAX_URL):
        raise ValueError("an address has at most 200 printable ASCII characters")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address begins with http:// or https:// and a host")
    return url


def open_identity(
    data_dir: Path,
    *,
    throwaway: bool = False,
    ask_passphrase: Ask | None = None,
    ask_pin: AskPin | None = None,
) -> Identity:
    """The identity kept in `data_dir`, made on first use.

    Its key file is locked by the system's key store, or by a passphrase: COMPANION_PASSPHRASE, else the TPM
    where the user had it seal the file (`tpm_lock`), else `ask_passphrase(new)`, where `new` says that a
    passphrase is being chosen. A throwaway identity is
    another file, under a passphrase that everybody knows: it protects nothing and asks nothing. Keys that
    were moved to a hardware token are unlocked there, by the PIN that `ask_pin` gives.

    Raises KeyStoreUnavailable, PassphraseTooShort for a new one, KeyStorePassphraseWrong, KeyStoreDamaged
    (the file is left as it is), SealBroken, KeyStoreBusy, WrittenByNewer, StorageError, and HsmUnavailable,
    HsmLastTry, HsmLocked, HsmKeyMissing.
    """
    purpose = "virtual" if throwaway else "owner"
    path = own_folder(data_dir) / FILES[purpose]
    file = read_sealed(path)
    if file is None:
        # Asked before the lock file is held: a user may take minutes to think of a passphrase.
        vault = Vault(path, purpose, *_new_lock(throwaway, ask_passphrase))
        with held(path):
            file = read_sealed(path)
            if file is None:
                return _create(vault, throwaway)
    if file.purpose != purpose:
        raise KeyStoreDamaged(f"{path.name} is marked “{file.purpose}”, not “{purpose}”")
    key = _unlock(file, throwaway, ask_passphrase)
    return _load(Vault(path, purpose, file.lock, key), file.open(key), throwaway, path.parent, ask_pin)


def move_to_tokens(
    data_dir: Path, identity: Identity, tokens: Sequence[Token], ask_pin: AskPin | None, *, label: str
) -> None:
    """Owner key and CA key leave the vault for hardware tokens, each of which gets both. Takes effect when
    the identity is opened again. The caller has seen to a second token, or to a backup of the keys.

    Raises HsmUnavailable (also where a token holds the label already), HsmLastTry, HsmLocked, and what the
    vault raises; then the keys are where they were.
    """
    path = own_folder(data_dir) / FILES["owner"]
    with held(path):
        content = identity.vault.everything()
        if any(name not in content for name in _KEYS):
            raise KeyStoreDamaged("the keys are on a hardware token already")
        place = Place(tuple(each.uri for each in tokens), label, identity.owner.public)
        owner, ca = (private_key_of(Secret(content[name])) for name in _KEYS)
        move(tokens, {place.label: owner, place.ca_label: ca}, path.parent, ask_pin)
        kept = {name: value for name, value in content.items() if name not in _KEYS}
        identity.vault.write({**kept, PLACE: place.write()})


def place_of_keys(data_dir: Path, ask_passphrase: Ask | None) -> Place | None:
    """The tokens that hold the owner's keys; None: they are in the key file, or there are none yet. Opens the
    file and no token. Raises as `open_identity` does for the file."""
    file = read_sealed(own_folder(data_dir) / FILES["owner"])
    if file is None:
        return None
    content = file.open(_unlock(file, False, ask_passphrase))
    return Place.read(content[PLACE]) if PLACE in content else None


def restore_identity(
    data_dir: Path,
    backup: bytes,
    passphrase: Secret,
    *,
    ask_passphrase: Ask | None = None,
    ask_pin: AskPin | None = None,
    first: Callable[[Opened], None] | None = None,
) -> Identity:
    """The identity of a backup, from now on kept in `data_dir` under that folder's own lock.

    first: called with the opened backup, when it is sure that no identity is there and before this one is.
    Raises IdentityExists rather than replace one that is there, BackupPassphraseWrong,
    BackupDamaged, WrittenByNewer, and what `open_identity` and `first` raise.
    """
    opened = open_backup(backup, passphrase)
    path = own_folder(data_dir) / FILES["owner"]
    if read_sealed(path) is not None:
        raise IdentityExists(file=path.name)
    summarise(opened.secrets)
    vault = Vault(path, "owner", *_new_lock(False, ask_passphrase))
    identity = _load(vault, opened.secrets, False, path.parent, ask_pin)
    with held(path):
        if read_sealed(path) is not None:
            raise IdentityExists(file=path.name)
        if first is not None:
            first(opened)
        vault.write(opened.secrets)
    return identity


@dataclass(frozen=True)
class KeyFile:
    """The owner's key file as it lies there. mark: tells it from another one, and nothing about its key."""

    mark: str
    asks_passphrase: bool


def has_keys(data_dir: Path, *, throwaway: bool) -> bool:
    """True if `open_identity` would find keys, and make none."""
    return (data_dir / FILES["virtual" if throwaway else "owner"]).exists()


def key_file(data_dir: Path) -> KeyFile | None:
    """The owner's key file, None if there is none yet. Opens nothing.

    Raises KeyStoreDamaged, WrittenByNewer, StorageError.
    """
    file = read_sealed(data_dir / FILES["owner"])
    if file is None:
        return None
    # A file keeps the lock that it was made with, but for the TPM's part.
    made_with = {name: value for name, value in file.lock.items() if name != tpm_lock.FIELD}
    mark = hashlib.sha256(json.dumps(made_with, sort_keys=True).encode()).hexdigest()[:16]
    opens_alone = tpm_lock.FIELD in file.lock or os.environ.get(PASSPHRASE_VARIABLE)
    return KeyFile(mark, file.lock.get("kind") == "passphrase" and not opens_alone)


def _new_lock(throwaway: bool, ask: Ask | None) -> tuple[dict[str, object], bytes]:
    """How a new key file will be locked. A passphrase that the user set beats the system's key store."""
    if throwaway:
        lock = locks.passphrase_lock(locks.SCRYPT_VIRTUAL)
        return lock, locks.passphrase_key(lock, locks.VIRTUAL_PASSPHRASE)
    if not os.environ.get(PASSPHRASE_VARIABLE) and (backend := locks.system_keyring()):
        return locks.keyring_lock(backend)
    lock = locks.passphrase_lock()
    return lock, locks.passphrase_key(lock, passphrase(ask, new=True))


def _unlock(file: SealedFile, throwaway: bool, ask: Ask | None) -> bytes:
    if throwaway:
        return locks.passphrase_key(file.lock, locks.VIRTUAL_PASSPHRASE)
    kind = file.lock.get("kind")
    if kind == "keyring":
        return locks.keyring_key(file.lock, locks.system_keyring())
    if kind == "passphrase":
        if tpm_lock.FIELD in file.lock and not os.environ.get(PASSPHRASE_VARIABLE):
            return tpm_lock.tpm_key(file.lock)
        return locks.passphrase_key(file.lock, passphrase(ask, new=False))
    raise KeyStoreDamaged("the key file has a lock of an unknown kind")


def passphrase(ask: Ask | None, *, new: bool) -> Secret:
    """What the environment says, else what is typed. Raises KeyStoreUnavailable where nobody can be asked,
    KeyStorePassphraseWrong, PassphraseTooShort."""
    check = locks.check_new_passphrase if new else locks.check_passphrase
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given:
        return check(Secret(given))
    if ask is None:
        raise KeyStoreUnavailable("there is no key store and no way to ask for a passphrase")
    return check(ask(new))


def _create(vault: Vault, throwaway: bool) -> Identity:
    name = f"{'Virtual' if throwaway else 'Companion'} {secrets.token_hex(2)}"
    owner, ca = OwnerKey.generate(), IssuingCa.create(name)
    vault.write(
        {
            "identity/name": name.encode(),
            "identity/owner key": owner.seal().reveal(),
            "identity/ca key": ca.seal().reveal(),
            "identity/ca root": ca.anchors[0],
        }
    )
    return Identity(name, throwaway, owner, ca, vault)


def _load(
    vault: Vault, content: Mapping[str, bytes], throwaway: bool, folder: Path, ask_pin: AskPin | None
) -> Identity:
    try:
        name, root = content["identity/name"].decode(), content["identity/ca root"]
        at = content[_CRL_URL].decode() if _CRL_URL in content else None
        if PLACE in content:
            keys = unlock(Place.read(content[PLACE]), folder, ask_pin)
            owner, ca = OwnerKey(keys.owner), _hardware_ca(keys, root, at)
            return Identity(name, throwaway, owner, ca, vault, keys.token)
        owner = OwnerKey.load(Secret(content["identity/owner key"]))
        ca = IssuingCa.load(Secret(content["identity/ca key"]), root, distribution_point=at)
    except (KeyError, ValueError) as problem:
        raise KeyStoreDamaged("the key file opens, but its keys are incomplete") from problem
    return Identity(name, throwaway, owner, ca, vault)


def _hardware_ca(keys: TokenKeys, root: bytes, at: str | None) -> IssuingCa:
    """Raises ValueError where the root is not of the token's key."""
    try:
        return IssuingCa(keys.ca, x509.load_der_x509_certificate(root), distribution_point=at)
    except ValueError:
        keys.token.close()
        raise
