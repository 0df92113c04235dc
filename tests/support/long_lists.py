"""The window with many devices and runs: what is done with them, how long it takes, what stands still."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from companion.registry.lists import RunFact
from tests.support.many_records import fill, name_of
from tests.support.many_runs import fill_runs
from tests.support.standstill import Standstill
from ui.engine.bridge import Bridge
from ui.engine.engine import Engine, Settings
from ui.engine.events import Warm
from ui.pages.devices.table import Column
from ui.shell.garbage import settle
from ui.shell.sections import Section
from ui.shell.window import MainWindow

LONGEST = 60.0


@dataclass(frozen=True)
class Gesture:
    """Something that was done. seconds: until it was shown; standstill: the longest time without an event."""

    name: str
    seconds: float
    standstill: float


@dataclass
class LongLists:
    """What was measured. rows: items in memory at the end; megabytes: the most that this process ever had."""

    gestures: list[Gesture] = field(default_factory=list)
    rows: int = 0
    megabytes: float = 0.0

    def measure(self, name: str, do: Callable[[], object], shown: Callable[[], bool]) -> None:
        """Do something, and wait until it is shown and painted. Raises TimeoutError."""
        watch, began = Standstill(time.thread_time), time.perf_counter()
        do()
        while not shown():
            QApplication.processEvents()
            if time.perf_counter() - began > LONGEST:
                raise TimeoutError(name)
            time.sleep(0.0005)
        taken = time.perf_counter() - began
        until = time.perf_counter() + 0.05
        while time.perf_counter() < until:
            QApplication.processEvents()
        self.gestures.append(Gesture(name, taken, watch.stop()))


def measure(folder: Path, count: int) -> LongLists:
    """List, search, sort, jump and scroll among `count` devices, 100 at least, and as many runs."""
    fill(folder, count)
    return _measured(folder, lambda window, measured: _use(window, count, measured))


def measure_activity(folder: Path, count: int) -> LongLists:
    """Filter, count and compare `count` runs, 1000 at least, with `many_runs.EVENTS` events each."""
    fill_runs(folder, count)
    return _measured(folder, lambda window, measured: _filter(window, count, measured))


def _measured(folder: Path, use: Callable[[MainWindow, LongLists], None]) -> LongLists:
    measured = LongLists()
    bridge = Bridge(lambda tell: Engine(tell, Settings("virtual", folder)))
    window = MainWindow(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    router = window.add_pages(bridge, "virtual")
    bridge.start()
    window.show()
    warm: list[object] = []
    bridge.arrived.connect(lambda event: warm.append(event) if isinstance(event, Warm) else None)
    router.begin()
    try:
        measured.measure("load what a run needs", lambda: None, lambda: bool(warm))
        settle()
        measured.gestures.clear()
        use(window, measured)
    finally:
        router.close_down()
        bridge.arrived.disconnect()
        bridge.stop()
        assert bridge.join(20), "the engine did not close"
        window.close()
        window.deleteLater()
    measured.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return measured


def _use(window: MainWindow, count: int, measured: LongLists) -> None:
    pages = window._open_records()
    devices, activity = pages.devices, pages.activity
    listed, runs = devices.table.rows_model, activity.runs.rows_model
    bar, search = devices.table.verticalScrollBar(), devices._search
    names = sorted(name_of(number) for number in range(count))
    one = name_of(count // 2)

    def shows(name: str) -> bool:
        view = devices.table.current()
        return view is not None and view.name == name

    def scroll() -> None:
        for step in range(100):
            bar.setValue(bar.maximum() * step // 99)
            QApplication.processEvents()

    def visible() -> bool:
        top, low = devices.table.rowAt(1), devices.table.rowAt(devices.table.viewport().height() - 1)
        return all(listed.view(row) for row in range(top, max(low, top) + 1))

    def by_state() -> None:
        devices.table.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)

    measure = measured.measure
    measure(
        "open the registry and list", lambda: window.open_section(Section.DEVICES), lambda: shows(names[0])
    )
    listed.begin(0, 0, (), keep=False)
    measure("list again", pages.refresh, lambda: shows(names[0]))
    measure("search one device", lambda: search.setText(one), lambda: shows(one))
    measure("take the search off", lambda: search.setText(""), lambda: listed.rowCount() == count)
    measure("jump to the end", lambda: devices.table.select_row(count - 1), lambda: shows(names[-1]))
    measure("scroll from end to end", scroll, visible)
    measure("sort by state", by_state, lambda: (view := listed.view(0)) is not None and view.needs_you)
    measure(
        "list every run",
        lambda: window.open_section(Section.ACTIVITY),
        lambda: activity.runs.current() is not None,
    )
    measure("search one run", lambda: activity._search.setText(one), lambda: runs.rowCount() == 1)
    measure("take it off", lambda: activity._search.setText(""), lambda: runs.rowCount() == count)
    measure(
        "jump to the first run",
        lambda: activity.runs.select_row(count - 1),
        lambda: bool(runs.view(count - 1)),
    )
    measured.rows = listed.rows_in_memory() + runs.rows_in_memory()


def _filter(window: MainWindow, count: int, measured: LongLists) -> None:
    page = window._open_records().activity
    runs, filters, bar = page.runs.rows_model, page.filters, page.runs.verticalScrollBar()
    offered: list[int] = []
    filters._menu.open_below = lambda _: offered.append(len(filters._menu.actions()))  # type: ignore[method-assign]
    failed = count // 11

    def set_code(code: str) -> None:
        filters._set(RunFact.CODE, code)

    def scroll() -> None:
        for step in range(100):
            bar.setValue(bar.maximum() * step // 99)
            QApplication.processEvents()

    def compared() -> bool:
        return page.comparison._view is not None and page.comparison._view.right is not None

    measure = measured.measure
    measure(
        "open the registry and Activity",
        lambda: window.open_section(Section.ACTIVITY),
        lambda: page.runs.current() is not None,
    )
    measure("filter by code", lambda: set_code("N-101"), lambda: 0 < runs.rowCount() < failed // 2)
    measure(
        "filter by model too",
        lambda: filters._set(RunFact.MODEL, "LK-1"),
        lambda: 0 < runs.rowCount() < failed // 8,
    )
    page.show_count("")
    measure("search among them", lambda: page._search.setText("bench"), lambda: bool(page._counted))
    measure(
        "take all off",
        lambda: (page._search.setText(""), filters._set(RunFact.MODEL, ""), set_code("")),
        lambda: runs.rowCount() == count,
    )
    measure("values of a filter", lambda: filters._chips[RunFact.DEVICE].click(), lambda: bool(offered))
    measure(
        "what fails most in 14 days",
        lambda: page._show_place(1),
        lambda: page._failed is not None and 0 < runs.rowCount() < count,
    )
    measure(
        "what fails most in all time",
        lambda: page._on_period(None),
        lambda: page._failed is not None and page._failed.time == "All",
    )
    measure("a run beside a good one", lambda: page.runs.select_row(7), compared)
    measure("runs again", lambda: page._show_place(0), lambda: runs.rowCount() == count)
    measure("scroll from end to end", scroll, lambda: bool(runs.view(count - 1)))
    measured.rows = runs.rows_in_memory()
