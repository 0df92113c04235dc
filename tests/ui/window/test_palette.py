"""The palette, the sheet of shortcuts and what the window remembers: the whole window, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from companion.plain_text import plain
from tests.support import palette_samples
from tests.support.many_records import fill
from tests.ui.support.checks import clipped, nameless, settle
from tests.ui.support.home import Home
from tests.ui.support.stage import world_of
from ui.engine.commands import RenameDevice
from ui.engine.find import Found
from ui.flow.state import Page
from ui.pages.palette import list as palette_list
from ui.pages.palette.dialog import PaletteDialog
from ui.pages.palette.shortcuts import ShortcutSheet
from ui.pages.palette.views import Goal, PaletteEntry
from ui.present import palette
from ui.shell import theme, window_state
from ui.shell.palette_place import PalettePlace
from ui.shell.preferences import SCALES
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.shell.window_state import LEAST_SIZE
from ui.sources.camera_state import CameraState
from ui.widgets.view_model import ViewModel

CONTROL = Qt.KeyboardModifier.ControlModifier
DEVICES = 40


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A window with records, as the app makes it."""
    monkeypatch.setattr("ui.engine.engine.make_world", world_of())
    made = Home(qtbot, tmp_path)
    fill(tmp_path, DEVICES)
    made.bridge.start()
    PalettePlace(made.window, made.bridge)
    made.window.activateWindow()
    made.router.begin()
    made.until(Page.SCAN)
    try:
        yield made
    finally:
        made.router.close_down()
        made.bridge.arrived.disconnect()
        made.bridge.stop()
        assert made.bridge.join(20), "the engine did not close"


def opened(at: Home) -> PaletteDialog:
    at.window.activateWindow()
    at.wait_for(at.window.isActiveWindow)
    QTest.keyClick(at.window, Qt.Key.Key_K, CONTROL)
    at.wait_for(lambda: any(each.isVisible() for each in at.window.findChildren(PaletteDialog)))
    return next(each for each in at.window.findChildren(PaletteDialog) if each.isVisible())


def typed(at: Home, dialog: PaletteDialog, words: str) -> tuple[PaletteEntry, ...]:
    """What is found once the engine's answer is there."""
    told: list[object] = []
    at.bridge.arrived.connect(told.append)  # after the palette
    QTest.keyClicks(dialog.field, words)
    at.wait_for(lambda: any(isinstance(each, Found) and each.asked.search == words for each in told))
    return dialog.list.entries_model.views


def press(dialog: PaletteDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.field, key)


def test_a_device_is_found_by_typing_and_opens(at: Home) -> None:
    dialog = opened(at)
    assert {entry.goal for entry in dialog.list.entries_model.views} >= {Goal.ADD, Goal.LAB, Goal.BACKUP}
    entries = typed(at, dialog, "plug 000017")
    found = [entry for entry in entries if entry.goal is Goal.DEVICE]
    assert [entry.words for entry in found] == ["Office plug 000017"]
    assert dialog.list.currentIndex().row() == 0
    assert dialog.field.accessibleDescription() == f"{plain(entries[0].words)}, {plain(entries[0].leads)}"
    place = entries.index(found[0])
    press(dialog, *[Qt.Key.Key_Down] * place, Qt.Key.Key_Return)
    assert not dialog.isVisible() and at.window._rail.current() is Section.DEVICES
    at.wait_for(lambda: at.devices.table.current() is not None and at.view.key == found[0].key)


def test_a_run_opens_in_activity_and_a_page_by_its_words(at: Home) -> None:
    dialog = opened(at)
    at.wait_for(lambda: any(each.goal is Goal.RUN for each in dialog.list.entries_model.views))
    entries = dialog.list.entries_model.views
    place, run = next((place, each) for place, each in enumerate(entries) if each.goal is Goal.RUN)
    press(dialog, *[Qt.Key.Key_Down] * place, Qt.Key.Key_Enter)
    assert at.window._rail.current() is Section.ACTIVITY
    at.wait_for(lambda: at.window._open_records().activity.selected == run.key)
    dialog = opened(at)
    assert typed(at, dialog, "theme")[0].goal is Goal.SETTINGS
    press(dialog, Qt.Key.Key_Return)
    assert at.window._rail.current() is Section.SETTINGS
    dialog = opened(at)
    assert typed(at, dialog, "zzzz") == () and dialog.note.text() != ""
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and at.window._rail.current() is Section.SETTINGS


def test_what_to_do_is_typed_and_done_where_its_button_is(
    at: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(at)
    entries = typed(at, dialog, "reset of lamp 000018")
    assert [each.words for each in entries if each.goal is Goal.ACT] == ["Reset: Cellar lamp 000018"]
    place = next(place for place, each in enumerate(entries) if each.goal is Goal.ACT)
    press(dialog, *[Qt.Key.Key_Down] * place, Qt.Key.Key_Return)
    at.front(Page.RESET).left.emit()
    at.wait_for(lambda: at.view.name == "Cellar lamp 000018" and not at.operates)
    dialog = opened(at)
    entries = typed(at, dialog, "export lamp 000018")
    out = tmp_path / "run.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    run = next(each for each in entries if each.goal is Goal.RUN and each.act)
    assert run.words.startswith("Export report: Cellar lamp 000018")
    dialog._choose(run)
    at.wait_for(lambda: out.is_file() and "<html" in out.read_text())
    dialog = opened(at)
    everything = [each for each in typed(at, dialog, "lamp 000018") if each.goal is Goal.ACT]
    assert {"Print label: Cellar lamp 000018"} <= {each.words for each in everything}, "of the only device"


def test_keys_lead_to_places_and_to_the_sheet(at: Home) -> None:
    for key, section in zip(range(Qt.Key.Key_1, Qt.Key.Key_6), Section, strict=True):
        QTest.keyClick(at.window, Qt.Key(key), CONTROL)
        assert at.window._rail.current() is section
    QTest.keyClick(at.window, Qt.Key.Key_F1)
    (sheet,) = at.window.findChildren(ShortcutSheet)
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    keys = [keys for group in palette.shortcuts() for keys, _words in group.lines]
    assert {"Ctrl+K", "F1"} <= set(keys) and all(keys)


def test_what_records_say_stays_plain(qtbot: QtBot) -> None:
    owner = QLineEdit()
    qtbot.addWidget(owner)
    model = ViewModel(palette_list.said, owner)
    model.show_views([PaletteEntry(Goal.DEVICE, "devices", "\u202e<b>x</b>\x1b[2J", "Device", "1")])
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == plain(said) and "\u202e" not in said and "\x1b" not in said


def test_unreadable_records_leave_the_pages(at: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.errors import StorageError
    from companion.services import Services

    def fail(services: Services) -> None:
        raise StorageError("full")

    monkeypatch.setattr(Services, "open_registry", fail)
    dialog = opened(at)
    entries = typed(at, dialog, "lab")
    at.wait_for(lambda: dialog.note.text() != "")
    assert entries[0].goal is Goal.LAB


def test_the_place_in_front_comes_back_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.resize(960, 700)
    window_state.save(window, settings, Section.LAB)
    again = MainWindow(settings)
    qtbot.addWidget(again)
    assert window_state.place(settings) is Section.LAB and again.size() == window.size()
    settings.setValue("window/place", "attic")
    assert window_state.place(settings) is Section.ADD


def test_sheet_and_palette_fit_the_smallest_window_at_large_text(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, text_scale=max(SCALES), reduced_motion=True)
    for made in (palette_samples.shortcuts(), palette_samples.found()):
        qtbot.addWidget(made)
        made.show()
        settle()
        assert made.width() <= LEAST_SIZE.width() and made.height() <= LEAST_SIZE.height()
        assert clipped(made) == [] and nameless(made) == []


def test_a_change_of_a_device_is_undone_unless_it_was_changed_since(at: Home) -> None:
    at.window.open_section(Section.DEVICES)
    page = at.devices
    at.wait_for(lambda: page.table.current() is not None)
    key, name = at.view.key, at.view.name

    def rename(words: str) -> None:
        page.renamed.emit(key, words, "Attic", "spare", "Behind the boiler")
        at.wait_for(lambda: at.view.name == words and at.view.room == "Attic")

    def undo() -> str:
        at.window.activateWindow()
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Z, CONTROL)
        return page.news._title.text()

    room = at.view.room
    rename("First")
    rename("Second")
    assert "First" in undo()
    at.wait_for(lambda: at.view.name == "First")
    assert name in undo()
    at.wait_for(lambda: (at.view.name, at.view.room) == (name, room))
    assert name in undo(), "nothing is left to undo, and nothing new is said"
    rename("Third")
    at.bridge.send(RenameDevice(key, "By a colleague", "Attic"))
    at.wait_for(lambda: at.view.name == "By a colleague")
    assert undo() == "The change stays"
    assert at.view.name == "By a colleague"


def test_a_start_opens_the_kept_place_and_looks_around_only_at_the_first(at: Home) -> None:
    at.window.open_section(Section.DEVICES)
    window_state.save(at.window, at.window._settings, Section.LAB)
    before = at.router.sources.camera.state
    at.window.begin()
    assert at.window._rail.current() is Section.LAB and at.router.sources.camera.state is before
    at.window.open_section(Section.ADD)
    assert at.router.sources.camera.state is not CameraState.OFF and before is CameraState.OFF
