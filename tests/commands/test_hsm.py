"""`companion hsm`: the owner's keys go to a token, and are asked for there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.identity import open_identity
from companion.identity.hardware.keys import PLACE
from companion.secret import Secret
from tests.commands.conftest import Run
from tests.identity.hardware.soft_tokens import PIN, SoftTokens, soft_tokens

__all__ = ["soft_tokens"]

KEYS = "a passphrase for every day"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.setattr("companion.identity.locks.SCRYPT", {"n": 1 << 10, "r": 8, "p": 1})
    (tmp_path / "keys").write_text(KEYS + "\n")
    (tmp_path / "pin").write_text(PIN.reveal_text() + "\n")
    open_identity(tmp_path / "data", ask_passphrase=lambda _new: Secret(KEYS))
    return "--passphrase-file", str(tmp_path / "keys"), "--pin-file", str(tmp_path / "pin")


def is_moved(folder: Path) -> bool:
    """Whether the vault says that the keys are on a token."""
    from companion.identity.locks import passphrase_key
    from companion.identity.vault import read_sealed

    file = read_sealed(folder / "vault.sealed")
    assert file is not None
    return PLACE in file.open(passphrase_key(file.lock, Secret(KEYS)))


def test_tokens_are_listed(run: Run, soft_tokens: SoftTokens) -> None:
    shown = run("hsm")
    assert shown.status == 0 and "Companion A" in shown.out and "softhsm" in shown.out
    document = json.loads(run("hsm", "--json").out)
    assert {each["label"] for each in document["tokens"]} >= {"Companion A", "Companion B"}
    assert all(each["uri"].startswith("pkcs11:token=") for each in document["tokens"])


def test_keys_go_to_two_tokens_and_are_used_there(
    run: Run, tmp_path: Path, options: tuple[str, ...], soft_tokens: SoftTokens
) -> None:
    uris = [str(uri) for uri in soft_tokens.uris]
    before = run("trust", "key", str(tmp_path / "before.pem"), *options)
    moved = run("hsm", "use", *uris, "--label", "by command", *options)
    assert before.status == 0 and moved.status == 0 and "Companion A, Companion B" in moved.out
    assert is_moved(tmp_path / "data")
    after = run("trust", "key", str(tmp_path / "after.pem"), *options)
    assert after.status == 0
    assert (tmp_path / "before.pem").read_bytes() == (tmp_path / "after.pem").read_bytes()
    assert run("trust", "crl", str(tmp_path / "list.crl"), *options).status == 0


def test_one_token_needs_a_backup_of_these_keys(
    run: Run, tmp_path: Path, options: tuple[str, ...], soft_tokens: SoftTokens
) -> None:
    uri, backup = str(soft_tokens.uris[0]), tmp_path / "backup.sealed"
    alone = run("hsm", "use", uri, *options)
    assert alone.status == 2 and "--backup" in alone.err and not is_moved(tmp_path / "data")
    assert run("trust", "backup", str(backup), *options).status == 0
    other = tmp_path / "other.sealed"
    stranger = open_identity(tmp_path / "elsewhere", ask_passphrase=lambda _new: Secret(KEYS))
    other.write_bytes(stranger.export_backup(Secret(KEYS.encode())))
    gone = run("hsm", "use", uri, "--backup", str(tmp_path / "none"), *options)
    assert gone.status == 2 and "S-122" in gone.err
    wrong = run("hsm", "use", uri, "--backup", str(other), "--label", "one", *options)
    assert wrong.status == 2 and "S-166" in wrong.err and "another owner key" in wrong.err
    moved = run("hsm", "use", uri, "--backup", str(backup), "--label", "one", *options)
    assert moved.status == 0 and is_moved(tmp_path / "data")


def test_a_wrong_pin_in_a_file_is_sent_once(
    run: Run, tmp_path: Path, options: tuple[str, ...], soft_tokens: SoftTokens
) -> None:
    (tmp_path / "pin").write_text("000000\n")
    uris = [str(uri) for uri in soft_tokens.uris]
    results = [run("hsm", "use", *uris, "--label", "wrong pin", *options) for _ in range(4)]
    assert [each.status for each in results] == [8] * 4
    assert "S-161" in results[0].err
    assert all("S-162" in each.err and "000000" not in each.err for each in results[1:])
    (tmp_path / "pin").write_text(PIN.reveal_text() + "\n")
    assert run("hsm", "use", *uris, "--label", "wrong pin", *options).status == 8
    assert run("hsm", "retry", uris[0], *options).status == 0
    assert run("hsm", "use", *uris, "--label", "wrong pin", *options).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("use",),
        ("retry",),
        ("list", "pkcs11:token=a"),
        ("use", "token"),
        ("use", "pkcs11:token=a?pin-value=1"),
    ],
)
def test_wrong_words(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("hsm", *words)
    assert done.status == 2 and "Traceback" not in done.err


def test_the_same_token_twice_is_one_token(
    run: Run, tmp_path: Path, options: tuple[str, ...], soft_tokens: SoftTokens
) -> None:
    uri = str(soft_tokens.uris[0])
    done = run("hsm", "use", uri, uri, "--label", "twice", *options)
    assert done.status == 2 and "twice" in done.err
