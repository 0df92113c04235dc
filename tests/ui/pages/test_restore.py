"""Restoring a backup: what is in it is seen first, and nothing is written before that."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.backups import Contents
from companion.errors import IdentityExists, KeyStorePassphraseWrong, StorageError
from companion.identity import Identity, open_identity
from companion.identity.vault import Vault
from companion.runs import saved_networks
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from ui.engine.backups import Backups
from ui.engine.commands import ReadBackup, RestoreBackup
from ui.engine.events import BackupRead, BackupRefused, BackupRestored
from ui.pages.first_start.restore import RestorePage
from ui.present import first_start

PASSPHRASE = Secret("a passphrase for the drawer")


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    made = open_identity(tmp_path / "old", ask_passphrase=lambda _new: Secret("for every day"))
    saved_networks.remember(made.vault, HAFEN)
    return made


@pytest.fixture
def backup(tmp_path: Path, identity: Identity) -> Path:
    path = tmp_path / "backup.sealed"
    path.write_bytes(identity.export_backup(PASSPHRASE))
    return path


def told(folder: Path, command: ReadBackup | RestoreBackup) -> object:
    events: list[object] = []
    asyncio.run(Backups(events.append, lambda: folder).handle(command))
    (event,) = events
    return event


def content_of(backup: Path, folder: Path) -> Contents:
    event = told(folder, ReadBackup(backup, PASSPHRASE))
    assert isinstance(event, BackupRead)
    return event.content


def test_reading_shows_whose_it_is_and_writes_nothing(
    backup: Path, identity: Identity, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    content = content_of(backup, folder)
    assert content.identity.name == identity.name
    assert content.networks == (HAFEN.name,)
    assert not folder.exists()
    said = dict(first_start.backup(content).facts)
    assert said["Owner"] == identity.name and said["Saved networks"] == HAFEN.name
    assert HAFEN.passphrase is not None
    assert HAFEN.passphrase.reveal_text() not in repr(content) + repr(said)


def test_restoring_brings_the_owner_back(backup: Path, identity: Identity, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert isinstance(told(folder, RestoreBackup(backup, PASSPHRASE)), BackupRestored)
    restored = open_identity(folder, ask_passphrase=lambda _new: PASSPHRASE)
    assert restored.owner.public == identity.owner.public
    assert isinstance(restored.vault, Vault)


@pytest.mark.parametrize("command", [ReadBackup, RestoreBackup])
def test_a_wrong_passphrase_and_a_missing_file_are_said(
    backup: Path, tmp_path: Path, command: type[ReadBackup] | type[RestoreBackup]
) -> None:
    wrong = told(tmp_path / "new", command(backup, Secret("not the passphrase")))
    assert isinstance(wrong, BackupRefused) and isinstance(wrong.error, KeyStorePassphraseWrong)
    gone = told(tmp_path / "new", command(tmp_path / "gone", PASSPHRASE))
    assert isinstance(gone, BackupRefused) and isinstance(gone.error, StorageError)


def test_an_owner_that_is_there_is_never_replaced(backup: Path, identity: Identity, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    there = open_identity(folder, ask_passphrase=lambda _new: Secret("for every day"))
    refused = told(folder, RestoreBackup(backup, PASSPHRASE))
    assert isinstance(refused, BackupRefused) and isinstance(refused.error, IdentityExists)
    again = open_identity(folder, ask_passphrase=lambda _new: Secret("for every day"))
    assert again.owner.public == there.owner.public != identity.owner.public


def test_what_was_not_read_can_not_be_restored(qtbot: QtBot, backup: Path, tmp_path: Path) -> None:
    page = RestorePage()
    qtbot.addWidget(page)
    page.show()
    restored: list[object] = []
    page.restore_wanted.connect(lambda *given: restored.append(given))
    assert not page._read.isEnabled() and not page._restore.isVisible()
    page.show_file(backup)
    page._passphrase.set_text(PASSPHRASE.reveal_text())
    assert page._read.isEnabled() and not page._restore.isVisible()
    page.show_content(first_start.backup(content_of(backup, tmp_path / "new")))
    assert page._restore.isVisible() and page._content.isVisible()
    page._passphrase.set_text("another one")
    assert not page._restore.isVisible() and not page._content.isVisible(), "it belongs to another passphrase"
    page.show_content(first_start.backup(content_of(backup, tmp_path / "new")))
    page.show_file(backup)
    assert not page._restore.isVisible(), "it may be another file"
    assert restored == []
