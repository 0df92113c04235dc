"""The activity page at work: the registry's runs, one of them in detail, its replay and its copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from companion.registry.records import RunRecord
from ui.engine.messages import Command, ExportRun, OpenRun
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.views import EventView, RunView
from ui.present.registry import runs

# A replay keeps the pauses that lay between two events, up to this many seconds.
LONGEST_PAUSE = 2.0


class ActivityPresenter(QObject):
    """Fills the page from the registry's records; what one run holds comes when it is opened."""

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = ActivityPage()
        self._send = send
        self._records: tuple[RunRecord, ...] = ()
        self._names: dict[str, str] = {}
        self._shown: list[RunView] | None = None
        self._moments: list[float] = []
        self._at = 0
        self._replay = QTimer(self)
        self._replay.setSingleShot(True)
        self._replay.timeout.connect(self._show_next_event)
        self.page.run_chosen.connect(lambda run: send(OpenRun(run)))
        self.page.export_wanted.connect(self._export)
        self.page.replay_wanted.connect(lambda _: self._start_replay())

    def show(self, records: Sequence[RunRecord], names: dict[str, str]) -> None:
        """Show these runs; names: the devices' by their keys."""
        self._records, self._names = tuple(records), names
        views = [runs.run(record, names) for record in records]
        if views != self._shown:
            self._shown = views
            self.page.show_runs(views)

    def show_details(self, record: RunRecord) -> None:
        """Show what happened in a run, if it is still the chosen one."""
        if self.page.shows(record.id):
            self.page.show_details(runs.run(record, self._names))

    def open_latest(self, device: str) -> None:
        """Choose the device's latest run."""
        latest = next((run for run in self._records if run.device == device), None)
        if latest is not None:
            self.page.open_run(latest.id)

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
        views = self.page.events.rows_model.views
        self._moments = [view.at for view in views if isinstance(view, EventView)]
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
