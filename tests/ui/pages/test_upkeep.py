"""Who the owner is, how long runs are kept, the support bundle: cards of the settings and their engine."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from companion.errors import RegistryBusy
from companion.identity import open_identity
from companion.registry import open_registry
from companion.registry.lists import RunQuery
from companion.registry.retention import Removed
from companion.secret import Secret
from companion.services import Services
from tests.support.many_runs import fill_runs
from tests.ui.support.checks import settle
from ui.engine import upkeep
from ui.engine.commands import Command
from ui.engine.upkeep import (
    AskIdentity,
    AskRetention,
    BundleMade,
    IdentityState,
    KeepRuns,
    MakeBundle,
    RetentionState,
)
from ui.pages.upkeep.identity import IdentityCard, IdentityPresenter
from ui.pages.upkeep.retention import RetentionCard, RetentionPresenter
from ui.pages.upkeep.support import SupportCard, SupportPresenter
from ui.widgets import Label

PASSPHRASE = Secret("seven gulls at noon")


def said(card: QWidget) -> str:
    settle()
    return "\n".join(label.words() for label in card.findChildren(Label) if label.isVisible())


class Opened:
    """Services with a registry alone."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder
        self.registry = open_registry(folder)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    fill_runs(tmp_path, 30, now=datetime.now(UTC) - timedelta(days=100))
    made = Opened(tmp_path)
    yield cast(Services, made)
    made.registry.close()


def test_the_owner_is_shown_by_the_key_once_its_passphrase_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    card, sent = IdentityCard(), list[Command]()
    qtbot.addWidget(card)
    presenter = IdentityPresenter(card, sent.append)
    card.show()
    presenter.refresh()
    assert sent == [AskIdentity()]
    nobody = upkeep.identity(AskIdentity(), tmp_path)
    assert nobody == IdentityState(False)
    presenter.take(nobody)
    assert "No owner key yet" in said(card) and not card.show_key.isVisible()
    owner = open_identity(tmp_path, ask_passphrase=lambda new: PASSPHRASE)
    presenter.take(upkeep.identity(AskIdentity(), tmp_path))
    assert "Never backed up" in said(card)
    card.show_key.click()
    card.passphrase.set_text("wrong gulls at noon")
    card.go.click()
    presenter.take(upkeep.identity(cast(AskIdentity, sent[-1]), tmp_path))
    assert card._notice.isVisible() and card.passphrase.isVisible()
    card.passphrase.set_text(PASSPHRASE.reveal().decode())
    card.go.click()
    told = upkeep.identity(cast(AskIdentity, sent[-1]), tmp_path)
    assert told.fingerprint.upper().startswith(told.key.replace(":", ""))
    presenter.take(told)
    assert told.key in said(card) and not card.passphrase.isVisible() and not card.passphrase.text()
    assert not card._notice.isVisible()
    card.copy.click()
    assert QGuiApplication.clipboard().text().replace(" ", "").lower() == told.fingerprint
    presenter.take(upkeep.identity(AskIdentity(), tmp_path))
    assert told.key in said(card), "looking again without the passphrase takes nothing away"
    assert owner.owner.public


def test_runs_are_removed_only_after_it_is_said_how_many(qtbot: QtBot, services: Services) -> None:
    card, sent = RetentionCard(), list[Command]()
    qtbot.addWidget(card)
    presenter = RetentionPresenter(card, sent.append)
    card.show()

    def answered() -> None:
        presenter.take(upkeep.obey(cast(upkeep.UpkeepCommand, sent[-1]), services))

    presenter.refresh()
    answered()
    assert "kept for ever" in said(card) and card.spans.current() == 0
    card.spans.chosen.emit(2)
    answered()
    assert sent[-1] == KeepRuns(365), "none is that old: there is nothing to ask"
    answered()
    assert "365 days" in said(card)
    card.spans.chosen.emit(3)
    presenter.take(RetentionState(365, 730, 9))
    answered()
    assert "30 runs are older" in said(card) and card.go.isVisible() and card.cancel.hasFocus()
    card.cancel.click()
    answered()
    assert sent[-1] == AskRetention() and card.spans.current() == 2 and not card.go.isVisible()
    card.spans.chosen.emit(3)
    answered()
    card.go.click()
    answered()
    assert "30 runs removed" in said(card) and services.registry.lists.count_runs(RunQuery()) == 0
    presenter.take(RetentionState(90, removed=Removed(1, 2)))
    assert "2 others" in said(card)
    presenter.take(RetentionState(90, error=RegistryBusy()))
    assert RegistryBusy.title in said(card)
    card.spans.chosen.emit(0)
    assert sent[-1] == KeepRuns(None)


def test_a_bundle_is_looked_at_and_saved(
    qtbot: QtBot, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, sent = SupportCard(), list[Command]()
    qtbot.addWidget(card)
    presenter = SupportPresenter(card, sent.append)
    card.show()
    monkeypatch.setattr("companion.doctor.check", lambda folder: [])
    path = tmp_path / "bundle.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    card.list.click()
    assert not card.save.isEnabled()
    presenter.take(upkeep.obey(cast(MakeBundle, sent[-1]), services))
    assert "runs.json" in said(card) and "redacted" in said(card) and not path.exists()
    card.save.click()
    told = upkeep.obey(cast(MakeBundle, sent[-1]), services)
    presenter.take(told)
    assert isinstance(told, BundleMade) and "bundle.zip" in said(card)
    assert zipfile.ZipFile(path).namelist() == [name for name, _ in told.parts]
    nowhere = upkeep.obey(MakeBundle(tmp_path / "none" / "x.zip"), services)
    assert isinstance(nowhere, BundleMade) and nowhere.error is not None
    presenter.take(nowhere)
    assert card._notice.isVisible() and card.save.isEnabled()
