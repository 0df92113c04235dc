"""The activity page at work: the registry's runs, one of them in detail, its replay and its copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from companion.registry.lists import RunRow
from companion.registry.records import RunRecord
from ui.engine.commands import Command, ExportRun, ListRuns, OpenRun
from ui.engine.events import ListPage, RunList
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.views import RunView
from ui.pages.page_reader import PageReader
from ui.present.registry import runs

# A replay keeps the pauses that lay between two events, up to this many seconds.
LONGEST_PAUSE = 2.0


class ActivityPresenter(QObject):
    """Fills the page from the registry's records; what one run holds comes when it is opened."""

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = ActivityPage(self._view)
        self._send = send
        self._reader = PageReader(send)
        self._opened: RunRow | None = None
        self._device = ""
        self._moments: list[float] = []
        self._at = 0
        self._replay = QTimer(self)
        self._replay.setSingleShot(True)
        self._replay.timeout.connect(self._show_next_event)
        self.page.query_changed.connect(self.refresh)
        self.page.runs.rows_model.page_wanted.connect(self._reader.read)
        self.page.run_chosen.connect(self._open)
        self.page.export_wanted.connect(self._export)
        self.page.replay_wanted.connect(lambda _: self._start_replay())

    def refresh(self) -> None:
        """Ask for the list, with the selected run in sight."""
        self._send(ListRuns(self.page.query, self.page.selected, self._device))

    def show(self, told: RunList) -> None:
        """Show the list, unless another one is wanted by now."""
        if told.page.query != self.page.query:
            return
        if told.selected is not None:
            self._device = ""
        keep = self._reader.begin(told)
        rows = [row for row in told.page.rows if isinstance(row, RunRow)]
        self.page.show_list(told.total, told.every, told.page.number, rows, told.selected or 0, keep=keep)

    def show_page(self, page: ListPage) -> None:
        """Show what was scrolled to."""
        if self._reader.take(page):
            rows = [row for row in page.rows if isinstance(row, RunRow)]
            self.page.runs.rows_model.show_page(page.number, rows)

    def show_details(self, record: RunRecord) -> None:
        """Show what happened in a run, if it is still the chosen one."""
        if self.page.shows(record.id) and self._opened is not None:
            self.page.show_details(self._view(replace(self._opened, record=record)))

    def open_latest(self, device: str) -> None:
        """Choose the device's latest run."""
        self._device = device
        self.page.show_alerts(False)
        self.page.clear_search()
        self.refresh()

    def open_run(self, run: str) -> None:
        """Choose this run."""
        self.page.show_alerts(False)
        self.page.clear_search()
        self._send(ListRuns(self.page.query, run))

    def _open(self, run: str) -> None:
        """Ask what happened in a run."""
        self._opened = self.page.runs.rows_model.find(lambda row: row.record.id == run)
        self._send(OpenRun(run))

    def _view(self, row: RunRow) -> RunView:
        names = {row.record.device: row.device_name} if row.record.device and row.device_name else {}
        return runs.run(row.record, names)

    def stop_replay(self) -> None:
        """The list comes anew, or the page is left."""
        self._replay.stop()

    def _export(self, run: str, kind: str) -> None:
        ending = {"log": "txt"}.get(kind, kind)
        name = self.tr("Save a copy without names, addresses and secrets")
        path, _ = QFileDialog.getSaveFileName(self.page.window(), name, f"companion-{run}.{ending}")
        if path:
            self._send(ExportRun(run, kind, Path(path)))

    def _start_replay(self) -> None:
        """Play the run's events at the pace in which they happened."""
        self._moments = [view.at for view in self.page.events.rows_model.views]
        self._at = 0
        self._show_next_event()

    def _show_next_event(self) -> None:
        if self._at >= len(self._moments):
            return
        self.page.events.select_row(self._at)
        self._at += 1
        if self._at < len(self._moments):
            pause = min(self._moments[self._at] - self._moments[self._at - 1], LONGEST_PAUSE)
            self._replay.start(round(pause * 1000))
