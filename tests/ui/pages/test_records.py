"""The devices and activity pages: found by what one remembers, by keyboard, and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from companion.errors import CompanionError, RegistryDamaged, StorageError, WrittenByNewer
from companion.registry.lists import DeviceFilter, DeviceOrder, DeviceQuery
from tests.screenshots import NORMAL, SMALL, window
from tests.support.record_samples import DEVICES, HALLWAY, RUNS, activity_page, devices_page
from tests.ui.support.checks import settle
from ui.engine.commands import ListDevices
from ui.engine.events import DeviceList, EngineFailed, ListPage
from ui.pages.activity.page import UNREADABLE, ActivityPage
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.table import Column, DeviceTable
from ui.pages.records import RecordPages
from ui.shell import theme
from ui.shell.sections import Section


@pytest.fixture
def devices(qtbot: QtBot) -> Iterator[DevicesPage]:
    page = devices_page(DEVICES)
    frame = window(page, Section.DEVICES, NORMAL)
    settle()
    yield page
    frame.close()


@pytest.fixture
def activity(qtbot: QtBot) -> Iterator[ActivityPage]:
    page = activity_page(RUNS)
    frame = window(page, Section.ACTIVITY, NORMAL)
    settle()
    yield page
    frame.close()


def names(table: DeviceTable) -> list[str]:
    return [table.rows_model.view(row).name for row in range(table.rows_model.rowCount())]


def current(table: DeviceTable) -> str | None:
    device = table.current()
    return device.name if device is not None else None


def test_what_is_searched_chosen_and_sorted_is_asked_for_at_once(devices: DevicesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(devices.query_changed):
        devices._search.setText(" Hallway ")
    with qtbot.waitSignal(devices.query_changed):
        devices._states.chosen.emit(2)
    with qtbot.waitSignal(devices.query_changed):
        devices.table.sortByColumn(Column.CERTIFICATE, Qt.SortOrder.DescendingOrder)
    assert devices.query == DeviceQuery(
        "Hallway", DeviceFilter.NEEDS_ATTENTION, DeviceOrder.EXPIRY, descending=True
    )
    devices.show_list(0, 8, 0, (), 0, keep=False)
    assert devices._nothing.isVisible()
    assert not devices._detail.isVisible()
    assert devices._search.isVisible(), "what hides everything can be taken off"
    devices.clear_filters()
    assert devices.query == DeviceQuery(order=DeviceOrder.EXPIRY, descending=True)
    assert (devices._search.text(), devices._states.current()) == ("", 0)


def test_a_list_that_comes_anew_keeps_the_place(devices: DevicesPage) -> None:
    devices.table.select_row(5)
    by_name = sorted(DEVICES, key=lambda device: device.name)
    devices.show_list(7, 7, 0, by_name[1:], 4, keep=True)
    assert current(devices.table) == "Hallway sensor"
    assert current(devices.table) == names(devices.table)[4]


def test_rows_and_actions_work_by_keyboard(devices: DevicesPage, qtbot: QtBot) -> None:
    devices.table.select_row(0)
    QTest.keyClick(devices.table, Qt.Key.Key_Down)
    assert current(devices.table) == "Bench board 2"
    rotate = next(b for b in devices._detail.findChildren(QPushButton) if b.text() == "Rotate certificate")
    with qtbot.waitSignal(devices.action_chosen) as heard:
        QTest.keyClick(rotate, Qt.Key.Key_Space)
    assert heard.args == ["Bench board 2", "rotate"]


def test_a_screen_reader_hears_whole_cells(devices: DevicesPage) -> None:
    index = devices.table.rows_model.index(names(devices.table).index("Front door"), Column.STATE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Expires soon"
    beside = index.siblingAtColumn(Column.DEVICE)
    assert beside.data(Qt.ItemDataRole.AccessibleTextRole) == "Front door, Hallway"


def test_a_narrow_table_folds_the_protocol_before_it_cuts_names(qtbot: QtBot) -> None:
    page = devices_page(DEVICES)
    frame = window(page, Section.DEVICES, SMALL)
    settle()
    table = page.table
    assert table.folds
    room = table.columnWidth(Column.DEVICE) - 78
    metrics = frame.fontMetrics()
    assert all(metrics.horizontalAdvance(name) <= room for name in names(table))
    frame.close()


def test_without_devices_the_page_leads_to_the_first(qtbot: QtBot) -> None:
    page = devices_page(())
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


def test_a_run_is_exported_by_its_name_and_played_again(activity: ActivityPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(activity.export_wanted) as exported:
        activity._menu.actions()[2].trigger()
    assert exported.args == ["r1", "html"]
    activity.replay.play.click()
    assert activity.replay.is_playing


def test_a_run_without_events_cannot_be_replayed(activity: ActivityPage) -> None:
    activity.show_details(replace(HALLWAY, events=()))
    assert not activity.replay.isEnabled()


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_the_first_row_keeps_the_card_round(activity: ActivityPage, scheme: theme.Scheme) -> None:
    """A selected first row must not paint square corners over its card."""
    image = activity.runs.viewport().grab().toImage()
    soft = theme.colour("accentSoft")
    assert image.pixelColor(0, 0) != soft
    assert image.pixelColor(40, 8) == soft


@pytest.mark.parametrize("error", [RegistryDamaged(), WrittenByNewer(), StorageError()])
def test_a_registry_that_can_not_be_read_is_said_in_place_of_its_lists(
    qtbot: QtBot, error: CompanionError
) -> None:
    """A damaged file, one of a newer version, a folder that can't be written or is full."""
    pages = RecordPages(lambda command: None)
    for page in (pages.devices, pages.activity_place):
        qtbot.addWidget(page)
    query = pages.devices.query
    pages.take(EngineFailed(error, ListDevices(query)))
    banner, other = pages._banners
    assert not banner.isHidden() and not other.isHidden()
    assert error.title_text in banner.accessibleName()
    assert pages.devices._pages.currentWidget() is pages.devices._blank, "no empty list that looks like none"
    assert pages.devices.inventory.isHidden() and pages.activity.filters.isHidden()
    assert pages.activity._pages.currentIndex() == UNREADABLE, "nor one that says that there was no run"
    pages.take(DeviceList(total=0, every=0, page=ListPage(query, 0, (), None), selected=None, published=None))
    assert banner.isHidden() and pages.devices._pages.currentWidget() is not pages.devices._blank
    pages.take(EngineFailed(StorageError()))
    assert banner.isHidden(), "what else failed is told elsewhere"
