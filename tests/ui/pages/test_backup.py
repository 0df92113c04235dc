"""The card of the backup: how old the last one is, what is asked for one, and what is said of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.backups import LastBackup
from companion.errors import BackupPassphraseWrong, FileUnwritable
from companion.identity import Identity, locks, open_identity
from companion.identity.backup import short_key
from companion.secret import Secret
from tests.ui.support.backup import BackupBench
from ui.engine.bench_messages import SaveSheet, SheetSaved
from ui.engine.events import BackupState
from ui.pages.backup.card import BackupCard
from ui.present import backup
from ui.present.texts import title_of
from ui.widgets import Label

EVERY_DAY, DRAWER = "a passphrase for every day", "a passphrase for the drawer"
NOW = datetime(2026, 10, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    monkeypatch.setattr(locks, "system_keyring", lambda: None)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> BackupBench:
    made = BackupBench(tmp_path / "here")
    qtbot.addWidget(made.card)
    made.card.show()
    return made


@pytest.fixture
def identity(bench: BackupBench) -> Identity:
    made = open_identity(bench.folder, ask_passphrase=lambda _new: Secret(EVERY_DAY))
    bench.presenter.refresh()
    return made


def filled(bench: BackupBench, path: Path, *, makes: bool = True, keys: str = EVERY_DAY) -> BackupCard:
    """The form, as its user fills it in."""
    card = bench.card
    (card.make if makes else card.attempt).click()
    card.show_file(path)
    card._passphrase.set_text(DRAWER)
    card._keys.set_text(keys)
    if makes:
        card._again.set_text(DRAWER)
    return card


def test_it_is_made_told_and_tried(bench: BackupBench, identity: Identity, tmp_path: Path) -> None:
    card, file = bench.card, tmp_path / "mine.backup"
    assert card._title.words() == "Never backed up"
    filled(bench, file)._go.click()
    assert file.stat().st_mode & 0o777 == 0o600
    assert card._notice.isVisible() and bench.facts()["Owner"] == identity.name
    assert card._title.words() == "Backed up today"
    assert card._passphrase.text() == card._again.text() == card._keys.text() == "", "nothing stays typed"
    card._cancel.click()
    before = file.read_bytes()
    filled(bench, file, makes=False)._go.click()
    assert "complete" in bench.notice() and file.read_bytes() == before
    card._cancel.click()
    identity.vault.put("memory/rp1/new", Secret("x"))
    filled(bench, file, makes=False)._go.click()
    assert "not up to date" in bench.notice()


def test_what_goes_wrong_is_said_and_nothing_is_written(
    bench: BackupBench, identity: Identity, tmp_path: Path
) -> None:
    file = tmp_path / "mine.backup"
    filled(bench, file, keys="not the passphrase")._go.click()
    assert "key file" in bench.notice() and not file.exists()
    filled_again = filled(bench, bench.folder / "vault.sealed")
    filled_again._go.click()
    assert "data folder" in bench.notice()
    assert open_identity(bench.folder, ask_passphrase=lambda _new: Secret(EVERY_DAY))
    filled(bench, file)._go.click()
    bench.card._cancel.click()
    card = filled(bench, file, makes=False)
    card._passphrase.set_text("another passphrase")
    card._go.click()
    assert title_of(BackupPassphraseWrong()) in bench.notice()
    file.write_bytes(file.read_bytes()[:-30])
    filled(bench, file, makes=False)._go.click()
    assert "Can't read the backup" in bench.notice()


def test_another_owners_backup_and_an_empty_computer_are_told(
    bench: BackupBench, identity: Identity, tmp_path: Path
) -> None:
    file = tmp_path / "mine.backup"
    filled(bench, file)._go.click()
    (bench.folder / "vault.sealed").unlink()
    bench.presenter.refresh()
    bench.card._cancel.click()
    assert not bench.card.make.isEnabled(), "there is nothing to back up"
    filled(bench, file, makes=False)._go.click()
    assert "can be restored" in bench.notice() and not (bench.folder / "vault.sealed").exists()
    open_identity(bench.folder, ask_passphrase=lambda _new: Secret(EVERY_DAY))
    bench.presenter.refresh()
    assert bench.card._title.words() == "Never backed up", "that was another owner's"
    filled(bench, file, makes=False)._go.click()
    assert "another owner" in bench.notice()


def test_it_is_ready_once_both_passphrases_are_the_same_and_long_enough(
    bench: BackupBench, identity: Identity, tmp_path: Path
) -> None:
    card = filled(bench, tmp_path / "x")
    assert card._go.isEnabled()
    card._again.set_text("something else, and longer")
    assert not card._go.isEnabled() and card._again.is_wrong
    for field in (card._passphrase, card._again):
        field.set_text("short")
    assert not card._go.isEnabled()
    filled(bench, tmp_path / "x", keys="")
    assert not card._go.isEnabled(), "the key file has a passphrase"
    card.make_wanted.connect(lambda *_: pytest.fail("it was not ready"))
    card._passphrase.submitted.emit()


def test_no_secret_is_logged(
    bench: BackupBench, identity: Identity, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    filled(bench, tmp_path / "x")._go.click()
    filled(bench, tmp_path / "x", makes=False)._go.click()
    for secret in (EVERY_DAY, DRAWER):
        assert secret not in caplog.text + repr(bench.sent) + repr(bench.heard)


@pytest.mark.parametrize(
    ("age", "title"), [(0, "Backed up today"), (1, "Backed up yesterday"), (3, "Backed up 3 days ago")]
)
def test_its_age_is_told_in_days(age: int, title: str) -> None:
    told = backup.standing(
        BackupState(True, last=LastBackup(NOW - timedelta(days=age), Path("old.backup"), "4E:91")), NOW
    )
    assert told.title == title


def test_a_passphrase_is_judged_on_the_safe_side() -> None:
    order = ["short", "aaaaaaaaaaaaaaaa", "seven gulls at noon", "correct horse battery staple"]
    judged = [backup.strength(each) for each in order]
    assert [each.share for each in judged] == sorted(each.share for each in judged)
    assert [each.fits for each in judged] == [False, True, True, True]
    assert len({each.words for each in judged}) == 4


def test_the_recovery_sheet_names_the_backup_and_holds_nothing_of_it(
    bench: BackupBench, identity: Identity, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not bench.card.print.isVisible(), "there is no backup to restore"
    bench.card.make_wanted.emit(tmp_path / "mine.backup", Secret(DRAWER), Secret(EVERY_DAY))
    assert bench.card.print.isVisible() and bench.card.save.isVisible()
    sent: list[SaveSheet] = []
    monkeypatch.setattr(bench.presenter, "_send", sent.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "sheet.pdf"), ""))
    bench.card.save.click()
    (saved,) = sent
    text = pypdfium2.PdfDocument(saved.content)[0].get_textpage().get_text_bounded()
    assert "mine.backup" in text and short_key(identity.owner.public) in text and DRAWER not in text
    refused = FileUnwritable(file="sheet.pdf")
    bench.presenter.take(SheetSaved(tmp_path / "sheet.pdf", refused))
    problem = bench.card._sheet_problem
    assert problem.isVisible() and title_of(refused) in [each.words() for each in problem.findChildren(Label)]
