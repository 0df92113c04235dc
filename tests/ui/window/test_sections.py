"""Going from section to section: what the first page was doing, it does again when it comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.support.home import Home
from tests.ui.support.stage import world_of
from tests.ui.support.steps import leave_half_done
from ui.flow.state import Page
from ui.shell import app as starting
from ui.shell.sections import Section
from ui.sources.camera_state import CameraState


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A window on its first page, before any device."""
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    made = Home(qtbot, tmp_path)
    made.bridge.start()
    made.router.begin()
    made.until(Page.SCAN)
    try:
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


def is_on(at: Home) -> bool:
    """The camera is wanted, whether or not this computer has one."""
    return at.router.sources.camera.state is not CameraState.OFF


@pytest.mark.parametrize("section", [Section.DEVICES, Section.ACTIVITY, Section.SETTINGS])
def test_the_camera_starts_again_when_the_first_page_comes_back(at: Home, section: Section) -> None:
    at.wait_for(lambda: is_on(at))
    at.window.open_section(section)
    assert not is_on(at)
    at.window.open_section(Section.ADD)
    assert is_on(at)


def test_the_camera_stays_off_when_another_page_of_the_run_comes_back(at: Home) -> None:
    at.wait_for(lambda: is_on(at))
    at.scan_sample()
    at.until(Page.CONFIRMATION)
    at.window.open_section(Section.DEVICES)
    at.window.open_section(Section.ADD)
    assert not is_on(at)


def test_another_language_is_spoken_at_once(at: Home, qapp: QApplication, tmp_path: Path) -> None:
    before = QLocale()

    def speak(language: str) -> None:
        starting.speak(qapp, language)
        at.window.make_anew()

    at.window.language_changed.connect(speak)
    at.window.open_section(Section.SETTINGS)
    pages = at.window._settings_pages
    assert pages is not None
    try:
        leave_half_done(tmp_path, "Lumen")
        pages.settings._language.chosen.emit(2)
        at.wait_for(lambda: at.window._settings_pages not in (pages, None))
        at.router = at.window.router
        assert at.window._rail.button(Section.DEVICES).text() == "Geräte"
        at.window.open_section(Section.ADD)
        # What comes first still does.
        at.wait_for(at.router.scan._finish.isVisible)
        at.wait_for(lambda: bool(at.router.flow.nearby))
        at.scan_sample()
        at.until(Page.CONFIRMATION)
    finally:
        starting.speak(qapp, "en")
        QLocale.setDefault(before)
