"""The vault keeps secrets against kills, damage and a second process."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import (
    KeyStoreBusy,
    KeyStoreDamaged,
    KeyStorePassphraseWrong,
    StorageError,
    WrittenByNewer,
)
from companion.files import exclusive
from companion.identity import Vault
from companion.identity import vault as vault_module
from companion.identity.sealed_file import parse, seal
from companion.secret import Secret

KEY = bytes(range(32))
LOCK = {"kind": "test"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    path = tmp_path / "vault.sealed"
    path.write_bytes(seal("owner", LOCK, KEY, {}))
    return Vault(path, "owner", LOCK, KEY)


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "vault.sealed"


def test_secrets_are_kept_replaced_and_forgotten(vault: Vault) -> None:
    assert vault.get("wifi") is None
    vault.put("wifi", Secret("first"))
    vault.put("wifi", Secret("second"))
    vault.put("other", Secret(b"\0\xff"))
    assert vault.get("wifi") == Secret("second")
    vault.put("wifi", None)
    vault.put("never there", None)
    assert vault.get("wifi") is None
    assert vault.get("other") == Secret(b"\0\xff")


def test_two_vaults_on_one_file_see_each_others_secrets(vault: Vault, tmp_path: Path) -> None:
    other = Vault(file_of(tmp_path), "owner", LOCK, KEY)
    vault.put("mine", Secret("1"))
    other.put("yours", Secret("2"))
    assert (vault.get("yours"), other.get("mine")) == (Secret("2"), Secret("1"))


def test_processes_that_write_at_once_lose_nothing(vault: Vault, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from companion.identity import Vault\n"
        "from companion.secret import Secret\n"
        f"vault = Vault(Path({str(file_of(tmp_path))!r}), 'owner', {LOCK!r}, {KEY!r})\n"
        "for n in range(15): vault.put(f'{sys.argv[1]}/{n}', Secret(sys.argv[1]))\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, name]) for name in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    kept = {f"{name}/{n}": vault.get(f"{name}/{n}") for name in "abc" for n in range(15)}
    assert [name for name, value in kept.items() if value is None] == []


def test_a_write_that_fails_leaves_the_old_secrets_and_no_litter(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.put("kept", Secret("old"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        vault.put("kept", Secret("new"))
    assert vault.get("kept") == Secret("old")
    assert {path.name for path in tmp_path.iterdir()} == {"vault.sealed", "vault.sealed.lock"}


def test_a_holder_of_the_lock_is_waited_for_and_then_named(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault_module, "LOCK_SECONDS", 0.05)
    with exclusive(tmp_path / "vault.sealed.lock", timeout=1), pytest.raises(KeyStoreBusy):
        vault.put("a", Secret("b"))
    vault.put("a", Secret("b"))


def test_a_vault_whose_file_is_gone_says_so_and_makes_no_new_one(vault: Vault, tmp_path: Path) -> None:
    file_of(tmp_path).unlink()
    with pytest.raises(KeyStoreDamaged):
        vault.put("a", Secret("b"))
    assert not file_of(tmp_path).exists()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_told_and_left_alone(vault: Vault, tmp_path: Path, data: st.DataObject) -> None:
    path = file_of(tmp_path)
    whole = seal("owner", LOCK, KEY, {"a": b"secret"})
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255))
    damaged = data.draw(st.sampled_from([whole[:place], bytes(flipped), whole + whole[place:]]))
    path.write_bytes(damaged)
    try:
        assert vault.get("a") == Secret("secret")  # such as a space between two fields
    except (KeyStoreDamaged, WrittenByNewer):
        with pytest.raises((KeyStoreDamaged, WrittenByNewer)):
            vault.put("b", Secret("new"))
        assert path.read_bytes() == damaged


def _with(**changes: object) -> bytes:
    """A sealed file with other fields and the checksum that belongs to them."""
    fields = {**json.loads(seal("owner", LOCK, KEY, {"a": b"b"})), **changes}
    del fields["sha256"]
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return json.dumps({**fields, "sha256": digest}).encode()


@pytest.mark.parametrize("length", [0, 8, 13, 129])
def test_a_nonce_of_another_length_is_damage(length: int) -> None:
    with pytest.raises(KeyStoreDamaged, match="nonce"):
        parse(_with(nonce=base64.b64encode(bytes(length)).decode()))


@pytest.mark.parametrize("clear", [b"[1]", b'{"a": 1}', b'{"a": "x"}', b"not JSON"])
def test_what_opens_and_is_no_secrets_by_name_is_damage(clear: bytes) -> None:
    empty = parse(seal("owner", LOCK, KEY, {}))
    header = json.dumps({"companion_vault": 1, "purpose": "owner", "lock": LOCK}, sort_keys=True).encode()
    sealed = AESGCM(KEY).encrypt(empty.nonce, clear, header)
    with pytest.raises(KeyStoreDamaged, match="by name"):
        type(empty)("owner", LOCK, empty.nonce, sealed).open(KEY)


def test_a_huge_file_is_damage_and_is_not_read_whole(vault: Vault, tmp_path: Path) -> None:
    os.truncate(file_of(tmp_path), 3 << 30)
    tracemalloc.start()
    with pytest.raises(KeyStoreDamaged, match="too large"):
        vault.get("a")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 16 << 20


def test_a_wrong_key_is_told_from_damage(tmp_path: Path, vault: Vault) -> None:
    stranger = Vault(file_of(tmp_path), "owner", LOCK, bytes(32))
    with pytest.raises(KeyStorePassphraseWrong):
        stranger.get("a")
    with pytest.raises(KeyStorePassphraseWrong):
        stranger.put("a", Secret("b"))
    vault.put("a", Secret("still mine"))


def test_the_header_can_not_be_exchanged() -> None:
    """What the file says of itself is sealed with it: a virtual file can't be passed off as a real one."""
    virtual, real = parse(seal("virtual", LOCK, KEY, {"a": b"b"})), parse(seal("owner", LOCK, KEY, {}))
    passed_off = type(real)(real.purpose, real.lock, virtual.nonce, virtual.sealed)
    assert virtual.open(KEY) == {"a": b"b"}
    with pytest.raises(KeyStorePassphraseWrong):
        passed_off.open(KEY)


def test_the_same_secrets_never_look_the_same() -> None:
    first, second = seal("owner", LOCK, KEY, {"a": b"b"}), seal("owner", LOCK, KEY, {"a": b"b"})
    assert parse(first).nonce != parse(second).nonce and parse(first).sealed != parse(second).sealed


def test_a_later_format_is_refused_politely(vault: Vault, tmp_path: Path) -> None:
    later = seal("owner", LOCK, KEY, {}).replace(b'"companion_vault": 1', b'"companion_vault": 2')
    file_of(tmp_path).write_bytes(later)
    with pytest.raises(WrittenByNewer):
        vault.get("a")
