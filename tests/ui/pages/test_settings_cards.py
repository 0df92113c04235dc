"""Cards of the settings: the camera that reads labels, and lists of who vouches for devices."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.errors import TrustUnusable
from companion.protocols import TrustLists
from ui.engine.commands import Command
from ui.engine.ownership_messages import ImportTrust, TrustImported
from ui.pages.computer.camera import CameraCard, CameraPresenter
from ui.pages.computer.manufacturers import ManufacturersCard, ManufacturersPresenter
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.present.texts import title_of
from ui.sources import camera_choice
from ui.sources.camera import Camera
from ui.widgets import Label


def said(card: CameraCard | ManufacturersCard) -> list[str]:
    return [label.words() for label in card.findChildren(Label) if label.isVisible()]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_camera_that_is_chosen_is_kept(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Camera, "find", lambda self: ("Built in", "USB & more"))
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    page, card = ScanPage(), CameraCard()
    for widget in (page, card):
        qtbot.addWidget(widget)
    sources = CodeSources(page, lambda command: None)
    sources.remember(settings)
    presenter = CameraPresenter(card, sources)
    presenter.refresh()
    card.show()
    assert "The system's camera" in said(card)
    for place, name in ((2, "USB & more"), (0, "")):
        card.choose.click()
        assert card.menu is not None
        card.menu.actions()[place].trigger()
        card.menu.close()
        assert camera_choice.load(settings).name == sources.choice.name == name
        assert (name or "The system's camera") in said(card)


def test_a_list_is_imported_for_its_protocol_and_what_came_of_it_is_said_here(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, sent = ManufacturersCard(), list[Command]()
    qtbot.addWidget(card)
    presenter = ManufacturersPresenter(card, sent.append)
    card.show()
    presenter.take(TrustImported(TrustLists(roots=7)))
    assert not card._notice.isVisible(), "that list was imported on another page"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/roots.pem", ""))
    card.buttons["matter"].click()
    assert sent == [ImportTrust("matter", Path("/roots.pem"))]
    presenter.take(TrustImported(TrustLists(roots=7)))
    assert any("7" in words for words in said(card))
    card.buttons["matter"].click()
    refused = TrustUnusable("nothing in it")
    presenter.take(TrustImported(TrustLists(), refused))
    assert title_of(refused) in said(card)
