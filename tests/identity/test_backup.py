"""A backup brings the whole vault to another computer, and never replaces an identity."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.errors import IdentityExists, KeyStoreDamaged, KeyStorePassphraseWrong, PassphraseTooShort
from companion.identity import Identity, locks, open_identity, restore_identity
from companion.identity.backup import open_backup, summarise
from companion.identity.sealed_file import seal
from companion.secret import Secret

PASSPHRASE = Secret("a passphrase for the drawer")


def ask(new: bool) -> Secret:
    return Secret("a passphrase for every day")


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    made = open_identity(tmp_path / "old", ask_passphrase=ask)
    made.vault.put("wifi", Secret("seven gulls"))
    return made


def test_everything_comes_back_under_the_lock_of_the_new_place(identity: Identity, tmp_path: Path) -> None:
    backup = identity.export_backup(PASSPHRASE)
    restored = restore_identity(tmp_path / "new", backup, PASSPHRASE, ask_passphrase=ask)
    reopened = open_identity(tmp_path / "new", ask_passphrase=ask)
    for one in (restored, reopened):
        assert (one.owner.public, one.ca.anchors, one.name) == (
            identity.owner.public,
            identity.ca.anchors,
            identity.name,
        )
        assert one.vault.get("wifi") == Secret("seven gulls")


def test_an_identity_that_is_there_is_never_replaced(identity: Identity, tmp_path: Path) -> None:
    backup = identity.export_backup(PASSPHRASE)
    there = open_identity(tmp_path / "new", ask_passphrase=ask)
    with pytest.raises(IdentityExists):
        restore_identity(tmp_path / "new", backup, PASSPHRASE, ask_passphrase=ask)
    assert open_identity(tmp_path / "new", ask_passphrase=ask).owner.public == there.owner.public


def test_an_identity_that_is_made_meanwhile_is_not_replaced_either(
    identity: Identity, tmp_path: Path
) -> None:
    def slow(new: bool) -> Secret:
        open_identity(tmp_path / "new", ask_passphrase=ask)
        return ask(new)

    with pytest.raises(IdentityExists):
        restore_identity(
            tmp_path / "new", identity.export_backup(PASSPHRASE), PASSPHRASE, ask_passphrase=slow
        )


def test_a_wrong_passphrase_opens_no_backup(identity: Identity, tmp_path: Path) -> None:
    backup = identity.export_backup(PASSPHRASE)
    with pytest.raises(KeyStorePassphraseWrong):
        restore_identity(tmp_path / "new", backup, ask(False), ask_passphrase=ask)
    with pytest.raises(KeyStorePassphraseWrong):
        identity.export_backup(Secret(" "))
    assert not (tmp_path / "new").exists()


def test_a_backup_has_no_short_passphrase_and_older_ones_open_as_before(
    identity: Identity, tmp_path: Path
) -> None:
    with pytest.raises(PassphraseTooShort) as refused:
        identity.export_backup(Secret("x"))
    assert "8 characters" in refused.value.advice_text
    lock = locks.passphrase_lock()
    older = seal("backup", lock, locks.passphrase_key(lock, Secret("x")), identity.vault.everything())
    restored = restore_identity(tmp_path / "new", older, Secret("x"), ask_passphrase=ask)
    assert restored.owner.public == identity.owner.public


@pytest.mark.parametrize("foreign", [b"", b"{}", b"anything"])
def test_a_file_that_is_no_backup_is_told(tmp_path: Path, foreign: bytes) -> None:
    with pytest.raises(KeyStoreDamaged):
        restore_identity(tmp_path, foreign, PASSPHRASE)


def test_the_vault_itself_is_no_backup(identity: Identity, tmp_path: Path) -> None:
    vault = (tmp_path / "old" / "vault.sealed").read_bytes()
    with pytest.raises(KeyStoreDamaged):
        restore_identity(tmp_path / "new", vault, ask(False), ask_passphrase=ask)


def test_a_throwaway_identity_has_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="temporary"):
        open_identity(tmp_path, throwaway=True).export_backup(PASSPHRASE)


def test_a_backup_tells_whose_it_is_and_no_secret(identity: Identity) -> None:
    told = summarise(open_backup(identity.export_backup(PASSPHRASE), PASSPHRASE).secrets)
    assert told.name == identity.name
    assert told.key.replace(":", "").lower() == hashlib.sha256(identity.owner.public).hexdigest()[:8]
    assert abs((told.made - datetime.now(UTC)).total_seconds()) < 3600
    assert told.others == ("wifi",)
    assert "seven gulls" not in repr(told)


@pytest.mark.parametrize("lost", ["identity/owner key", "identity/ca root", "identity/name"])
def test_a_backup_without_a_key_is_damaged(identity: Identity, lost: str) -> None:
    content = dict(open_backup(identity.export_backup(PASSPHRASE), PASSPHRASE).secrets)
    del content[lost]
    with pytest.raises(KeyStoreDamaged):
        summarise(content)
