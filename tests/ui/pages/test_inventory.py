"""Devices at size in the window: tags, notes, tables, labels, and certificates that are renewed in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.errors import DeviceNotFound, MethodUnavailable
from companion.label.device import device_label
from companion.registry import Registry, open_registry
from companion.registry.lists import DeviceFilter, DeviceOrder, DeviceQuery, DeviceRow, Indexing
from companion.registry.lookup import by_id
from companion.registry.notes import MOST_TAGS
from companion.services import Services
from companion.virtual.access_points import HAFEN
from tests.screenshots import NORMAL, window
from tests.support import record_samples
from tests.support.many_records import fill, name_of
from tests.ui.support.checks import settle
from ui.engine import inventory
from ui.engine.archive import Archive
from ui.engine.commands import Command, ListDevices, RenameDevice
from ui.engine.events import DeviceList, DeviceRenamed
from ui.engine.inventory import DevicesTaken, DevicesWritten, EachBegan, EachDevice, EachEnded, EachTask
from ui.engine.search_index import SearchIndex, SearchIndexed
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.presenter import DevicesPresenter
from ui.present.registry import inventory as words
from ui.shell.sections import Section
from ui.widgets import Tone
from ui.widgets.menu import Menu


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[DevicesPage[Any]]:
    opened: list[QWidget] = []
    monkeypatch.setattr(Menu, "open_below", lambda _, button: opened.append(button))
    made = record_samples.devices()
    assert isinstance(made, DevicesPage)
    frame = window(made, Section.DEVICES, NORMAL)
    settle()
    yield made
    frame.close()


def test_devices_are_filtered_by_tag_and_by_the_end_of_their_certificate(
    page: DevicesPage[Any], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.inventory.tags_wanted):
        page.inventory.tag.click()
    page.inventory.offer_tags([("line-2", 4), ("spare", 1)])
    assert [each.text() for each in page.inventory.menu.actions()] == ["line-2 (4)", "spare (1)"]
    with qtbot.waitSignal(page.query_changed):
        page.inventory.menu.actions()[0].trigger()
    assert page.query.tag == "line-2"
    page.inventory.ends.click()
    page.inventory.menu.actions()[1].trigger()
    soon = datetime.now(UTC) + timedelta(days=30)
    assert page.query.ends_by is not None and abs(page.query.ends_by - soon) < timedelta(minutes=5)
    assert (page.query.order, page.query.descending, page.query.tag) == (DeviceOrder.EXPIRY, False, "line-2")
    page.inventory.ends_chosen.emit(0)
    assert (page.query.which, page.query.ends_by) == (DeviceFilter.DUE, None)
    page.show_list(3, 8, 0, record_samples.DEVICES[:3], 0, keep=False)
    assert page.inventory.renew.isVisible() and page.inventory.renew.text() == "Renew all 3"
    QTest.keyClick(page.inventory.ends, Qt.Key.Key_Delete)
    assert page.query.which is DeviceFilter.ALL
    page.show_list(8, 8, 0, record_samples.DEVICES, 0, keep=False)
    assert not page.inventory.renew.isVisible(), "nobody renews everything by accident"
    page.clear_filters()
    assert page.query.tag == "" and page.inventory.tag.value == ""


def test_tags_and_note_are_edited_in_place_and_bad_tags_stay_in_the_form(
    page: DevicesPage[Any], qtbot: QtBot
) -> None:
    page.rename("Front door", "Hallway", tags="a", note="n")
    form = page._detail.name_form
    form.tags.set_text(" ".join(f"t{number}" for number in range(MOST_TAGS + 1)))
    form.save.click()
    assert form.isVisible() and form.tags.is_wrong
    form.tags.set_text("Line-2, spare")
    with qtbot.waitSignal(page.renamed) as saved:
        form.save.click()
    assert saved.args[1:] == ["Front door", "Hallway", "Line-2, spare", "n"]


def test_what_goes_on_is_said_until_it_ends(page: DevicesPage[Any], qtbot: QtBot) -> None:
    page.show_news(words.progress(EachBegan(2, 40, "Bell {x}")), can_stop=True)
    assert "2 of 40" in page.news._title.text() and "Bell {x}" in page.news._sentence.text()
    with qtbot.waitSignal(page.stop_wanted):
        page.inventory.stop.click()
    errors = tuple((f"{name} {{0}}", DeviceNotFound()) for name in "abcde")
    notice = words.news(EachEnded(35, errors, is_stopped=True))
    assert notice.tone is Tone.WARNING and "Stopped. 35" in notice.title
    assert notice.sentence.count(DeviceNotFound.code) == 3 and notice.sentence.endswith("2 more")
    page.show_news(notice)
    assert not page.inventory.stop.isVisible()
    taken = words.news(DevicesTaken(Path("x.csv"), 3, unknown=1, problems=1))
    assert "3 devices changed" in taken.sentence and "2 rows" in taken.sentence
    assert words.news(DevicesWritten(Path("{x}.csv"))).sentence == "{x}.csv"


# --- the engine's side ---


class Opened:
    """Services with a registry alone."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder
        self.registry = open_registry(folder)

    def open_registry(self) -> Any:
        return self.registry


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Opened]:
    fill(tmp_path / "data", 100)
    made = Opened(tmp_path / "data")
    yield made
    made.registry.close()


async def told(services: Opened, *commands: Command) -> list[Any]:
    """What the archive answers."""
    answers: list[Any] = []
    archive = Archive(answers.append)
    for command in commands:
        await archive.handle(cast(Any, command), cast(Services, services))
    await archive.close()
    return answers


async def test_a_table_leaves_and_comes_back_and_a_label_is_drawn(services: Opened, tmp_path: Path) -> None:
    first, table, label = f"{0:016x}", tmp_path / "t.csv", tmp_path / "label.svg"
    answers = await told(
        services,
        RenameDevice(first, "Porch", "Garden", ("out",), "dry"),
        inventory.WriteDevices(DeviceQuery("porch"), "csv", table),
        inventory.AskTags(),
        RenameDevice(first, "Porch", "Garden", (), ""),
        inventory.TakeDevices(table),
        inventory.WriteLabel(first, label),
        inventory.WriteLabel(first, tmp_path / "label.pdf"),
        ListDevices(DeviceQuery(tag="out")),
        inventory.TakeDevices(label),
        inventory.WriteLabel(first, tmp_path / "nowhere" / "x.pdf"),
    )
    kinds = [type(each) for each in answers]
    assert kinds[0] is DeviceRenamed and answers[2].tags == (("out", 1),)
    assert (answers[4].changed, answers[4].error) == (1, None)
    assert "Porch" in label.read_text() and "SN-000000" in label.read_text()
    assert (tmp_path / "label.pdf").read_bytes().startswith(b"%PDF")
    assert isinstance(answers[7], DeviceList) and answers[7].total == 1
    assert answers[8].error is not None and answers[9].error is not None
    record = services.registry.device(by_id(first))
    assert device_label(record).text == "SN-000000" and device_label(record).readable[0] == "Porch"


async def test_each_of_the_listed_devices_is_tried_and_a_stop_ends_it(
    services: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The runs themselves are those of single devices; here is in which order, and what is said."""
    tried: list[str] = []

    class Done:
        def __init__(self, error: object) -> None:
            self.error, self.run = error, ""

    class Handle:
        def __init__(self, name: str) -> None:
            self.name = name

        def cancel(self) -> None:
            tried.append("cancelled")

        def __await__(self) -> Any:
            async def run() -> Done:
                await asyncio.sleep(0)
                return Done(DeviceNotFound() if self.name == name_of(49) else None)

            return run().__await__()

    def renew(_: object, record: Any, **__: object) -> Handle:
        tried.append(record.name)
        if record.name == name_of(99):
            raise MethodUnavailable("x")
        return Handle(record.name)

    monkeypatch.setattr("companion.api.renew", renew)
    said: list[Any] = []
    query = DeviceQuery(which=DeviceFilter.DUE, order=DeviceOrder.EXPIRY)
    await inventory.EachDeviceRun(EachDevice(query), cast(Services, services), said.append)
    assert tried[0] == name_of(69) and sorted(tried) == sorted(map(name_of, (49, 69, 99)))
    assert [each.number for each in said[:-1]] == [1, 2, 3]
    assert said[-1].done == 1 and {name for name, _ in said[-1].failed} == {name_of(49), name_of(99)}
    tried.clear()
    run = inventory.EachDeviceRun(EachDevice(query), cast(Services, services), lambda told: run.cancel())
    await run
    assert tried == [name_of(69)], "the one that was begun is ended, no other begins"


def test_the_presenter_asks_the_engine_and_says_what_came_of_it(
    qtbot: QtBot, services: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent: list[Any] = []
    presenter = DevicesPresenter(sent.append)
    qtbot.addWidget(presenter.page)
    path = str(tmp_path / "file")
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(f"ui.pages.devices.presenter.QFileDialog.{name}", lambda *_: (path, ""))
    for kind in ("csv", "json", ""):
        presenter.page.inventory.table_wanted.emit(kind)
    presenter.page.inventory.renew_wanted.emit()
    query = presenter.page.query
    assert sent == [
        inventory.WriteDevices(query, "csv", Path(path)),
        inventory.WriteDevices(query, "json", Path(path)),
        inventory.TakeDevices(Path(path)),
        EachDevice(query),
    ]
    record = services.registry.device(by_id(f"{0:016x}"))
    presenter._write_label(DeviceRow(record))
    assert sent[-1] == inventory.WriteLabel(record.id, Path(path))
    presenter.take(EachBegan(1, 2, "Lamp"))
    assert not presenter.page.news.isHidden()
    sent.clear()
    presenter.take(EachEnded(2))
    assert isinstance(sent[-1], ListDevices), "what was renewed is listed anew"


def test_all_that_is_listed_is_queried_or_moved_where_a_filter_says_which(
    qtbot: QtBot, services: Opened
) -> None:
    sent: list[Any] = []
    presenter = DevicesPresenter(sent.append)
    page = presenter.page
    qtbot.addWidget(page)
    page.resize(992, 720)
    page.show()
    page.show_list(8, 8, 0, (), 0, keep=False)
    assert not page.inventory.each.isVisible(), "nobody moves everything by accident"
    page.inventory.tag_chosen.emit("line-2")
    page.show_list(3, 8, 0, (), 0, keep=False)
    assert page.inventory.each.text() == "All 3 listed"
    query = page.query
    page.inventory.query_wanted.emit()
    assert sent[-1] == EachDevice(query, EachTask.QUERY)
    page.inventory.network_wanted.emit()
    form = page.network
    assert "3" in form.go.text()
    form.go.click()
    assert form.name.is_wrong
    form.name.set_text("Hafen 12")
    form.password.set_text("short")
    form.go.click()
    assert form.password.is_wrong and form.isVisible()
    form.password.set_text("seven gulls at noon")
    form.go.click()
    assert sent[-1] == EachDevice(query, EachTask.REPROVISION, HAFEN)
    assert not form.isVisible() and not form.password.text(), "what was typed is forgotten"
    page.inventory.network_wanted.emit()
    form.name.set_text("Hafen 12")
    page.inventory.tag_chosen.emit("line-3")
    assert not form.isVisible() and not form.name.text(), "it was about other devices"


async def test_each_keeps_its_name_and_room_in_another_network(
    services: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders: list[tuple[str, Any]] = []

    def reprovision(_: object, record: Any, order: Any) -> None:
        orders.append((record.name, order))
        raise MethodUnavailable("x")

    monkeypatch.setattr("companion.api.reprovision", reprovision)
    query, said = DeviceQuery(search=name_of(7)), list[Any]()
    start = EachDevice(query, EachTask.REPROVISION, HAFEN)
    await inventory.EachDeviceRun(start, cast(Services, services), said.append)
    ((name, order),) = orders
    assert (order.name, order.wifi, order.room) == (name, HAFEN, services.registry.device(name).room or "")
    assert said[-1].task is EachTask.REPROVISION and "Network of 0" in words.news(said[-1]).title


def test_the_list_says_how_far_the_search_of_an_older_folder_is(qtbot: QtBot) -> None:
    presenter = DevicesPresenter(lambda command: None)
    qtbot.addWidget(presenter.page)
    shown = presenter.page.indexing
    presenter.take(SearchIndexed(Indexing(420, 1000)))
    assert not shown.isHidden() and "42 %" in shown.accessibleName()
    presenter.take(SearchIndexed(None))
    assert shown.isHidden()


def test_the_index_is_finished_beside_the_window_and_stops_with_it(tmp_path: Path) -> None:
    told: list[Any] = []

    class Lists:
        left = 3

        def index_words(self, most: int) -> Indexing | None:
            self.left -= 1
            return Indexing(3 - self.left, 3) if self.left > 0 else None

    class Records:
        lists = Lists()

    def build() -> None:
        index = SearchIndex(told.append)
        index.begin(cast(Registry, Records()))
        thread = index._thread
        assert thread is not None
        thread.join()
        index.close()

    build()
    assert [each.state for each in told] == [Indexing(1, 3), None], "no more often than it can be read"
    build()
    assert len(told) == 2, "nothing is told where nothing is to be done"
