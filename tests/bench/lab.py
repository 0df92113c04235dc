"""A hundred virtual devices of four protocols in one session of the lab, in the window: how many a second,
one after the other and eight at a time; how long the window stands still; what memory they leave behind.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from companion.lab.results import Ending, Results
from companion.lab.scenario import LabDevice, Scenario
from companion.protocols import installed
from tests.support.standstill import BLOCKED, Standstill
from ui.engine.bridge import Bridge
from ui.engine.engine import Engine, Settings
from ui.engine.lab import LabEnded, LabFailed
from ui.pages.lab.presenter import LabPresenter
from ui.shell import theme
from ui.shell.garbage import settle
from ui.shell.sections import Section
from ui.shell.window import MainWindow

PROTOCOLS = tuple(name for name, each in installed().protocols.items() if each.virtual is not None)
COPIES = 25
AT_A_TIME = 8
ROUNDS = 3
ONE_AFTER_THE_OTHER = 24
"""Runs for the comparison: a hundred would take five minutes."""
SECONDS = 900.0
_PAGE = os.sysconf("SC_PAGE_SIZE")

HUNDRED = Scenario(
    "Hundred",
    tuple(LabDevice(protocol, protocol, copies=COPIES) for protocol in PROTOCOLS),
    runs=COPIES * len(PROTOCOLS),
    at_a_time=AT_A_TIME,
)


def table(rounds: int = ROUNDS) -> Iterator[str]:
    """The lines of the table, as they are known. rounds: sessions of a hundred, one after the other."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, forced=theme.Scheme.LIGHT, reduced_motion=True)
    with TemporaryDirectory() as folder:
        at = _Window(app, Path(folder))
        try:
            yield from _measure(at, rounds)
        finally:
            at.close()


def _measure(at: _Window, rounds: int) -> Iterator[str]:
    yield f"{'lab: runs, at a time':<34}{'all end':>8}{'seconds':>9}{'a second':>9}{'gap':>8}{'memory':>9}"
    at.run(replace(HUNDRED, runs=8))  # what is loaded once is not counted
    settle()  # as the app does when it is warm
    alone = at.run(replace(HUNDRED, runs=ONE_AFTER_THE_OTHER, at_a_time=1))
    yield at.line(alone)
    before = 0.0
    for number in range(rounds):
        results = at.run(HUNDRED)
        yield at.line(results)
        before = before or at.memory()
        if number == rounds - 1:
            faster = _pace(results) / _pace(alone)
            yield f"{AT_A_TIME} at a time are {faster:.1f} times as fast as one after the other"
            yield f"memory grew by {at.memory() - before:.1f} MiB over {rounds - 1} further sessions"


def _pace(results: Results) -> float:
    return len(results.runs) / results.seconds


class _Window:
    """The window at its lab, with a real engine."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._ended: list[object] = []
        self._gap = 0.0
        self._bridge = Bridge(lambda tell: Engine(tell, Settings("virtual", folder)))
        self._bridge.arrived.connect(self._hear)
        self._window = MainWindow(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        self._window.add_pages(self._bridge, "virtual")
        self._window.show()
        self._bridge.start()
        self._window.open_section(Section.LAB)
        (self._presenter,) = self._window.findChildren(LabPresenter)

    def run(self, scenario: Scenario) -> Results:
        """One session, to its end."""
        self._ended.clear()
        self._presenter._use(scenario)
        watch = Standstill()
        self._presenter.page.act.click()
        late = time.monotonic() + SECONDS
        while not self._ended and time.monotonic() < late:
            self._app.processEvents()
            time.sleep(0.002)
        self._gap = watch.stop()
        (ended,) = self._ended
        assert isinstance(ended, LabEnded), ended
        return ended.results

    def memory(self) -> float:
        """MiB that this process has in memory, after a look for garbage."""
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 2**20

    def line(self, results: Results) -> str:
        well = sum(run.ending in (Ending.GOOD, Ending.RETRIED) for run in results.runs)
        gap = f"{self._gap * 1000:.0f} ms{'' if self._gap <= BLOCKED else ' !'}"
        what = f"{len(results.runs)}, {results.at_a_time} at a time"
        ends = f"{well}/{results.wanted}"
        pace = f"{results.seconds:>9.1f}{_pace(results):>9.2f}"
        return f"{what:<34}{ends:>8}{pace}{gap:>8}{self.memory():>5.0f} MiB"

    def close(self) -> None:
        self._window.close()
        self._bridge.stop()
        self._bridge.join(20)

    def _hear(self, event: object) -> None:
        if isinstance(event, LabEnded | LabFailed):
            self._ended.append(event)
