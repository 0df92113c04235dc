"""The devices and activity pages: found by what one remembers, by keyboard, and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.screenshots import NORMAL, SMALL, window
from tests.support.record_samples import DEVICES, HALLWAY, RUNS
from tests.ui.support.checks import settle
from ui.pages.activity.page import ActivityPage
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.table import Column, DeviceTable
from ui.shell import theme
from ui.shell.sections import Section


@pytest.fixture
def devices(qtbot: QtBot) -> Iterator[DevicesPage]:
    page = DevicesPage()
    page.show_devices(DEVICES)
    frame = window(page, Section.DEVICES, NORMAL)
    settle()
    yield page
    frame.close()


@pytest.fixture
def activity(qtbot: QtBot) -> Iterator[ActivityPage]:
    page = ActivityPage()
    page.show_runs(RUNS)
    frame = window(page, Section.ACTIVITY, NORMAL)
    settle()
    yield page
    frame.close()


def names(table: DeviceTable) -> list[str]:
    return [table._view(row).name for row in range(table.proxy.rowCount())]


def current(table: DeviceTable) -> str | None:
    device = table.current()
    return device.name if device is not None else None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hallway", ["Front door", "Hallway sensor"]),
        ("LK1-0007", [device.name for device in sorted(DEVICES, key=lambda device: device.name)]),
        ("improv", ["Desk lamp"]),
        ("no such thing", []),
    ],
)
def test_search_finds_by_name_room_serial_and_protocol(
    devices: DevicesPage, words: str, found: list[str]
) -> None:
    devices._search.setText(words)
    assert names(devices.table) == found
    assert current(devices.table) == (found[0] if found else None)
    assert devices._nothing.isVisible() == (not found)
    assert devices._detail.isVisible() == bool(found)


def test_what_needs_me_is_one_press_away(devices: DevicesPage) -> None:
    devices._states.chosen.emit(2)
    assert names(devices.table) == ["Bell", "Front door"]
    devices._states.chosen.emit(1)
    assert "Cellar sensor" not in names(devices.table), "a revoked device is not healthy"


def test_the_selection_stays_with_its_device(devices: DevicesPage) -> None:
    devices.open_device("Kitchen plug")
    devices.show_devices(DEVICES[1:])
    assert current(devices.table) == "Kitchen plug"
    devices.show_devices(DEVICES[:1])
    assert current(devices.table) == "Hallway sensor"


def test_sorting_by_life_puts_the_shortest_first(devices: DevicesPage) -> None:
    devices.table.sortByColumn(Column.CERTIFICATE, Qt.SortOrder.AscendingOrder)
    lives = [devices.table._view(row).left for row in range(8)]
    known = [left for left in lives if left is not None]
    assert known == sorted(known)


def test_rows_and_actions_work_by_keyboard(devices: DevicesPage, qtbot: QtBot) -> None:
    devices.table.select_row(0)
    QTest.keyClick(devices.table, Qt.Key.Key_Down)
    assert current(devices.table) == "Bench board 2"
    rotate = next(b for b in devices._detail.findChildren(QPushButton) if b.text() == "Rotate certificate")
    with qtbot.waitSignal(devices.action_chosen) as heard:
        QTest.keyClick(rotate, Qt.Key.Key_Space)
    assert heard.args == ["Bench board 2", "rotate"]


def test_a_screen_reader_hears_whole_cells(devices: DevicesPage) -> None:
    index = devices.table.proxy.index(names(devices.table).index("Front door"), Column.STATE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Expires in 12 days"
    beside = index.siblingAtColumn(Column.DEVICE)
    assert beside.data(Qt.ItemDataRole.AccessibleTextRole) == "Front door, Hallway"


def test_a_narrow_table_folds_the_protocol_before_it_cuts_names(qtbot: QtBot) -> None:
    page = DevicesPage()
    page.show_devices(DEVICES)
    frame = window(page, Section.DEVICES, SMALL)
    settle()
    table = page.table
    assert table.folds
    room = table.columnWidth(Column.DEVICE) - 78
    metrics = frame.fontMetrics()
    assert all(metrics.horizontalAdvance(name) <= room for name in names(table))
    frame.close()


def test_without_devices_the_page_leads_to_the_first(qtbot: QtBot) -> None:
    page = DevicesPage()
    page.show_devices(())
    frame = window(page, Section.DEVICES, NORMAL)
    settle()
    shown = [b for b in page.findChildren(QPushButton) if b.isVisible()]
    assert [button.text() for button in shown] == ["Add the first device"]
    with qtbot.waitSignal(page.add_wanted):
        shown[0].click()
    frame.close()


def test_an_event_moves_the_playhead_and_the_timeline_finds_events(activity: ActivityPage) -> None:
    activity.events.select_row(3)
    assert activity.timeline._moment == HALLWAY.events[3].at
    activity.timeline.moment_chosen.emit(21.0)
    assert activity.events.currentIndex().row() == 6
    QTest.keyClick(activity.timeline, Qt.Key.Key_Left)
    assert activity.events.currentIndex().row() == 5


def test_a_message_is_found_under_its_line(activity: ActivityPage) -> None:
    timeline = activity.timeline
    message = HALLWAY.messages[9]
    start, end = timeline._line(message)
    near = timeline._message_at(QPointF((start.x() + end.x()) / 2 + 2, (start.y() + end.y()) / 2))
    assert near == message
    assert timeline._message_at(QPointF(start.x(), 5)) is None


def test_export_and_replay_name_the_run(activity: ActivityPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(activity.export_wanted) as exported:
        activity._menu.actions()[2].trigger()
    assert exported.args == ["r1", "html"]
    with qtbot.waitSignal(activity.replay_wanted) as replayed:
        activity._replay.click()
    assert replayed.args == ["r1"]


def test_a_run_without_events_cannot_be_replayed(activity: ActivityPage) -> None:
    activity.show_details(replace(HALLWAY, events=()))
    assert not activity._replay.isEnabled()


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_the_first_row_keeps_the_card_round(activity: ActivityPage, scheme: theme.Scheme) -> None:
    """A selected first row must not paint square corners over its card."""
    image = activity.runs.viewport().grab().toImage()
    soft = theme.colour("accentSoft")
    assert image.pixelColor(0, 0) != soft
    assert image.pixelColor(40, 8) == soft
