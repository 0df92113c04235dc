"""Opening the identity: whose key unlocks it, and that it never lies about in clear."""

import base64
import json
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import keyring.backends.chainer
import keyring.backends.null
import pytest
from cryptography.hazmat.primitives import serialization
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from companion.errors import (
    FileNotOwn,
    FolderShared,
    KeyStoreDamaged,
    KeyStorePassphraseWrong,
    KeyStoreUnavailable,
    PassphraseTooShort,
    StorageError,
)
from companion.identity import Identity, locks, open_identity
from companion.identity.sealed_file import seal
from companion.secret import Secret
from tests.support.key_store import OsKeyStore

# Taken before the suite's fixture makes it cheaper.
COST = dict(locks.SCRYPT)


class PlainFile(OsKeyStore):
    """A back end that keeps passwords in clear, as keyrings.alt offers one."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> OsKeyStore:
    chosen = OsKeyStore()
    monkeypatch.setattr(keyring, "get_keyring", lambda: chosen)
    return chosen


class Asked:
    """Answers with one passphrase and notes whether it was for a new file."""

    def __init__(self, text: str) -> None:
        self._secret = Secret(text)
        self.new: list[bool] = []

    def __call__(self, new: bool) -> Secret:
        self.new.append(new)
        return self._secret


def same(one: Identity, other: Identity) -> bool:
    return one.owner.public == other.owner.public and one.ca.anchors == other.ca.anchors


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


# --- a passphrase ---


def test_the_identity_is_made_once_and_comes_back(tmp_path: Path) -> None:
    ask = Asked("correct horse")
    first = open_identity(tmp_path / "new", ask_passphrase=ask)
    again = open_identity(tmp_path / "new", ask_passphrase=ask)
    assert same(first, again) and first.name == again.name and not first.throwaway
    assert ask.new == [True, False]


def test_the_variable_answers_before_anybody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "correct horse")
    ask = Asked("something else")
    first = open_identity(tmp_path, ask_passphrase=ask)
    assert same(first, open_identity(tmp_path)) and ask.new == []


def test_a_passphrase_that_was_set_beats_the_key_store(
    tmp_path: Path, store: OsKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "correct horse")
    open_identity(tmp_path)
    assert store.entries == {}


def test_a_wrong_passphrase_is_told_and_changes_nothing(tmp_path: Path) -> None:
    first = open_identity(tmp_path, ask_passphrase=Asked("correct horse"))
    before = contents(tmp_path)
    with pytest.raises(KeyStorePassphraseWrong):
        open_identity(tmp_path, ask_passphrase=Asked("wrong horse"))
    assert contents(tmp_path) == before
    assert same(first, open_identity(tmp_path, ask_passphrase=Asked("correct horse")))


def test_accents_are_the_same_however_they_are_composed(tmp_path: Path) -> None:
    first = open_identity(tmp_path, ask_passphrase=Asked("caf\u00e9 noir"))
    assert same(first, open_identity(tmp_path, ask_passphrase=Asked("cafe\u0301 noir")))


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_passphrase_protects_nothing_and_is_refused(tmp_path: Path, empty: str) -> None:
    with pytest.raises(KeyStorePassphraseWrong):
        open_identity(tmp_path, ask_passphrase=Asked(empty))
    assert contents(tmp_path) == {}


def test_with_no_key_store_and_nobody_to_ask_no_key_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeyStoreUnavailable):
        open_identity(tmp_path)
    assert contents(tmp_path) == {}


def test_guessing_a_passphrase_costs_32_mebibytes_at_least() -> None:
    lock = locks.passphrase_lock(COST)
    assert lock["n"] >= 1 << 15 and lock["r"] >= 8 and len(base64.b64decode(lock["salt"])) == 16


def test_a_new_passphrase_has_eight_characters_and_an_older_file_still_opens(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort, match="too short"):
        open_identity(tmp_path, ask_passphrase=Asked("seven!!"))
    assert contents(tmp_path) == {}
    lock = locks.passphrase_lock(locks.SCRYPT_VIRTUAL)
    content = open_identity(tmp_path / "other", throwaway=True).vault.everything()
    older = seal("owner", lock, locks.passphrase_key(lock, Secret("x")), content)
    (tmp_path / "vault.sealed").write_bytes(older)
    assert open_identity(tmp_path, ask_passphrase=Asked("x")).owner.public


@pytest.mark.parametrize(
    "cost",
    [
        {"n": 1 << 30},
        {"n": "x"},
        {"r": 10_000},
        {"salt": None},
        {"salt": base64.b64encode(bytes(65)).decode()},
        {"n": 1 << 20, "r": 16, "p": 8},  # each alone was allowed: 2 GiB and half a minute
        {"n": 1 << 20, "r": 8},
        {"n": 1 << 17, "p": 5},
        {"n": 0},
        {"r": 0},
        {"p": 0},
    ],
)
def test_absurd_costs_in_a_file_are_damage_and_not_work(cost: dict[str, object]) -> None:
    lock = {**locks.passphrase_lock(), **cost}
    with pytest.raises(KeyStoreDamaged):
        locks.passphrase_key(lock, Secret("any"))


# --- the system's key store ---


def test_the_key_store_holds_32_random_bytes_and_the_file_the_rest(tmp_path: Path, store: OsKeyStore) -> None:
    first = open_identity(tmp_path)
    assert same(first, open_identity(tmp_path))
    (entry,) = store.entries
    assert entry[0] == "Companion" and len(base64.b64decode(store.entries[entry])) == 32


def test_two_data_folders_have_two_keys(tmp_path: Path, store: OsKeyStore) -> None:
    one, two = open_identity(tmp_path / "one"), open_identity(tmp_path / "two")
    assert not same(one, two) and len(store.entries) == 2
    assert same(one, open_identity(tmp_path / "one"))


def test_without_its_entry_the_file_stays_closed_and_whole(tmp_path: Path, store: OsKeyStore) -> None:
    open_identity(tmp_path)
    before = contents(tmp_path)
    store.entries.clear()
    with pytest.raises(KeyStoreUnavailable):
        open_identity(tmp_path, ask_passphrase=Asked("a passphrase does not help"))
    assert contents(tmp_path) == before


def test_without_the_key_store_that_locked_it_the_file_stays_closed(
    tmp_path: Path, store: OsKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_identity(tmp_path)
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.null.Keyring)
    with pytest.raises(KeyStoreUnavailable):
        open_identity(tmp_path)


@pytest.mark.parametrize("backend", [keyring.backends.null.Keyring, PlainFile])
def test_a_back_end_that_keeps_no_secret_is_no_key_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: type[KeyringBackend]
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", backend)
    with pytest.raises(KeyStoreUnavailable):
        open_identity(tmp_path)


def test_a_chain_of_back_ends_is_used_without_its_weak_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak, strong = PlainFile(), OsKeyStore()

    class Chain(keyring.backends.chainer.ChainerBackend):
        backends = [weak, strong]  # noqa: RUF012 - a class property in keyring

    monkeypatch.setattr(keyring, "get_keyring", Chain)
    open_identity(tmp_path)
    assert len(strong.entries) == 1 and weak.entries == {}


def test_a_locked_key_store_is_told_without_what_it_was_given(
    tmp_path: Path, store: OsKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def locked(service: str, username: str, password: str) -> None:
        given.append(password)
        raise KeyringLocked(f"can't keep {password}")

    monkeypatch.setattr(store, "set_password", locked)
    with pytest.raises(KeyStoreUnavailable) as caught:
        open_identity(tmp_path)
    assert given[0] not in str(caught.value) and caught.value.__cause__ is None


def test_a_key_store_that_forgets_at_once_locks_nothing(
    tmp_path: Path, store: OsKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "set_password", lambda *_: None)
    with pytest.raises(KeyStoreUnavailable):
        open_identity(tmp_path)
    assert contents(tmp_path) == {}


def test_a_key_store_that_does_not_answer_is_given_up(
    tmp_path: Path, store: OsKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setattr(locks, "KEYRING_SECONDS", 0.05)
    monkeypatch.setattr(store, "set_password", lambda *_: released.wait(30))
    try:
        with pytest.raises(KeyStoreUnavailable):
            open_identity(tmp_path)
    finally:
        released.set()


# --- the throwaway identity ---


def test_the_throwaway_identity_asks_nothing_and_is_marked(tmp_path: Path) -> None:
    first = open_identity(tmp_path, throwaway=True)
    assert first.throwaway and first.name.startswith("Virtual ")
    assert same(first, open_identity(tmp_path, throwaway=True))
    assert json.loads((tmp_path / "virtual.sealed").read_bytes())["purpose"] == "virtual"


def test_the_real_and_the_throwaway_identity_never_mix(tmp_path: Path) -> None:
    ask = Asked("correct horse")
    real, virtual = open_identity(tmp_path, ask_passphrase=ask), open_identity(tmp_path, throwaway=True)
    assert real.owner.public != virtual.owner.public and real.ca.anchors != virtual.ca.anchors
    virtual.vault.put("memory/x", Secret("virtual"))
    assert real.vault.get("memory/x") is None


@pytest.mark.parametrize("swap", [("virtual.sealed", "vault.sealed"), ("vault.sealed", "virtual.sealed")])
def test_a_file_in_the_place_of_the_other_is_refused(tmp_path: Path, swap: tuple[str, str]) -> None:
    ask = Asked("virtual devices only")
    open_identity(tmp_path, throwaway=True)
    open_identity(tmp_path, ask_passphrase=ask)
    (tmp_path / swap[0]).replace(tmp_path / swap[1])
    with pytest.raises(KeyStoreDamaged):
        open_identity(tmp_path, throwaway=swap[1].startswith("virtual"), ask_passphrase=ask)


# --- on the disk ---


def test_nothing_secret_is_on_the_disk_in_any_spelling(tmp_path: Path, store: OsKeyStore) -> None:
    for identity in (open_identity(tmp_path), open_identity(tmp_path, throwaway=True)):
        identity.vault.put("wifi", Secret("the neighbours must not know"))
        secrets = [b"the neighbours must not know", *spellings(identity)]
        for name, content in contents(tmp_path).items():
            assert [secret for secret in secrets if secret in content] == [], name
            packed = content.replace(b"\n", b"").replace(b" ", b"")
            assert [secret for secret in secrets if secret in packed] == [], name


def spellings(identity: Identity) -> "list[bytes]":
    """The private keys raw, as DER, in hex, and in base64 at each of its three alignments."""
    found = []
    for sealed in (identity.owner.seal(), identity.ca.seal()):
        der = sealed.reveal()
        key = serialization.load_der_private_key(der, password=None)
        scalar = key.private_numbers().private_value.to_bytes(32, "big")  # type: ignore[union-attr]
        found += [scalar, der, scalar.hex().encode(), scalar.hex().upper().encode(), der.hex().encode()]
        for text in (scalar, der):
            for shift in range(3):
                # Without the ends, which depend on what stands beside them.
                found.append(base64.b64encode(bytes(shift) + text)[4:-4])
    return found


def test_the_files_belong_to_their_user_alone(tmp_path: Path) -> None:
    open_identity(tmp_path / "data", throwaway=True)
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "data").iterdir())


def test_processes_that_open_at_once_get_one_identity(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from companion.identity import open_identity\n"
        "print(open_identity(Path(sys.argv[1]), throwaway=True).owner.public.hex())\n"
    )
    openers = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    keys = {opener.communicate()[0] for opener in openers}
    assert keys == {open_identity(tmp_path, throwaway=True).owner.public.hex().encode() + b"\n"}


def test_whoever_was_slower_opens_what_the_faster_one_made(tmp_path: Path) -> None:
    """Another process makes the identity while this one's user still thinks of a passphrase."""
    made: list[Identity] = []

    def slow(new: bool) -> Secret:
        if not made:
            made.append(open_identity(tmp_path, ask_passphrase=Asked("correct horse")))
        return Secret("correct horse")

    assert same(open_identity(tmp_path, ask_passphrase=slow), made[0])


def test_a_file_without_its_keys_is_damage(tmp_path: Path) -> None:
    identity = open_identity(tmp_path, throwaway=True)
    identity.vault.put("identity/ca key", Secret(b"not a key"))
    with pytest.raises(KeyStoreDamaged):
        open_identity(tmp_path, throwaway=True)


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        open_identity(tmp_path / "file", throwaway=True)


@pytest.mark.parametrize("name", ["virtual.sealed", "virtual.sealed.lock"])
def test_a_link_in_the_place_of_a_key_file_is_refused(tmp_path: Path, name: str) -> None:
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(FileNotOwn, match=name):
        open_identity(folder, throwaway=True)
    assert not elsewhere.exists()


def test_no_key_is_made_in_a_folder_that_others_can_write_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(FolderShared):
        open_identity(tmp_path, throwaway=True)
    assert list(tmp_path.iterdir()) == []
