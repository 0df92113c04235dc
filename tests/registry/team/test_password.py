"""The password of a team's database: kept in the key store, given to the server, told to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.cli import main
from companion.errors import KeyStoreUnavailable
from companion.errors.registry import RegistryLoginRejected
from companion.identity import locks
from companion.registry.team import password
from companion.registry.team.address import Address, parse
from companion.registry.team.examination import examine
from companion.registry.team.password import PasswordPlace
from companion.secret import Secret
from tests.support.key_store import OsKeyStore
from tests.support.postgres import Cluster, Database

WORDS = "seven gulls at noon"
USER = "keeper"


@pytest.fixture(scope="module")
def guarded(postgres_cluster: Cluster) -> Cluster:
    postgres_cluster.start()
    postgres_cluster.require_password(USER, WORDS)
    return postgres_cluster


@pytest.fixture
def address(guarded: Cluster, team: Database) -> Iterator[Address]:
    found = parse(f"postgresql://{USER}@127.0.0.1:{guarded.port}/{team.name}")
    assert found is not None
    yield found
    password.use(found, None)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> OsKeyStore:
    made = OsKeyStore()
    monkeypatch.setattr(locks, "system_keyring", lambda: made)
    return made


def test_the_key_store_keeps_it_and_the_server_gets_it(
    address: Address, store: OsKeyStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(RegistryLoginRejected) as refused:
        examine(address)
    assert examine(address, password=Secret(WORDS)).user == USER, "one that is only tried"
    assert not store.entries
    file = tmp_path / "password"
    file.write_text(WORDS + "\n")
    assert main(["registry", "password", str(address), "--password-file", str(file)]) == 0
    assert list(store.entries) == [("Companion", f"registry {USER}@{address.database}")]
    password.use(address, None)  # as at the next start
    assert password.place_of(address) is PasswordPlace.KEY_STORE
    folder = tmp_path / "here"
    assert main(["registry", "use", str(address), "--data-dir", str(folder)]) == 0
    assert main(["registry", "--data-dir", str(folder)]) == 0
    told = [*(path.read_bytes() for path in folder.rglob("*") if path.is_file()), caplog.text.encode()]
    assert not any(WORDS.encode() in each for each in told) and WORDS not in repr(refused.value)
    assert main(["registry", "password", str(address), "--forget"]) == 0
    assert not store.entries
    with pytest.raises(RegistryLoginRejected):
        examine(address)


def test_a_terminal_is_asked_and_what_was_right_is_kept(
    address: Address, store: OsKeyStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["wrong", WORDS])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda text, stream: next(typed))
    assert main(["registry", "check", str(address)]) == 8
    assert not store.entries
    capsys.readouterr()
    assert main(["registry", "check", str(address), "--json"]) == 0
    told = capsys.readouterr()
    assert list(store.entries.values()) == [WORDS] and WORDS not in told.out + told.err


def test_without_a_key_store_it_is_known_until_the_end(
    address: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(locks, "system_keyring", lambda: None)
    assert not password.keep(address, Secret(WORDS))
    assert password.place_of(address) is PasswordPlace.PROGRAM and examine(address).user == USER
    file = tmp_path / "password"
    file.write_text(WORDS)
    assert main(["registry", "password", str(address), "--password-file", str(file)]) == 8


def test_a_key_store_that_fails_is_asked_once(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def fail() -> None:
        asked.append(1)
        raise KeyStoreUnavailable("its user said no")

    monkeypatch.setattr(locks, "system_keyring", fail)
    assert password.find(address) is None and password.find(address) is None
    assert len(asked) == 1
