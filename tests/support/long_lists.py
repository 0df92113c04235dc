"""The window with many devices and runs: what is done with them, how long it takes, what stands still."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from tests.support.many_records import fill, name_of
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
        _use(window, count, measured)
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
