"""A key file that the TPM opens: programs start alone, and a copy opens nowhere else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from companion.errors import KeyStorePassphraseWrong, SealBroken, SealUnfit, TpmForeign, TpmUnavailable
from companion.identity import Identity, key_file, open_identity
from companion.identity.tpm_lock import TPM_VARIABLE, forget_seal, seal_by_tpm
from companion.secret import Secret
from companion.tpm import sealing
from companion.tpm.connection import opened
from tests.commands.conftest import Run, run
from tests.tpm.soft_tpm import SoftTpm, switched_on

__all__ = ["run"]

PASSPHRASE = Secret(b"correct horse battery")


def typed(_new: bool) -> Secret:
    return PASSPHRASE


@pytest.fixture(autouse=True)
def own_world(monkeypatch: pytest.MonkeyPatch, soft_tpm: SoftTpm) -> None:
    monkeypatch.setattr("companion.identity.locks.system_keyring", lambda: None)
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    monkeypatch.setattr("companion.identity.locks.SCRYPT", {"n": 1 << 10, "r": 8, "p": 1})
    monkeypatch.setenv(TPM_VARIABLE, soft_tpm.tcti)


@pytest.fixture
def owner(tmp_path: Path) -> Identity:
    """Whose key file is sealed."""
    made = open_identity(tmp_path, ask_passphrase=typed)
    seal_by_tpm(tmp_path, typed)
    return made


def test_it_opens_with_nobody_there(owner: Identity, tmp_path: Path) -> None:
    assert open_identity(tmp_path).owner.public == owner.owner.public
    there = key_file(tmp_path)
    assert there is not None and not there.asks_passphrase


def test_whoever_was_open_before_keeps_the_seal_and_takes_none_back(owner: Identity, tmp_path: Path) -> None:
    owner.vault.put("wifi", Secret(b"seven gulls"))
    assert open_identity(tmp_path).vault.get("wifi") is not None
    forget_seal(tmp_path, typed)
    owner.vault.put("wifi", None)
    assert b'"tpm"' not in (tmp_path / "vault.sealed").read_bytes()
    with pytest.raises(SealUnfit):
        seal_by_tpm(tmp_path / "nobody", typed)


def test_another_computer_needs_the_passphrase(
    owner: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = key_file(tmp_path)
    with switched_on() as other:
        monkeypatch.setenv(TPM_VARIABLE, other.tcti)
        with pytest.raises(SealBroken) as broken:
            open_identity(tmp_path, ask_passphrase=typed)
        assert "passphrase" in broken.value.advice
        with pytest.raises(KeyStorePassphraseWrong):
            seal_by_tpm(tmp_path, lambda _new: Secret(b"another passphrase"))
        seal_by_tpm(tmp_path, typed)
        assert open_identity(tmp_path).owner.public == owner.owner.public
    assert key_file(tmp_path) == mark, "for backups it is the same file"
    with pytest.raises(SealBroken):
        open_identity(tmp_path)
    monkeypatch.setenv("COMPANION_PASSPHRASE", PASSPHRASE.reveal_text())
    assert open_identity(tmp_path).owner.public == owner.owner.public


def test_a_cleared_tpm_opens_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with switched_on() as tpm:
        monkeypatch.setenv(TPM_VARIABLE, tpm.tcti)
        open_identity(tmp_path, ask_passphrase=typed)
        seal_by_tpm(tmp_path, typed)
        with opened(tpm.tcti) as cleared:
            from tpm2_pytss import ESYS_TR

            cleared.clear(ESYS_TR.RH_PLATFORM)
        with pytest.raises(SealBroken):
            open_identity(tmp_path)
    forget_seal(tmp_path, typed)
    assert open_identity(tmp_path, ask_passphrase=typed)


def test_a_file_can_not_name_the_tpm(owner: Identity, tmp_path: Path) -> None:
    """An address may name a program; whoever may write the file would run it."""
    assert "swtpm" not in json.dumps(json.loads((tmp_path / "vault.sealed").read_text())["lock"])


@pytest.mark.parametrize("sealed", ["", "a.b", "AAAA.AAAA", "x" * 4000])
def test_damage_is_told_from_a_tpm_that_is_gone(sealed: str, soft_tpm: SoftTpm) -> None:
    with pytest.raises(TpmForeign):
        sealing.unseal(sealed, soft_tpm.tcti)
    with pytest.raises(TpmUnavailable):
        sealing.seal(Secret(b"x"), "swtpm:path=/nowhere/tpm")


def test_the_command_says_what_to_do(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    open_identity(folder, ask_passphrase=typed)
    words = tmp_path / "keys"
    words.write_text(PASSPHRASE.reveal_text() + "\n")
    assert "TPM opens" in run("hsm", "seal", "--passphrase-file", str(words)).out
    assert run("trust", "key", str(tmp_path / "owner.pem")).status == 0
    shutil.copytree(folder, tmp_path / "stolen")
    with switched_on() as other, pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv(TPM_VARIABLE, other.tcti)
        stolen = run("trust", "key", str(tmp_path / "stolen.pem"), folder="stolen")
        assert stolen.status == 8 and "S-172" in stolen.err and "companion hsm seal" in stolen.err
    assert run("hsm", "unseal", "--passphrase-file", str(words)).status == 0
    assert run("trust", "key", str(tmp_path / "again.pem")).status == 8
