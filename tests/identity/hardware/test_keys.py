"""An owner whose keys are on a token owns the same devices, and a thief of the computer has none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from companion.encoding import es256
from companion.errors import (
    BackupPassphraseWrong,
    HsmKeyMissing,
    HsmLastTry,
    HsmUnavailable,
    KeyStoreDamaged,
)
from companion.identity import Identity, open_identity, restore_identity
from companion.identity.backup import open_backup, summarise
from companion.identity.ca import RevokedCertificate
from companion.identity.hardware.keys import PLACE, Place
from companion.identity.hardware.token import find, open_token
from companion.identity.hardware.uri import KeyUri
from companion.identity.identity import move_to_tokens
from companion.secret import Secret
from tests.identity.hardware.soft_tokens import PIN, WRONG, SoftTokens, pad
from tests.identity.requests import NAME, device_key, request, verify_client

PASSPHRASE = Secret(b"correct horse battery")


def new_owner(folder: Path) -> Identity:
    return open_identity(folder, ask_passphrase=lambda new: PASSPHRASE)


OPEN: list[Identity] = []


def again(folder: Path, *pins: Secret) -> Identity:
    OPEN.append(open_identity(folder, ask_passphrase=lambda new: PASSPHRASE, ask_pin=pad(*pins)))
    return OPEN[-1]


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A passphrase that costs little; and each test logs in by itself."""
    monkeypatch.setattr("companion.identity.locks.system_keyring", lambda: None)
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    monkeypatch.setattr("companion.identity.locks.SCRYPT", {"n": 1 << 10, "r": 8, "p": 1})
    yield
    for identity in OPEN:
        identity.close()
    OPEN.clear()


def moved(folder: Path, tokens: SoftTokens, label: str) -> tuple[Identity, Identity]:
    """An owner before and after the keys went to the first token."""
    before = new_owner(folder)
    move_to_tokens(folder, before, [find(tokens.uris[0])], pad(PIN), label=label)
    return before, again(folder, PIN)


def test_the_same_owner_signs_certifies_and_revokes(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    before, after = moved(tmp_path, soft_tokens, "same owner")
    assert after.owner.public == before.owner.public and after.ca.anchors == before.ca.anchors
    assert es256.verify(before.owner.public, after.owner.sign(b"grant"), b"grant")
    issued = after.ca.issue(request(device_key()), serial="SN-0001", name=NAME)
    verify_client(before.ca, issued.chain)
    crl = after.ca.revocation_list([RevokedCertificate(issued.serial_number, datetime.now(UTC))], number=1)
    root = x509.load_der_x509_certificate(before.ca.anchors[0])
    assert x509.load_der_x509_crl(crl).is_signature_valid(root.public_key())  # type: ignore[arg-type]  # P-256


def test_nothing_of_the_keys_is_left_in_the_vault_or_comes_off_the_token(
    tmp_path: Path, soft_tokens: SoftTokens
) -> None:
    before = new_owner(tmp_path)
    private = before.owner.seal().reveal()
    move_to_tokens(tmp_path, before, [find(soft_tokens.uris[0])], pad(PIN), label="nothing left")
    after = again(tmp_path, PIN)
    assert all(private not in value for value in after.vault.everything().values())
    with pytest.raises(ValueError, match="hardware token"):
        after.owner.seal()
    assert after.token is not None
    key = after.token.key("nothing left")
    with pytest.raises(ValueError, match="hardware token"):
        key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    after.close()
    with pytest.raises(HsmUnavailable):
        after.owner.sign(b"after the end")


def test_either_of_two_tokens_will_do(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    before = new_owner(tmp_path)
    move_to_tokens(tmp_path, before, [find(uri) for uri in soft_tokens.uris], pad(PIN), label="two tokens")
    place = Place.read(before.vault.everything()[PLACE])
    assert len(place.uris) == 2
    lost = Place((KeyUri(token="Lost token"), place.uris[1]), place.label, place.point)
    before.vault.put(PLACE, Secret(lost.write()))
    asked = pad(PIN)
    after = open_identity(tmp_path, ask_passphrase=lambda new: PASSPHRASE, ask_pin=asked)
    OPEN.append(after)
    assert after.owner.public == before.owner.public
    assert asked.asked[0].token == soft_tokens.uris[1].token


def test_a_token_with_another_key_of_the_same_label_is_not_taken(
    tmp_path: Path, soft_tokens: SoftTokens
) -> None:
    before, _ = moved(tmp_path, soft_tokens, "another key")
    place = Place.read(before.vault.everything()[PLACE])
    other = Place(place.uris, place.label, es256.point(es256.generate()))
    before.vault.put(PLACE, Secret(other.write()))
    with pytest.raises(HsmKeyMissing):
        again(tmp_path, PIN)


def test_keys_stay_where_they_are_if_a_token_fails(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    before = new_owner(tmp_path)
    with pytest.raises(HsmLastTry):
        move_to_tokens(
            tmp_path, before, [find(uri) for uri in soft_tokens.uris], pad(PIN, WRONG), label="half moved"
        )
    assert new_owner(tmp_path).owner.seal().reveal() == before.owner.seal().reveal()
    (tmp_path / "hsm-tries.json").unlink()
    first = open_token(find(soft_tokens.uris[0]), PIN)
    assert not first.has("half moved")
    first.close()


def test_a_label_that_is_taken_is_left_alone(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    owner, _ = moved(first, soft_tokens, "taken")
    with pytest.raises(HsmUnavailable, match="already"):
        move_to_tokens(second, new_owner(second), [find(soft_tokens.uris[0])], pad(PIN), label="taken")
    assert again(first, PIN).owner.public == owner.owner.public


def test_the_keys_are_moved_once(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    _, after = moved(tmp_path, soft_tokens, "once")
    with pytest.raises(KeyStoreDamaged, match="already"):
        move_to_tokens(tmp_path, after, [find(soft_tokens.uris[1])], pad(PIN), label="once more")


def test_no_token_no_pin_no_module(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    moved(tmp_path, soft_tokens, "no token")
    with pytest.raises(HsmUnavailable):
        open_identity(tmp_path, ask_passphrase=lambda new: PASSPHRASE)
    for uri in (KeyUri(token="Nobody's"), KeyUri(module=str(tmp_path / "no.so")), KeyUri(module=os.devnull)):
        with pytest.raises(HsmUnavailable):
            find(uri)


def test_a_backup_of_before_brings_the_keys_back(tmp_path: Path, soft_tokens: SoftTokens) -> None:
    """It is what the user is told to keep."""
    owner = new_owner(tmp_path / "here")
    backup = owner.export_backup(PASSPHRASE)
    move_to_tokens(tmp_path / "here", owner, [find(soft_tokens.uris[0])], pad(PIN), label="backup")
    restored = restore_identity(tmp_path / "there", backup, PASSPHRASE, ask_passphrase=lambda new: PASSPHRASE)
    assert restored.owner.seal().reveal() == owner.owner.seal().reveal()


def test_a_backup_of_afterwards_says_that_the_keys_are_on_the_token(
    tmp_path: Path, soft_tokens: SoftTokens
) -> None:
    before, after = moved(tmp_path / "here", soft_tokens, "backup after")
    backup = after.export_backup(PASSPHRASE)
    summary = summarise(open_backup(backup, PASSPHRASE).secrets)
    assert summary.on_token and summary.made == before.ca.made_at
    restored = restore_identity(
        tmp_path / "there", backup, PASSPHRASE, ask_passphrase=lambda new: PASSPHRASE, ask_pin=pad(PIN)
    )
    OPEN.append(restored)
    assert es256.verify(before.owner.public, restored.owner.sign(b"x"), b"x")
    with pytest.raises(BackupPassphraseWrong):
        open_backup(backup, Secret(b"another passphrase"))


@pytest.mark.parametrize("content", [b"", b"{}", b'{"uris": ["x"], "label": "a", "owner": "00"}', b"[1]"])
def test_a_damaged_place_is_a_damaged_key_file(content: bytes) -> None:
    with pytest.raises(KeyStoreDamaged):
        Place.read(content)
