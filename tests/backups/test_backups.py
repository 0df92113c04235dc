"""A backup brings owner, secrets and records to another computer, and replaces nothing there."""

from __future__ import annotations

import json
import logging
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from companion import backups
from companion.backups.note import NOTE
from companion.clouds import carried
from companion.clouds.company import login
from companion.clouds.delegates import DelegateCas
from companion.clouds.store import ProfileStore
from companion.errors import (
    BackupDamaged,
    BackupExists,
    BackupMisplaced,
    BackupPassphraseWrong,
    FileNotOwn,
    IdentityExists,
    PassphraseTooShort,
    WrittenByNewer,
)
from companion.est.client import EstLogin
from companion.events import StepStarted
from companion.identity import Identity, open_identity
from companion.model import Step
from companion.networks import thread
from companion.registry import Registry, open_registry
from companion.registry.database.connection import migrate
from companion.registry.database.tables import HEAD
from companion.registry.store import record_copy
from companion.runs import saved_datasets, saved_networks
from companion.runs.own_fabrics import OwnFabrics
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from tests.clouds.support.profiles import sample
from tests.networks.thread.samples import DATASET
from tests.registry.run_samples import commissioned, every_event, outcome

PASSPHRASE = Secret("a passphrase for the drawer")
EVERY_DAY = Secret("a passphrase for every day")
HIDDEN = "a secret of a device"


def ask(_new: bool) -> Secret:
    return EVERY_DAY


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "here"


@pytest.fixture
def identity(here: Path) -> Identity:
    made = open_identity(here, ask_passphrase=ask)
    saved_networks.remember(made.vault, HAFEN)
    saved_datasets.remember(made.vault, thread.read(DATASET))
    made.vault.put("memory/rp1/psk", Secret(HIDDEN))
    return made


@pytest.fixture
def registry(here: Path, identity: Identity) -> Iterator[Registry]:
    opened = open_registry(here)
    run = opened.begin_run(ecosystem="rp1", radio="os")
    for event in every_event(Secret(HIDDEN)):
        opened.append(run, event)
    opened.finish_run(run, outcome(run, commissioned()))
    opened.memory("rp1", identity.vault).put("epoch", 7)
    assert opened.log.origin
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path, here: Path, identity: Identity, registry: Registry) -> Path:
    path = tmp_path / "drawer.sealed"
    backups.make(identity, registry, PASSPHRASE, here).write(path, here)
    return path


def restored(file: Path, folder: Path) -> bool:
    registry = open_registry(folder)
    try:
        backup = backups.read(file, PASSPHRASE)
        return backups.restore(backup, folder, registry, PASSPHRASE, path=file, ask_passphrase=ask)
    finally:
        registry.close()


def test_owner_devices_and_history_come_back(
    file: Path, tmp_path: Path, identity: Identity, registry: Registry
) -> None:
    there = tmp_path / "there"
    assert restored(file, there)
    owner = open_identity(there, ask_passphrase=ask)
    assert owner.owner.public == identity.owner.public
    assert owner.vault.everything() == identity.vault.everything(), "nothing of the backup itself"
    opened = open_registry(there)
    try:
        assert opened.devices() == registry.devices() and len(opened.devices()) == 1
        assert opened.run("last") == registry.run("last") and opened.run("last").events
        assert opened.log.head().root == registry.log.head().root
        assert opened.log.origin == registry.log.origin
        assert opened.revocations() == registry.revocations()
        assert opened.memory("rp1", owner.vault).get("epoch") == 7
    finally:
        opened.close()


def test_cloud_profiles_come_back_and_none_is_replaced(
    tmp_path: Path, here: Path, identity: Identity, registry: Registry
) -> None:
    hall, plant, foundry = sample("mqtt", name="hall"), sample("azure-x509"), sample("est", name="foundry")
    for each in (hall, plant, foundry):
        ProfileStore(here).keep(each)
    ProfileStore(here).use("plant")
    DelegateCas(here).note("0123abcd", "plant")
    login.keep(identity.vault, foundry, EstLogin("technician", Secret("seven gulls")))
    packed = carried.pack(here)
    assert packed is not None and b"gulls" not in packed and b"technician" not in packed
    file, there = tmp_path / "profiles.sealed", tmp_path / "there"
    backups.make(identity, registry, PASSPHRASE, here).write(file, here)
    contents = backups.read(file, PASSPHRASE).contents
    assert contents.as_json()["clouds"] == ["foundry", "hall", "plant"] and contents.secrets == 1
    store, changed = ProfileStore(there), sample("mqtt", name="hall", endpoint="elsewhere.example:8883")
    store.keep(changed)
    restored(file, there)
    assert store.profiles() == (foundry, changed, plant) and store.used() == ""
    assert DelegateCas(there).profiles("0123abcd") == ("plant",)
    assert login.find(open_identity(there, ask_passphrase=ask).vault, foundry) is not None
    restored(file, tmp_path / "empty")
    assert ProfileStore(tmp_path / "empty").used() == "plant"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"profiles": [{}], "used": "", "delegates": {}}'])
def test_profiles_that_can_not_be_read_are_a_damaged_backup(
    tmp_path: Path, identity: Identity, content: bytes
) -> None:
    file = tmp_path / "damaged"
    file.write_bytes(identity.export_backup(PASSPHRASE, profiles=content))
    with pytest.raises(BackupDamaged):
        backups.read(file, PASSPHRASE)


def test_all_fabrics_come_back_and_from_an_older_backup_those_of_then(
    here: Path, tmp_path: Path, identity: Identity, registry: Registry
) -> None:
    own, older, newer = OwnFabrics(identity, registry), tmp_path / "older", tmp_path / "newer"
    own.add("Home")
    backups.make(identity, registry, PASSPHRASE, here).write(older, here)
    own.add("Office")
    own.use("Office")
    backups.make(identity, registry, PASSPHRASE, here).write(newer, here)
    for file, expected in ((older, [("Home", True)]), (newer, [("Home", False), ("Office", True)])):
        there = tmp_path / f"from-{file.name}"
        assert restored(file, there)
        opened = open_registry(there)
        try:
            found = OwnFabrics(open_identity(there, ask_passphrase=ask), opened).all()
        finally:
            opened.close()
        assert [(each.fabric.name, each.fabric.is_usual) for each in found] == expected


def test_it_says_what_is_in_it_and_when_it_was_made(file: Path, here: Path) -> None:
    contents = backups.read(file, PASSPHRASE).contents
    assert abs(contents.made - datetime.now(UTC)) < timedelta(hours=1)
    assert contents.networks == (HAFEN.name, "OpenThreadDemo") and contents.secrets == 1
    assert contents.records is not None and (contents.records.devices, contents.records.runs) == (1, 1)
    last = backups.last_backup(here)
    assert last == backups.LastBackup(contents.made, file, contents.identity.key)
    assert backups.last_backup(here.parent) is None


def test_the_file_is_for_its_owner_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_no_secret_is_in_the_records_the_log_or_what_is_printed(
    file: Path, registry: Registry, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    backup = backups.read(file, PASSPHRASE)

    assert HAFEN.passphrase is not None
    for secret in (HIDDEN, HAFEN.passphrase.reveal_text(), PASSPHRASE.reveal_text()):
        assert secret not in zlib.decompress(registry.pack()).decode()
        assert secret not in caplog.text + repr(backup) + repr(backup.contents.as_json())
        assert secret.encode() not in file.read_bytes()


def test_a_wrong_passphrase_and_a_cut_file_are_told_apart(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupPassphraseWrong):
        backups.read(file, EVERY_DAY)
    octets = file.read_bytes()
    for place in (0, 1, len(octets) // 2, len(octets) - 1):
        (tmp_path / "cut").write_bytes(octets[:place])
        with pytest.raises(BackupDamaged):
            backups.read(tmp_path / "cut", PASSPHRASE)


def test_an_owner_that_is_there_is_not_replaced_and_gets_no_records(file: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    before = open_identity(there, ask_passphrase=ask).owner.public
    with pytest.raises(IdentityExists):
        restored(file, there)
    assert open_identity(there, ask_passphrase=ask).owner.public == before
    opened = open_registry(there)
    assert opened.devices() == []
    opened.close()
    assert backups.last_backup(there) is None


def test_records_that_are_there_stay(file: Path, tmp_path: Path) -> None:
    """The key file was lost, the registry was not: it knows more than the backup."""
    there = tmp_path / "there"
    opened = open_registry(there)
    run = opened.begin_run(ecosystem="rp1", radio="os")
    opened.close()
    assert not restored(file, there)
    opened = open_registry(there)
    assert [each.id for each in opened.runs()] == [run]
    opened.close()
    assert open_identity(there, ask_passphrase=ask)


def test_a_backup_of_before_restores(identity: Identity, tmp_path: Path) -> None:
    old = tmp_path / "old.sealed"
    old.write_bytes(identity.export_backup(PASSPHRASE))
    contents = backups.read(old, PASSPHRASE).contents
    assert contents.records is None
    assert contents.made == datetime.fromtimestamp(old.stat().st_mtime, UTC)
    assert not restored(old, tmp_path / "there")
    assert open_identity(tmp_path / "there", ask_passphrase=ask).owner.public == identity.owner.public


def test_a_run_that_went_on_is_interrupted(
    identity: Identity, registry: Registry, tmp_path: Path, here: Path
) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="os")
    registry.append(run, StepStarted(Step.FIND))
    file = tmp_path / "running.sealed"
    backups.make(identity, registry, PASSPHRASE, here).write(file, here)
    assert restored(file, tmp_path / "there")
    opened = open_registry(tmp_path / "there")
    assert opened.run(run).state == "interrupted"
    opened.close()
    assert registry.run(run).state == "running"


def test_nothing_is_overwritten_unasked(
    file: Path, identity: Identity, registry: Registry, here: Path, tmp_path: Path
) -> None:
    backup, before = backups.make(identity, registry, PASSPHRASE, here), file.read_bytes()
    with pytest.raises(BackupExists):
        backup.write(file, here)
    with pytest.raises(BackupExists):
        backups.check_target(file, here)
    assert file.read_bytes() == before
    backup.write(file, here, force=True)
    assert file.read_bytes() == backup.octets
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for force in (False, True):
        with pytest.raises(FileNotOwn):
            backup.write(link, here, force=force)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["vault.sealed", "new.sealed"])
def test_the_data_folder_is_no_place_for_it(
    identity: Identity, registry: Registry, here: Path, name: str
) -> None:
    backup = backups.make(identity, registry, PASSPHRASE, here)
    with pytest.raises(BackupMisplaced):
        backup.write(here / name, here, force=True)
    assert open_identity(here, ask_passphrase=ask).owner.public == identity.owner.public


def test_a_short_passphrase_is_refused(here: Path, identity: Identity, registry: Registry) -> None:
    with pytest.raises(PassphraseTooShort):
        backups.make(identity, registry, Secret("short"), here)


def test_many_events_stay_behind_before_the_devices_do(
    here: Path, identity: Identity, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "MOST_RECORDS", len(registry.pack()) - 1)
    contents = backups.make(identity, registry, PASSPHRASE, here).contents
    assert contents.records is not None and contents.records.devices == 1
    monkeypatch.setattr(backups, "MOST_RECORDS", 0)
    assert backups.make(identity, registry, PASSPHRASE, here).contents.records is None


def test_it_is_held_against_what_is_here(file: Path, identity: Identity, registry: Registry) -> None:
    backup = backups.read(file, PASSPHRASE)
    assert backups.compare(backup, None, registry) == backups.Comparison(None)
    assert backups.compare(backup, identity, registry) == backups.Comparison(True)
    run = registry.begin_run(ecosystem="rp1", radio="os")
    other = commissioned(id="rp1-0002", serial="SN-2", key=b"\4" + bytes(64), fingerprint="cc" * 32)
    registry.finish_run(run, outcome(run, other))
    identity.vault.put("memory/rp1/newer", Secret("x"))
    assert backups.compare(backup, identity, registry) == backups.Comparison(True, 1, 1, 0)


def test_another_owners_backup_is_told(file: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    other = open_identity(there, ask_passphrase=ask)
    opened = open_registry(there)
    found = backups.compare(backups.read(file, PASSPHRASE), other, opened)
    opened.close()
    assert found.same_owner is False and found.further_devices == 1


def test_a_damaged_note_is_no_note(here: Path, file: Path) -> None:
    for content in ("", "[]", "{}", '{"made": "yesterday", "file": "x", "key": "y"}'):
        (here / NOTE).write_text(content)
        assert backups.last_backup(here) is None


def test_another_owner_in_the_same_folder_has_no_backup(here: Path, file: Path) -> None:
    assert backups.last_backup(here)
    (here / "vault.sealed").rename(here / "vault.old")
    assert backups.last_backup(here) is None
    open_identity(here, ask_passphrase=ask)
    assert backups.last_backup(here) is None


# --- records of other versions ----------------------------------------------------------------------------


def packed_at(version: str) -> bytes:
    """Records of a registry that an older Companion kept."""

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection, None, to=version)
        row = ("r1", "2024-05-01 10:00:00.000000", "commissioned", "os", "host", "1")
        columns = ["id", "started", "state", "radio", "host", "process"]
    engine.dispose()
    tables = {"runs": {"columns": columns, "rows": [list(row)]}}
    return zlib.compress(json.dumps({"version": version, "tables": tables}).encode())


def test_records_of_an_older_version_are_migrated(tmp_path: Path) -> None:
    opened = open_registry(tmp_path)
    assert opened.restore(packed_at("0001"))
    assert [each.id for each in opened.runs()] == ["r1"]
    opened.close()


def test_records_of_a_newer_version_change_nothing(tmp_path: Path) -> None:

    newer = zlib.compress(json.dumps({"version": "9999", "tables": {}}).encode())
    opened = open_registry(tmp_path)
    with pytest.raises(WrittenByNewer):
        opened.restore(newer)
    opened.close()


@pytest.mark.parametrize(
    "tables",
    [
        {"sqlite_master": {"columns": ["name"], "rows": [["x"]]}},
        {"alembic_version": {"columns": ["version_num"], "rows": [["x"]]}},
        {"runs": {"columns": ['id") SELECT 1 --'], "rows": [["x"]]}},
        {"runs": {"columns": ["id"], "rows": [["x", "y"]]}},
        {"runs": {"columns": ["id"], "rows": [[["x"]]]}},
        {"runs": []},
        [],
    ],
)
def test_foreign_records_change_nothing(tmp_path: Path, tables: object) -> None:

    packed = zlib.compress(json.dumps({"version": HEAD, "tables": tables}).encode())
    opened = open_registry(tmp_path)
    with pytest.raises(BackupDamaged):
        opened.restore(packed)
    assert opened.runs() == []
    opened.close()
    with sqlite3.connect(tmp_path / "registry.db") as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_records_are_not_unpacked_without_end(monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(record_copy, "MOST_OCTETS", 1000)
    with pytest.raises(BackupDamaged):
        record_copy.count(zlib.compress(b" " * 1_000_000))
