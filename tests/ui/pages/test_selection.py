"""Several devices selected in the window: by keys and pointer, kept as lists come anew, and acted upon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.registry import Registry, open_registry
from companion.registry.lists import PAGE, DeviceQuery, DeviceRow
from companion.registry.notes import MOST_TAGS
from companion.virtual.access_points import HAFEN
from tests.support.many_records import fill
from ui.engine import inventory
from ui.engine.events import DeviceList, ListPage
from ui.engine.inventory import (
    DevicesTagged,
    EachBegan,
    EachDevice,
    EachEnded,
    EachTask,
    KeysRead,
    ReadKeys,
    TagDevices,
)
from ui.pages.devices import selection
from ui.pages.devices.inventory_bar import Chosen
from ui.pages.devices.presenter import DevicesPresenter
from ui.present.registry import inventory as words
from ui.widgets import Tone

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
COUNT = 250


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("selected")
    fill(folder, COUNT)
    made = open_registry(folder)
    yield made
    made.close()


class Shown:
    """The page over a registry: lists are answered at once, pages when they are asked for."""

    def __init__(self, qtbot: QtBot, registry: Registry) -> None:
        self.sent: list[Any] = []
        self.rows = registry.lists.devices(DeviceQuery(), limit=COUNT).rows
        self.presenter = DevicesPresenter(self.sent.append)
        self.page = self.presenter.page
        self.table = self.page.table
        qtbot.addWidget(self.page)
        self.page.resize(992, 720)
        self.page.show()
        self.list(self.rows)
        self.table.setFocus()

    def list(self, rows: tuple[DeviceRow, ...], number: int = 0) -> None:
        self.rows = rows
        page = self._page(number)
        self.presenter.show(DeviceList(len(rows), len(rows), page, 0, None))

    def scroll_to(self, number: int) -> None:
        self.presenter.show_page(self._page(number))

    def _page(self, number: int) -> ListPage:
        return ListPage(self.page.query, number, self.rows[number * PAGE : (number + 1) * PAGE], None)

    def ids(self, *places: int) -> tuple[str, ...]:
        return tuple(self.rows[place].record.id for place in places)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.table, key, modifier)

    def click(self, row: int, modifier: Qt.KeyboardModifier) -> None:
        place = self.table.visualRect(self.table.rows_model.index(row, 0)).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(place))

    @property
    def selected(self) -> tuple[str, ...]:
        return self.table.selected.keys

    @property
    def marked(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())


@pytest.fixture
def shown(qtbot: QtBot, registry: Registry) -> Shown:
    return Shown(qtbot, registry)


def test_several_are_selected_with_ctrl_and_shift_and_by_the_keyboard(shown: Shown) -> None:
    offer = shown.page.inventory.chosen
    assert shown.selected == shown.ids(0) and not offer.isVisible()
    shown.click(2, CONTROL)
    assert shown.selected == shown.ids(0, 2) and offer.text() == "2 selected" and offer.isVisible()
    shown.click(4, SHIFT)
    assert shown.selected == shown.ids(0, 2, 3, 4), "Shift selects from the row that Ctrl has added"
    shown.press(Qt.Key.Key_Down, SHIFT)
    assert shown.selected == shown.ids(0, 2, 3, 4, 5)
    shown.press(Qt.Key.Key_Escape)
    assert len(shown.selected) == 1 and not offer.isVisible()
    shown.click(1, Qt.KeyboardModifier.NoModifier)
    assert shown.selected == shown.ids(1)


def test_rows_that_are_not_read_yet_are_asked_for_before_anything_is_done(shown: Shown) -> None:
    shown.press(Qt.Key.Key_A, CONTROL)
    assert ReadKeys(shown.page.query, PAGE, COUNT - PAGE) in shown.sent
    assert not shown.page.inventory.chosen.isEnabled(), "it would be done with some of them"
    keys = shown.ids(*range(PAGE, COUNT))
    shown.presenter.take(KeysRead(DeviceQuery("other"), PAGE, ("x",)))
    assert not shown.page.inventory.chosen.isEnabled()
    shown.presenter.take(KeysRead(shown.page.query, PAGE, keys))
    assert shown.selected == shown.ids(*range(COUNT)) and shown.page.inventory.chosen.isEnabled()


def test_no_more_are_selected_than_something_is_done_with(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "MOST", 120)
    monkeypatch.setattr("ui.pages.devices.page.MOST", 120)
    shown.press(Qt.Key.Key_A, CONTROL)
    assert shown.sent[-1] == ReadKeys(shown.page.query, PAGE, 20) and len(shown.marked) == 120
    shown.presenter.take(KeysRead(shown.page.query, PAGE, shown.ids(*range(PAGE, 120))))
    assert shown.page.inventory.chosen.text() == "120 selected, the most at once"


def test_the_same_devices_stay_selected_as_a_list_comes_anew(shown: Shown) -> None:
    shown.click(2, CONTROL)
    wanted = shown.ids(0, 2)
    shown.list(shown.rows[5:] + shown.rows[:5])
    assert len(shown.selected) == 2 and set(shown.selected) == set(wanted)
    shown.scroll_to(2)
    assert set(shown.selected) == set(wanted)
    assert shown.marked == [COUNT - 5, COUNT - 3], "they are marked where they are now"
    before = shown.page.query
    shown.page._search.setText("plug")
    assert shown.page.query != before
    shown.list(shown.rows[:10])
    assert len(shown.selected) == 1, "nothing stays selected that another list may not show"


def test_something_is_done_with_the_selected_devices_alone(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "some.csv"
    monkeypatch.setattr("ui.pages.devices.presenter.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
    shown.click(2, CONTROL)
    chosen = DeviceQuery(ids=shown.ids(0, 2))
    act = shown.page.inventory.chosen_wanted.emit
    act(Chosen.RENEW)
    assert shown.sent[-1] == EachDevice(chosen)
    act(Chosen.QUERY)
    assert shown.sent[-1] == EachDevice(chosen, EachTask.QUERY)
    act(Chosen.CSV)
    assert shown.sent[-1] == inventory.WriteDevices(chosen, "csv", path)
    act(Chosen.NETWORK)
    form = shown.page.network
    assert "2 devices" in form.go.text()
    form.name.set_text("Hafen 12")
    form.password.set_text("seven gulls at noon")
    form.go.click()
    assert shown.sent[-1] == EachDevice(chosen, EachTask.REPROVISION, HAFEN)
    shown.presenter.take(EachBegan(1, 2, "Lamp"))
    assert not shown.page.inventory.chosen.isEnabled(), "one thing after the other"
    shown.presenter.take(EachEnded(2))
    assert shown.page.inventory.chosen.isEnabled()


def test_selected_devices_are_tagged_together(shown: Shown, registry: Registry) -> None:
    shown.click(2, CONTROL)
    shown.page.inventory.chosen_wanted.emit(Chosen.TAG)
    form = shown.page.tags
    assert form.isVisible() and not form.go.isEnabled()
    form.tags.set_text("x" * 41)
    form.go.click()
    assert form.tags.is_wrong and form.isVisible()
    form.tags.set_text("Line-2 spare")
    QTest.keyClick(form.tags.line_edit, Qt.Key.Key_Return)
    asked = shown.sent[-1]
    assert asked == TagDevices(shown.ids(0, 2), ("line-2", "spare")) and not form.isVisible()
    told = inventory.answer(asked, registry)
    added = tuple((id, ("line-2", "spare")) for id in shown.ids(0, 2))
    assert told == DevicesTagged(2, ("line-2", "spare"), added=added)
    assert registry.lists.count_devices(DeviceQuery(tag="spare")) == 2
    assert words.news(told).title == "2 devices tagged"
    many = TagDevices(shown.ids(0), tuple(f"t{number}" for number in range(MOST_TAGS)))
    assert words.news(inventory.answer(many, registry)).tone is Tone.WARNING
    missing = inventory.answer(TagDevices(("none",), ("x",)), registry)
    assert isinstance(missing, DevicesTagged) and missing.error is not None
    # One of them has a tag already: that one stays when the second step is undone.
    again = inventory.answer(TagDevices(shown.ids(0, 3), ("spare",)), registry)
    for event in (told, again):
        shown.presenter.take(event)
    for left in (2, 0):
        QTest.keyClick(shown.table, Qt.Key.Key_Z, CONTROL)
        undone = inventory.answer(shown.sent[-1], registry)
        assert registry.lists.count_devices(DeviceQuery(tag="spare")) == left
        assert words.news(undone).title.startswith("Tags taken off")
    shown.page.open_tags()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible() and shown.table.isVisible()
    assert shown.page.window().focusWidget() is shown.table, "Ctrl+Z is for what was done here"


def test_the_engine_says_which_devices_rows_are(registry: Registry) -> None:
    told = inventory.answer(ReadKeys(DeviceQuery(), PAGE, 3), registry)
    rows = registry.lists.devices(DeviceQuery(), skip=PAGE, limit=3).rows
    assert told == KeysRead(DeviceQuery(), PAGE, tuple(row.record.id for row in rows))
    some = DeviceQuery(ids=tuple(row.record.id for row in rows))
    assert [each.id for each in registry.lists.every_device(some)] == [row.record.id for row in rows]
