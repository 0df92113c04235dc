"""The devices and activity pages at work: asks the engine for records when a page comes to the front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from companion.events import RunFinished
from ui.engine.messages import Command, ExportRun, ListRecords, OpenRun, Records, RunOpened
from ui.flow.ownership import Owned, Task
from ui.pages.activity.page import ActivityPage
from ui.pages.devices.page import DevicesPage
from ui.pages.record_views import DeviceView, EventView, RunView
from ui.pages.views import NoticeView
from ui.present import records

# A replay keeps the pauses that lay between two events, up to this long.
LONGEST_PAUSE = 2.0


class RecordPages(QObject):
    """Fills both pages. `add_wanted`: the user wants to set up a device; `act_wanted`: a Task and the Owned
    device it is for; `history_wanted`: the activity page shall come, with this device's latest run.
    """

    add_wanted = Signal()
    act_wanted = Signal(object, object)
    history_wanted = Signal()

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send = send
        self._names: dict[str, str] = {}
        self._kept = Records((), ())
        self._views: list[DeviceView] | None = None
        self._runs: list[RunView] | None = None
        # What an act has just done to a device, until its user does something else with it.
        self._news: dict[str, NoticeView] = {}
        self._wanted_device = ""
        self.devices = DevicesPage()
        self.activity = ActivityPage()
        self.devices.add_wanted.connect(self.add_wanted)
        self.devices.action_chosen.connect(self._on_action)
        self.devices.renew_wanted.connect(lambda: self.act_wanted.emit(Task.RENEW, Owned("", "")))
        self.activity.run_chosen.connect(lambda run: self._send(OpenRun(run)))
        self.activity.export_wanted.connect(self._export)
        self.activity.replay_wanted.connect(lambda _: self._replay())
        self._moments: list[float] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._step)

    def refresh(self) -> None:
        """A page came to the front, or a run ended."""
        self._next.stop()
        self._send(ListRecords())

    def open_device(self, key: str) -> None:
        """Show this device as soon as its record is there."""
        self._wanted_device = key
        self.refresh()

    def tell(self, key: str, news: NoticeView | None) -> None:
        """Say on a device's page what has just been done; None says nothing."""
        self._news = {} if news is None else {key: news}
        self.refresh()

    def take(self, event: object) -> None:
        """An event of the engine."""
        match event:
            case Records():
                self._show(event)
            case RunOpened() if self.activity.shows(event.run.id):
                self.activity.show_details(records.run(event.run, self._names))
            case RunFinished():
                self.refresh()

    def _show(self, kept: Records) -> None:
        self._kept = kept
        latest = {run.device: run for run in reversed(kept.runs)}
        views = [
            records.device(record, last=latest.get(record.id), news=self._news.get(record.id))
            for record in kept.devices
        ]
        self._names = {view.key: view.name for view in views}
        runs = [records.run(run, self._names) for run in kept.runs]
        # What is shown already is not painted anew: the list comes after every run and every visit.
        if views != self._views:
            self._views = views
            self.devices.show_devices(views)
        self.devices.show_warning(records.revoked_list(kept.published))
        if runs != self._runs:
            self._runs = runs
            self.activity.show_runs(runs)
        if self._wanted_device in self._names:
            self.devices.open_device(self._wanted_device)
            self._wanted_device = ""

    def _on_action(self, key: str, action: str) -> None:
        """Something that the page of a device offers."""
        record = next((each for each in self._kept.devices if each.id == key), None)
        if record is None:
            return
        if action != records.HISTORY:
            self.act_wanted.emit(Task(action), records.owned(record))
            return
        self.history_wanted.emit()
        for run in self._kept.runs:
            if run.device == key:
                self.activity.open_run(run.id)
                break

    def _export(self, run: str, kind: str) -> None:
        ending = {"log": "txt"}.get(kind, kind)
        name = self.tr("Save a copy without names, addresses and secrets")
        path, _ = QFileDialog.getSaveFileName(self.activity.window(), name, f"companion-{run}.{ending}")
        if path:
            self._send(ExportRun(run, kind, Path(path)))

    # --- replay ------------------------------------------------------------------------------------

    def _replay(self) -> None:
        """Play the run's events at the pace in which they happened."""
        model = self.activity.events.rows_model
        self._moments = [view.at for view in model.views if isinstance(view, EventView)]
        self._at = 0
        self._step()

    def _step(self) -> None:
        if self._at >= len(self._moments):
            return
        self.activity.events.select_row(self._at)
        self._at += 1
        if self._at < len(self._moments):
            pause = min(self._moments[self._at] - self._moments[self._at - 1], LONGEST_PAUSE)
            self._next.start(round(pause * 1000))
