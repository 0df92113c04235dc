"""The activity page at work: the registry's runs, one of them in detail, its replay and its copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from companion.plain_text import filled
from companion.registry.lists import PAGE, RunRow
from companion.registry.records import RunRecord
from companion.reports import ENDINGS
from ui.engine.activity import (
    CompareRuns,
    CountFailures,
    CountValues,
    FailuresCounted,
    ReadReport,
    ReportRead,
    RunsCompared,
    ValuesCounted,
)
from ui.engine.commands import Command, ExportRun, ListRuns, OpenRun
from ui.engine.events import ListPage, RunList
from ui.engine.octets import OctetsRead, ReadOctets
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.views import RunView
from ui.pages.page_reader import PageReader
from ui.present.registry import activity, octets, runs
from ui.present.registry.acts import EXPORT, REPLAY
from ui.present.texts import advice_of, title_of


class ActivityPresenter(QObject):
    """Fills the page from the registry's records; what one run holds comes when it is opened.

    pages_wanted: a run with its events, and its view, shall be replayed through its pages
    """

    pages_wanted = Signal(object, object)

    def __init__(self, send: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = ActivityPage(self._view, activity.fact_words)
        self._send = send
        self._report: tuple[RunRecord, ...] = ()
        self._reader = PageReader(send)
        self._opened: RunRow | None = None
        self._device = ""
        self._names: dict[str, str] = {}
        self._beside = ("", "")
        self._replays = ""
        self.page.query_changed.connect(self.refresh)
        self.page.filters.values_wanted.connect(lambda fact: send(CountValues(self.page.query, fact)))
        self.page.compare_wanted.connect(self._compare)
        self.page.report_wanted.connect(self._choose_report)
        self.page.report_closed.connect(self._close_report)
        self.page.runs.rows_model.page_wanted.connect(self._read_page)
        self.page.run_chosen.connect(self._open)
        self.page.export_wanted.connect(self._export)
        self.page.replay.pages_wanted.connect(self._show_pages)

    def refresh(self) -> None:
        """Ask for the list, with the selected run in sight."""
        if self._report:
            return
        self._send(ListRuns(self.page.query, self.page.selected, self._device))
        if self.page.shows_failures:
            self._send(self._counting())

    def show(self, told: RunList) -> None:
        """Show the list, unless another one is wanted by now."""
        if told.page.query != self.page.query or self._report:
            return
        if told.selected is not None:
            self._device = ""
        keep = self._reader.begin(told)
        rows = [row for row in told.page.rows if isinstance(row, RunRow)]
        self.page.show_list(told.total, told.every, told.page.number, rows, told.selected or 0, keep=keep)
        self.page.show_count(activity.counted(told.total, told.every))

    def show_page(self, page: ListPage) -> None:
        """Show what was scrolled to."""
        if not self._report and self._reader.take(page):
            rows = [row for row in page.rows if isinstance(row, RunRow)]
            self.page.runs.rows_model.show_page(page.number, rows)

    def show_details(self, record: RunRecord) -> None:
        """Show what happened in a run, if it is still the chosen one."""
        if self.page.shows(record.id) and self._opened is not None:
            self._opened = replace(self._opened, record=record)
            self.page.show_details(self._view(self._opened))
            for event in record.events:
                if event.kind == "captured":
                    file = str(event.facts.get("file") or "")
                    self._send(ReadOctets(record.id, file, record.protocol or ""))
            if record.id == self._replays:
                self._replays = ""
                self.page.replay.begin()

    def take(self, event: object) -> None:
        """What was counted, compared or read."""
        match event:
            case FailuresCounted() if event.asked == self._counting():
                self.page.show_failures(activity.failures(event.failures, event.asked.days))
            case ValuesCounted() if event.asked.query == self.page.query:
                self.page.filters.offer(event.asked.fact, [(each.value, each.count) for each in event.values])
            case RunsCompared():
                right = event.comparison.right.id if event.comparison is not None else ""
                view = activity.compared(
                    event.left, event.comparison, same_device=event.same_device, names=self._names
                )
                self.page.show_comparison(event.left.id, right, view)
            case OctetsRead() if self._opened is not None and self.page.shows(event.run):
                began = self._opened.record.started
                self.page.octets.show_messages(
                    octets.messages(event.messages, began), octets.decoded(event.decoded, began)
                )
            case ReportRead():
                self._show_report(event)

    def open_latest(self, device: str) -> None:
        """Choose the device's latest run."""
        self._close_report()
        self._device = device
        self.page.show_alerts(False)
        self.page.clear_search()
        self.refresh()

    def open_run(self, run: str, beside: str = "", act: str = "") -> None:
        """Choose this run; beside: hold it against another one by its id; act: export it, or replay it."""
        self._beside = (run, beside)
        self._replays = run if act == REPLAY else ""
        self._close_report()
        self.page.show_alerts(False)
        self.page.clear_search()
        self._send(ListRuns(self.page.query, run))
        if act == EXPORT:
            QTimer.singleShot(0, self.page, lambda: self._export(run, "html"))

    def _open(self, run: str) -> None:
        """Ask what happened in a run."""
        self._opened = self.page.runs.rows_model.find(lambda row: row.record.id == run)
        wanted, beside = self._beside
        if run == wanted and beside:
            self._beside = ("", "")
            QTimer.singleShot(0, lambda: self.page.compare(run, beside))
        if self._report:
            self.page.show_details(self._view(self._opened)) if self._opened is not None else None
        else:
            self._send(OpenRun(run))

    def _view(self, row: RunRow) -> RunView:
        if row.record.subject and row.device_name:
            self._names[row.record.subject] = row.device_name
        return runs.run(row.record, self._names)

    def _show_pages(self) -> None:
        if self._opened is not None and self.page.shows(self._opened.record.id):
            self.page.replay.stop()
            self.pages_wanted.emit(self._opened.record, self._view(self._opened))

    def stop_replay(self) -> None:
        """The list comes anew, or the page is left."""
        self.page.replay.stop()

    def _export(self, run: str, kind: str) -> None:
        name = self.tr("Save a copy without names, addresses and secrets")
        suggested = f"companion-{run or 'runs'}.{ENDINGS[kind]}"
        path, _ = QFileDialog.getSaveFileName(self.page.window(), name, suggested)
        if path:
            self._send(ExportRun(run or self.page.query, kind, Path(path)))

    # --- what fails, and two runs ------------------------------------------------------------------

    def _counting(self) -> CountFailures:
        return CountFailures(self.page.query, self.page.period)

    def _compare(self, left: str, right: str) -> None:
        """Runs of a report are not in the registry."""
        known = {record.id: record for record in self._report}
        if left:
            self._send(CompareRuns(known.get(left, left), known.get(right, right) or None))

    # --- a report of somebody else -----------------------------------------------------------------

    def _choose_report(self) -> None:
        name = self.tr("Open a report")
        path, _ = QFileDialog.getOpenFileName(self.page.window(), name, "", self.tr("Reports (*.json)"))
        if path:
            self._send(ReadReport(Path(path)))

    def _show_report(self, told: ReportRead) -> None:
        if told.error is not None:
            self.page.show_notice(title_of(told.error), advice_of(told.error))
            return
        self._report = told.runs
        words = self.tr("From {file}. Redacted, and not saved here.")
        self.page.show_report(filled(words, {"file": told.path.name}))
        self._list_report(0)

    def _list_report(self, number: int) -> None:
        rows = [RunRow(record) for record in self._report[number * PAGE : (number + 1) * PAGE]]
        if number:
            self.page.runs.rows_model.show_page(number, rows)
        else:
            self.page.show_list(len(self._report), len(self._report), 0, rows, 0, keep=False)

    def _close_report(self) -> None:
        """This computer's runs again."""
        if self._report:
            self._report = ()
            self.page.show_report("")
            self.refresh()

    def _read_page(self, number: int) -> None:
        if self._report:
            self._list_report(number)
        else:
            self._reader.read(number)
