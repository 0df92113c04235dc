"""The first start as a newcomer meets it: the app's window and engine, a virtual device, counted clicks."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from companion.errors import NoAdapter, NumbersDiffer
from companion.events import RunFinished
from companion.identity import open_identity
from companion.secret import Secret
from companion.virtual.access_points import HAFEN
from tests.support.standstill import BLOCKED, Standstill
from tests.ui.support.flows import outcome
from tests.ui.support.stage import LONG, Stage, world_of
from ui.engine.bridge import Bridge
from ui.engine.commands import Examine, ListUnfinished, LookAround, StopLooking
from ui.engine.engine import Engine, Settings
from ui.engine.events import DeviceList, Examined, FirstUse, RadioMissing
from ui.flow.state import Page
from ui.flow.tour import wrong_number
from ui.pages.first_start.welcome import WelcomePage
from ui.pages.questions.comparison import ComparisonPage
from ui.pages.virtual.area import RunArea
from ui.pages.virtual.dock import DeviceDock
from ui.shell import preferences
from ui.shell.garbage import settle
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.widgets import Chip

NOWHERE = "bumble:tcp-client:127.0.0.1:9"
"""A radio without an adapter behind it."""


class FirstStart(Stage):
    """A window that was never started before, on a computer without an adapter. `clicks` counts."""

    def __init__(self, qtbot: QtBot, folder: Path, radio: str = NOWHERE) -> None:
        QObject.__init__(self)
        self.qtbot = qtbot
        self.heard: list[object] = []
        self.shown: str | None = None
        self.clicks = 0
        self.bridge = Bridge(lambda tell: Engine(tell, Settings(radio, folder)))
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.settings)
        self.router = self.window.add_pages(self.bridge, radio)
        self.bridge.arrived.connect(self._hear)
        qtbot.addWidget(self.window)
        self.window.resize(1080, 720)
        self.window.show()
        self.bridge.start()
        self.window.begin()

    @property
    def area(self) -> RunArea:
        return self.window.findChildren(RunArea)[0]

    @property
    def dock(self) -> DeviceDock:
        return self.area.dock

    def click(self, button: QAbstractButton) -> None:
        """One click of the mouse on what can be seen and pressed."""
        self.qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clicks += 1

    def to_comparison(self) -> ComparisonPage:
        """From the first page to the number on both displays: one click."""
        page = self.until(Page.WELCOME)
        self.click(page.virtual.button)
        page = self.until(Page.COMPARISON)
        self.qtbot.waitUntil(lambda: self.dock.same.isVisible() and self.dock.same.isEnabled())
        assert isinstance(page, ComparisonPage)
        return page

    def to_success(self) -> Any:
        page = self.to_comparison()
        self.click(self.dock.same)
        self.click(page.match)
        return self.until(Page.SUCCESS)

    def end(self) -> None:
        self.router.close_down()
        self.bridge.arrived.disconnect()
        self.bridge.stop()
        assert self.bridge.join(20), "the engine did not close"


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FirstStart]:
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    made = FirstStart(qtbot, tmp_path)
    try:
        yield made
    finally:
        made.end()


def test_three_clicks_and_a_minute_from_the_first_start_to_a_device(first: FirstStart) -> None:
    began = time.monotonic()
    first.to_success()
    assert first.clicks == 3
    assert time.monotonic() - began < 60
    outcome = first.router.flow.outcome
    assert outcome is not None and outcome.commissioned is not None
    assert outcome.commissioned.proof is not None
    assert outcome.commissioned.method == "nc", "its numbers were compared"


def test_the_network_is_preset_and_said(first: FirstStart) -> None:
    first.to_comparison()
    words = " ".join(label.text() for label in first.dock.findChildren(QWidget) if hasattr(label, "words"))
    assert HAFEN.passphrase is not None
    assert HAFEN.name in words and HAFEN.passphrase.reveal_text() in words


def test_every_page_of_a_virtual_run_has_its_ribbon(first: FirstStart) -> None:
    first.until(Page.WELCOME)
    assert not first.area.ribbon.isVisible(), "nothing is virtual yet"
    seen: dict[Page, bool] = {}
    first.router.page_changed.connect(lambda page: seen.setdefault(page, first.area.ribbon.isVisible()))
    page = first.to_success()
    assert {Page.PROGRESS, Page.COMPARISON, Page.SUCCESS} <= set(seen) and all(seen.values())
    first.click(page.real_device)
    page = first.until(Page.REAL_DEVICE)
    first.qtbot.waitUntil(lambda: isinstance(first.router.flow.radio, RadioMissing))
    assert not first.area.ribbon.isVisible() and not first.dock.isVisible()
    first.qtbot.waitUntil(lambda: "Bluetooth adapter is missing" in page._lead.text(), timeout=LONG)
    assert page.again.isVisible() and page.device.isVisible(), "no dead end"


@pytest.mark.parametrize("matches", [True, False])
def test_a_wrong_number_is_a_lesson_and_goes_nowhere(first: FirstStart, matches: bool) -> None:
    page = first.to_comparison()
    question = first.router.flow.question
    first.click(first.dock.attack)
    shown = first.dock._art._scene.display
    assert shown == wrong_number(question.number) != question.number  # type: ignore[union-attr]
    first.click(page.match if matches else page.differ)
    lesson = first.until(Page.LESSON)
    assert first.area.ribbon.isVisible()
    assert lesson.title() == ("The numbers differed" if matches else "You stopped the attack")
    assert isinstance(first.router.flow.error, NumbersDiffer)
    first.press_primary()
    page = first.until(Page.COMPARISON)
    assert not first.router.control.attack, "an attack is shown once"
    first.click(first.dock.same)
    first.click(page.match)
    first.until(Page.SUCCESS)


@pytest.mark.parametrize("matches", [True, False])
def test_what_the_device_confirmed_does_not_change_afterwards(first: FirstStart, matches: bool) -> None:
    first.to_comparison()
    number = first.dock._art._scene.display
    assert first.dock.attack.isVisible()
    first.router.display_changed.disconnect()  # the run ends as soon as its device refuses
    first.area._press(matches)
    scene = first.dock._art._scene
    assert (scene.display, scene.caption) == (number, "Confirmed" if matches else "Rejected")
    assert not first.dock.attack.isVisible(), "another number now would never have been confirmed"


def test_escape_from_the_tour_leads_back_to_the_first_page(first: FirstStart) -> None:
    page = first.until(Page.WELCOME)
    first.click(page.virtual.button)
    first.until(Page.COMPARISON)
    first.router.control.cancel()
    scan = first.until(Page.SCAN)
    first.click(scan._back)
    first.until(Page.WELCOME)
    assert first.router.control.spec == NOWHERE, "the first page is about this computer"


def test_looking_again_keeps_the_page_and_says_so(first: FirstStart) -> None:
    first.until(Page.WELCOME)
    first.router.control.leave_virtual()
    page = first.until(Page.REAL_DEVICE)
    first.qtbot.waitUntil(lambda: isinstance(first.router.flow.radio, RadioMissing), timeout=LONG)
    pages: list[Page] = []
    first.router.page_changed.connect(pages.append)
    wide = page.again.width()
    sent: list[object] = []
    first.router.control.send = sent.append
    first.click(page.again)
    first.qtbot.waitUntil(lambda: page.again.text() == "Checking")
    # Once the engine is warm, the page for a code asks what was left unfinished.
    sent = [each for each in sent if each != ListUnfinished()]
    assert sent == [StopLooking(), LookAround(), Examine()] and page.again.width() == wide
    first.router.take(RadioMissing(NOWHERE, NoAdapter()))
    first.router.take(Examined(()))
    first.qtbot.waitUntil(lambda: page.again.text() == "Check again")
    assert pages == [] and page.again.width() == wide


def test_using_a_real_device_says_first_that_the_run_ends(first: FirstStart) -> None:
    first.to_comparison()
    first.click(first.area.ribbon.button)
    question = first.window._virtual_exit._question
    assert question is not None and question.isVisible()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert first.page is Page.COMPARISON and first.router.flow.running
    first.click(first.area.ribbon.button)
    question.leave.click()
    first.until(Page.REAL_DEVICE)
    assert first.router.control.spec == NOWHERE, "the radio that was asked for is used again"


def test_virtual_records_are_apart_and_say_so(first: FirstStart, tmp_path: Path) -> None:
    def listed() -> list[int]:
        return [event.every for event in first.heard if isinstance(event, DeviceList)]

    first.to_success()
    first.window.open_section(Section.DEVICES)
    devices = first.window._open_records().devices
    first.qtbot.waitUntil(lambda: listed()[-1:] == [1])
    assert "Virtual" in [chip._words for chip in devices.findChildren(Chip) if chip.isVisible()]
    assert (tmp_path / "virtual" / "registry.db").exists()
    assert not (tmp_path / "vault.sealed").exists(), "no key of real devices was made"
    first.window.open_section(Section.ADD)
    first.router.control.leave_virtual()
    page = first.until(Page.REAL_DEVICE)
    assert "Show virtual devices" in page._kept.text(), "the page says where the virtual device went"
    first.window.open_section(Section.DEVICES)
    first.qtbot.waitUntil(lambda: listed()[-1:] == [0])
    assert "Virtual" not in [chip._words for chip in devices.findChildren(Chip) if chip.isVisible()]
    first.click(devices.virtual)
    first.qtbot.waitUntil(lambda: listed()[-1:] == [1])
    assert "Virtual" in [chip._words for chip in devices.findChildren(Chip) if chip.isVisible()]
    assert not devices.virtual.isVisible()


def test_the_first_page_is_there_until_a_device_is(first: FirstStart) -> None:
    first.to_success()
    assert not preferences.is_welcomed(first.settings), "a virtual device is none of yours"
    first.window._first_use.end()
    first.window.begin()
    assert first.page is not Page.WELCOME


def test_settings_show_the_first_page_again(first: FirstStart) -> None:
    page = first.until(Page.WELCOME)
    first.click(page.real.button)
    first.until(Page.SCAN)
    first.window.open_section(Section.SETTINGS)
    first.click(first.window._settings_pages.settings._welcome)  # type: ignore[union-attr]
    first.until(Page.WELCOME)
    assert first.router.isVisible()


def test_a_second_tour_begins_with_a_device_of_nobody(first: FirstStart) -> None:
    page = first.to_success()
    first.click(page.real_device)
    page = first.until(Page.REAL_DEVICE)
    first.click(page.virtual)
    page = first.until(Page.COMPARISON)
    first.click(first.dock.same)
    first.click(page.match)
    first.until(Page.SUCCESS)


def test_who_has_devices_already_is_not_greeted(first: FirstStart) -> None:
    first.until(Page.WELCOME)
    first.bridge.arrived.emit(FirstUse(False))
    first.until(Page.SCAN)
    assert preferences.is_welcomed(first.settings)


def test_the_first_real_device_ends_the_first_page(first: FirstStart) -> None:
    first.until(Page.WELCOME)
    first.bridge.arrived.emit(RunFinished(outcome()))
    assert preferences.is_welcomed(first.settings)


def test_a_backup_is_restored_from_the_first_page(
    first: FirstStart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = Secret("a passphrase for the drawer")
    owner = open_identity(tmp_path / "old", ask_passphrase=lambda _new: passphrase)
    backup = tmp_path / "backup.sealed"
    backup.write_bytes(owner.export_backup(passphrase))
    page = first.until(Page.WELCOME)
    first.click(page.restore.button)
    page = first.until(Page.RESTORE)
    page.show_file(backup)
    page._passphrase.set_text(passphrase.reveal_text())
    first.click(page._read)
    first.qtbot.waitUntil(page._restore.isVisible)
    assert not (tmp_path / "vault.sealed").exists(), "nothing is written before it was seen"
    first.click(page._restore)
    first.until(Page.SCAN)
    assert open_identity(tmp_path, ask_passphrase=lambda _new: passphrase).owner.public == owner.owner.public
    assert preferences.is_welcomed(first.settings)


def test_another_language_is_spoken_at_once_on_the_first_page(first: FirstStart) -> None:
    first.until(Page.WELCOME)
    chosen: list[str] = []
    first.window.language_changed.connect(chosen.append)
    page = first.router.page(Page.WELCOME)
    assert isinstance(page, WelcomePage)
    page._language.chosen.emit(1)
    first.qtbot.waitUntil(lambda: chosen == ["de"])
    first.window.activateWindow()
    first.qtbot.waitUntil(lambda: first.window.isActiveWindow() and QApplication.focusWidget() is not None)
    first.window.make_anew()
    assert first.window.router is not None and first.window.router.flow.page is Page.WELCOME
    first.router = first.window.router
    page = first.until(Page.WELCOME)
    chosen = page._language._group.button(page._language.current())
    first.qtbot.waitUntil(lambda: QApplication.focusWidget() is chosen and first.window.updatesEnabled())


def test_the_tour_by_keyboard_alone(first: FirstStart) -> None:
    """Enter on the first page, Tab and Space at the device, Tab and Space at the answer."""
    page = first.until(Page.WELCOME)
    press(first, lambda: page.virtual.button, Qt.Key.Key_Return)
    page = first.until(Page.COMPARISON)
    first.qtbot.waitUntil(lambda: first.dock.same.isEnabled() and page.match.isEnabled())
    press(first, lambda: first.dock.same, Qt.Key.Key_Space)
    press(first, lambda: page.match, Qt.Key.Key_Space)
    page = first.until(Page.SUCCESS)
    press(first, lambda: page.real_device, Qt.Key.Key_Return)
    first.until(Page.REAL_DEVICE)


def press(first: FirstStart, wanted: Callable[[], QWidget], key: Qt.Key) -> None:
    """Go there with Tab, as far as it takes, and press the key."""
    first.window.activateWindow()
    first.qtbot.waitUntil(lambda: first.window.isActiveWindow() and QApplication.focusWidget() is not None)
    for _ in range(60):
        now = QApplication.focusWidget()
        assert now is not None
        if now is wanted():
            QTest.keyClick(now, key)
            return
        QTest.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {wanted()}")


@pytest.mark.alone
def test_the_tour_never_blocks_the_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wait that is ours comes in each of the tours; what comes in some of them is the machine's."""
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    worst: list[float] = []
    try:
        for number in range(3):
            folder = tmp_path / str(number)
            folder.mkdir()
            first = FirstStart(qtbot, folder)
            first.until(Page.WELCOME)
            qtbot.waitUntil(lambda first=first: first.is_warm, timeout=LONG)
            settle()
            watch = Standstill()
            first.to_success()
            worst.append(watch.stop())
            first.end()
    finally:
        gc.unfreeze()
    assert min(worst) < BLOCKED, worst
