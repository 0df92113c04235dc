"""The first device's page reminds of the backup once, and its button leads to the form in the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from companion.events import RunFinished
from companion.identity import locks, open_identity
from companion.registry import open_registry
from companion.secret import Secret
from tests.registry.run_samples import commissioned
from tests.registry.run_samples import outcome as recorded
from tests.ui.support.flows import OTHER, outcome
from tests.ui.support.stage import LONG, Stage
from ui.engine.bridge import Bridge
from ui.engine.commands import StartRun
from ui.engine.engine import Engine, Settings
from ui.flow.state import Page
from ui.pages.run.success import SuccessPage
from ui.shell.sections import Section
from ui.shell.window import MainWindow

KEYS = "a passphrase for every day"
NOWHERE = "bumble:tcp-client:127.0.0.1:9"


class Owner(Stage):
    """The window of somebody with an owner key, real devices and no adapter."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super(Stage, self).__init__()
        self.qtbot = qtbot
        self.heard: list[object] = []
        self.shown: str | None = None
        self.bridge = Bridge(lambda tell: Engine(tell, Settings(NOWHERE, folder)))
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(settings)
        self.router = self.window.add_pages(self.bridge, NOWHERE)
        self.bridge.arrived.connect(self._hear)
        qtbot.addWidget(self.window)
        self.window.show()
        self.bridge.start()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=LONG)

    def finish_a_device(self) -> SuccessPage:
        """A run that ended well; its device is no concern here."""
        control = self.router.control
        control.send = lambda command: None if isinstance(command, StartRun) else self.bridge.send(command)
        control.commission_found(OTHER)
        control.take(RunFinished(outcome()))
        page = self.until(Page.SUCCESS)
        assert isinstance(page, SuccessPage)
        return page

    def next_device(self) -> SuccessPage:
        self.router.control.use_another_code()
        self.until(Page.SCAN)
        return self.finish_a_device()


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Owner]:
    monkeypatch.setattr(locks, "system_keyring", lambda: None)
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    open_identity(tmp_path, ask_passphrase=lambda _new: Secret(KEYS))
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="os")
    registry.finish_run(run, recorded(run, commissioned()))
    registry.close()
    made = Owner(qtbot, tmp_path)
    try:
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


def test_the_first_device_reminds_once_and_leads_to_a_backup(at: Owner, tmp_path: Path) -> None:
    page = at.finish_a_device()
    at.wait_for(page._back_up.isVisible)
    page._back_up.click()
    pages = at.window._settings_pages
    assert pages is not None and at.window._rail.current() is Section.SETTINGS
    card = pages.settings.backup
    assert card._form.isVisible() and card._passphrase.isVisible()
    at.wait_for(lambda: card._title.words() == "Never backed up")
    at.wait_for(card._keys.isVisible)
    file = tmp_path.parent / f"{tmp_path.name}.backup"
    card.show_file(file)
    card._keys.set_text(KEYS)
    for field in (card._passphrase, card._again):
        field.set_text("a passphrase for the drawer")
    card._go.click()
    at.wait_for(lambda: card._title.words() == "Backed up today")
    assert page._back_up.isHidden(), "it is done"
    there = tmp_path / "there"
    again = Owner(at.qtbot, there)
    try:
        again.router.control.show_welcome()
        again.router.control.show_restore()
        form = again.until(Page.RESTORE)
        form.show_file(file)
        form._passphrase.set_text("a passphrase for the drawer")
        form._read.click()
        again.wait_for(form._restore.isVisible)
        form._restore.click()
        again.until(Page.SCAN)
    finally:
        again.router.close_down()
        again.bridge.arrived.disconnect()
        again.bridge.stop()
        assert again.bridge.join(20), "the engine did not close"
    registry = open_registry(there)
    assert [each.name for each in registry.devices()] == ["Kitchen lamp"]
    registry.close()


def test_the_second_device_reminds_no_more(at: Owner) -> None:
    page = at.finish_a_device()
    at.wait_for(page._back_up.isVisible)
    page = at.next_device()
    at.window.open_section(Section.SETTINGS)
    pages = at.window._settings_pages
    assert pages is not None
    at.wait_for(lambda: pages.settings.backup._title.words() == "Never backed up")
    assert page._back_up.isHidden()
