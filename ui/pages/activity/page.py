"""The activity page: every run, what fails most, two runs beside each other; beside it the alerts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from companion.registry.lists import FAILING, RunFact, RunQuery
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.activity.comparison import RunComparison
from ui.pages.activity.failures import FailureList
from ui.pages.activity.filters import FilterBar
from ui.pages.activity.lists import EventList, RunList
from ui.pages.activity.no_runs import NoRuns
from ui.pages.activity.octets import OctetsCard, with_octets
from ui.pages.activity.replay import ReplayBar
from ui.pages.activity.timeline import RunTimeline
from ui.pages.activity.views import ComparedView, FailuresView, FailureView, RunView
from ui.pages.alerts.page import AlertsPage
from ui.widgets import (
    Banner,
    Button,
    Card,
    Chip,
    FlowLayout,
    Label,
    Segment,
    Tone,
)
from ui.widgets.menu import Menu
from ui.widgets.search_field import SearchField
from ui.widgets.section_frame import SectionFrame

Item = TypeVar("Item")


RUNS, FAILURES, ALERTS = range(3)
LIST, NONE, OF_ALERTS, UNREADABLE = range(4)
USUAL_DAYS = 14  # in which failures are counted at first
KINDS = (
    (QT_TRANSLATE_NOOP("ActivityPage", "Redacted log"), "log"),
    (QT_TRANSLATE_NOOP("ActivityPage", "JSON"), "json"),
    (QT_TRANSLATE_NOOP("ActivityPage", "HTML report"), "html"),
    (QT_TRANSLATE_NOOP("ActivityPage", "JUnit XML"), "junit"),
    (QT_TRANSLATE_NOOP("ActivityPage", "CSV"), "csv"),
)


class ActivityPage(SectionFrame, Generic[Item]):
    """Passive: shows RunViews. export_wanted carries a run's key ("" for all of `query`) and one of
    `reports.KINDS`; compare_wanted the keys of two runs, the other one "" for the nearest good one.

    `query_changed`: another list is wanted, see `query`; while `shows_failures`, with what fails most in it
    """

    query_changed = Signal()

    run_chosen = Signal(str)
    export_wanted = Signal(str, str)
    compare_wanted = Signal(str, str)
    report_wanted = Signal()
    report_closed = Signal()

    def __init__(
        self,
        make: Callable[[Item], RunView],
        words: Callable[[RunFact, str], str] = lambda fact, value: value or fact.value,
        parent: QWidget | None = None,
    ) -> None:
        """make: the view of a list's item; words: what people call a value of a fact, or a fact for ""."""
        super().__init__("", parent=parent)
        self.query = RunQuery()
        self._compares = False
        self._picks = False
        self._pair = ("", "")
        self._failed: FailuresView | None = None
        self.set_title(self.tr("Activity"))
        self._search = SearchField(self.tr("Search runs"))
        self.alerts = AlertsPage()
        self._every = 0
        self._switch = Segment(
            (self.tr("Runs"), self.tr("Failures"), self.tr("Alerts")), self.tr("What to show")
        )
        self._switch.chosen.connect(self._show_place)
        self.filters = FilterBar(words, self._search)
        self.failures = FailureList()
        self.comparison = RunComparison()
        self._counted = ""
        self._report = ""
        self._close_report = Button(self.tr("Back"))
        self._close_report.hide()
        self._export = Button(self.tr("Export"), icon="file", trailing="chevron-down")
        self.notice = Banner(Tone.WARNING)
        self.notice.hide()
        self.add_control(self._switch)
        self.add_control(self._close_report)
        self.add_control(self._export)
        self._nothing = Label(
            self.tr("No matching runs."), "body", role="textSecondary", align=Qt.AlignmentFlag.AlignCenter
        )
        self._nothing.hide()
        self._listed: RunView | None = None
        self._run: RunView | None = None
        self.runs = RunList(make)
        self.timeline = RunTimeline()
        self.octets = OctetsCard()
        self.events = EventList()
        self._name = Label("", "heading", elide=True)
        self._outcome = Chip("")
        self._summary = Label("", "body", role="textSecondary", elide=True)
        self._compare = Button(self.tr("Compare"), icon="differ")
        self.replay = ReplayBar()
        self._menu = Menu(self)
        self._right = QWidget()
        self._sides = QStackedLayout()
        self._pages = QStackedLayout()
        self._is_unreadable = False
        self._lay_out()
        self._connect()

    def show_list(
        self, total: int, every: int, number: int, items: Sequence[Item], row: int, *, keep: bool
    ) -> None:
        """Show the list of `query`, newest first, of which a page is here.

        total: its rows; every: those without search; row: the one to select; keep: as `PagedModel.begin`
        """
        self._every, self._is_unreadable = every, False
        self._on_switch(self._switch.current())
        self.runs.show_list(total, number, items, row, keep=keep)

    def show_unreadable(self) -> None:
        """There is no list, and the banner above says why. The next list brings everything back."""
        self._is_unreadable = True
        self._on_switch(self._switch.current())

    def show_alerts(self, shown: bool) -> None:
        """Bring the alerts to the front, or the runs."""
        self._show_place(ALERTS if shown else RUNS)

    def count_alerts(self, words: str) -> None:
        """The words on the switch, with how many alerts have no answer."""
        self._switch.set_words(ALERTS, words)

    def show_count(self, words: str) -> None:
        """How many runs the filters leave."""
        self._counted = words
        self._on_switch(self._switch.current())

    def show_failures(self, view: FailuresView) -> None:
        """What fails most among the runs of the filters."""
        self._failed = view
        self.failures.show_failures(view, self.query.code, self.query.step)

    def show_comparison(self, left: str, right: str, view: ComparedView) -> None:
        """Two runs beside each other, by their keys; right: "" where there is none."""
        self._pair = (left, right)
        self.comparison.show_view(view)

    def show_report(self, sentence: str) -> None:
        """Say whose runs these are, if they are of a file; "" for those of this computer."""
        self.notice.hide()
        self._report = sentence
        self._close_report.setVisible(bool(sentence))
        for widget in (self.filters, self._switch):
            widget.setVisible(not sentence)
        if sentence:
            self._show_place(RUNS)

    def show_notice(self, title: str, sentence: str) -> None:
        """Say why a file was not opened, until another list is asked for."""
        self.notice.show_notice(Tone.WARNING, title, sentence)
        self.notice.show()

    @property
    def period(self) -> int | None:
        """Of how many days runs are listed and failures counted; None for all time."""
        return self.filters.days

    @property
    def shows_failures(self) -> bool:
        """Whether what fails most is in front."""
        return self._switch.current() == FAILURES

    def _show_place(self, place: int) -> None:
        self._switch.set_current(place)
        self._on_switch(place)

    def _on_switch(self, place: int) -> None:
        has_report = bool(self._report)
        of_runs = LIST if self._every or has_report else UNREADABLE if self._is_unreadable else NONE
        self._pages.setCurrentIndex(OF_ALERTS if place == ALERTS else of_runs)
        listed = bool(self._every) and place != ALERTS and not has_report
        self.filters.setVisible(listed)
        self._export.setVisible(place != ALERTS)
        self.set_note(self._report or ("" if place == ALERTS or not self._every else self._counted))
        if self.failures.isHidden() is (place == FAILURES):
            self.failures.setVisible(place == FAILURES)
            self._show_side(compares=place == FAILURES)
            wanted = replace(self.query, ending=FAILING if place == FAILURES else "")
            if place == FAILURES and wanted.since is None:
                wanted = self.filters.within(wanted, USUAL_DAYS)
            self._ask(wanted)

    def _show_side(self, *, compares: bool) -> None:
        """The timeline of the chosen run, or the run beside another one."""
        self._compares = compares
        self._sides.setCurrentIndex(int(compares))
        self.comparison.timeline.setVisible(True)
        if compares and self._listed is not None:
            self.compare_wanted.emit(self._listed.key, "")

    def compare(self, run: str, other: str) -> None:
        """Hold a run against another one, both by their keys."""
        self._compares = True
        self._sides.setCurrentIndex(1)
        self.compare_wanted.emit(run, other)

    def _ask(self, query: RunQuery) -> None:
        if query != self.query:
            self.query = query
            self.filters.show_query(query)
            if self._failed is not None:
                self.failures.show_failures(self._failed, query.code, query.step)
            self.query_changed.emit()

    def clear_search(self) -> None:
        """Take off what may hide a run. Says nothing: who calls it asks for the list."""
        with QSignalBlocker(self._search):
            self._search.clear()
        self.query = RunQuery()
        self.filters.show_query(self.query)

    @property
    def selected(self) -> str:
        """The key of the selected run; "" for none."""
        return self._listed.key if self._listed is not None else ""

    def shows(self, key: str) -> bool:
        """Whether this run is selected; details of another one come too late."""
        return self._run is not None and self._run.key == key

    def show_details(self, run: RunView) -> None:
        """Fill the right side; for runs whose events are read only when they are looked at."""
        self._run = run
        self._name.setText(run.name)
        self._outcome.show_state(run.outcome, run.tone, icon=run.icon)
        self._outcome.setVisible(bool(run.outcome))
        self._summary.setText(run.summary)
        self.timeline.show_run(run)
        self.octets.show_messages(())
        self.events.rows_model.show_views(run.events)
        self.replay.show_moments([event.at for event in run.events])

    def _on_search(self, words: str) -> None:
        self._ask(replace(self.query, search=words.strip()))

    def _on_run(self, run: RunView | None) -> None:
        for shown in (self._right, self.runs):
            shown.setVisible(run is not None)
        self._nothing.setVisible(run is None)
        if run is not None and self._picks and run.key != self._pair[0]:
            self._picks = False
            self.comparison.other.setChecked(False)
            self.compare_wanted.emit(self._pair[0], run.key)
            return
        # The same once more changes nothing: its events are here already.
        if run is not None and run != self._listed:
            self.show_details(run)
            self.run_chosen.emit(run.key)
            if self._compares:
                self.compare_wanted.emit(run.key, "")
        self._listed = run

    def _on_event(self, row: int) -> None:
        if self._run is not None and 0 <= row < len(self._run.events):
            self.replay.set_row(row)
            self.timeline.set_moment(self._run.events[row].at)
            self.octets.show_moment(self._run.events[row].at)

    def _on_moment(self, seconds: float) -> None:
        """Select the event that is nearest to a moment of the timeline."""
        if self._run is not None and self._run.events:
            events = self._run.events
            self.events.select_row(min(range(len(events)), key=lambda row: abs(events[row].at - seconds)))

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_search)
        self.runs.run_selected.connect(self._on_run)
        self.events.current_changed.connect(self._on_event)
        self.timeline.moment_chosen.connect(self._on_moment)
        self.replay.row_wanted.connect(self.events.select_row)
        for view in (self.events, self.timeline):
            self.replay.serve(view)
        self._compare.clicked.connect(lambda: self._show_side(compares=True))
        self.comparison.timeline_wanted.connect(lambda: self._show_side(compares=False))
        self.comparison.swap_wanted.connect(lambda: self.compare_wanted.emit(self._pair[1], self._pair[0]))
        self.comparison.other_wanted.connect(self._on_other)
        self.runs.other_chosen.connect(self._on_other_chosen)
        self.filters.changed.connect(self._on_filters)
        self.failures.chosen.connect(self._on_failure)
        self.failures.period_wanted.connect(self._on_period)
        self._close_report.clicked.connect(self.report_closed)
        self._search.emptied.connect(self.filters.take_off_last)
        self._export.clicked.connect(lambda: self._menu.open_below(self._export))
        named = [(QCoreApplication.translate("ActivityPage", words), kind) for words, kind in KINDS]
        for words, kind in named:
            self._menu.offer(self.tr("This run: {kind}").format(kind=words), partial(self._on_export, kind))
        for words, kind in named:
            every = self.tr("All listed runs: {kind}").format(kind=words)
            self._menu.offer(every, partial(self.export_wanted.emit, "", kind))
        self._menu.offer(self.tr("Open a report"), self.report_wanted.emit, icon="file")

    def _on_filters(self, query: RunQuery) -> None:
        self._ask(replace(query, search=self.query.search, ending=self.query.ending))

    def _on_failure(self, view: FailureView) -> None:
        """A row sets code and step; the same once more takes them off."""
        same = (self.query.code, self.query.step) == (view.code, view.step)
        self._ask(replace(self.query, code="" if same else view.code, step="" if same else view.step))

    def _on_period(self, days: int | None) -> None:
        self.filters.set_days(days)

    def _on_other(self, wanted: bool) -> None:
        """The next run that is chosen in the list stands beside this one."""
        self._picks = wanted
        if wanted:
            self.runs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_other_chosen(self, run: RunView) -> None:
        if self._listed is not None and run.key != self._listed.key:
            self.compare(self._listed.key, run.key)

    def _on_export(self, kind: str) -> None:
        if self._run is not None:
            self.export_wanted.emit(self._run.key, kind)

    def _lay_out(self) -> None:
        left = Card(padding=0)
        left.body.setContentsMargins(1, 1, 1, 2)
        left.body.addWidget(self.runs, 1)
        left.body.addWidget(self._nothing, 2)
        left.setMinimumWidth(190)
        top = FlowLayout(spacing=12)
        top.addWidget(self._name)
        top.addWidget(self._outcome)
        heading = QGridLayout()
        heading.setHorizontalSpacing(8)
        heading.setVerticalSpacing(2)
        heading.setColumnStretch(0, 1)
        heading.addLayout(top, 0, 0)
        heading.addWidget(self._compare, 0, 1)
        heading.addWidget(self.replay, 0, 2)
        heading.addWidget(self._summary, 1, 0, 1, 2)
        heading.addWidget(self.replay.pages, 1, 2, Qt.AlignmentFlag.AlignRight)
        events = Card(padding=0)
        events.body.setContentsMargins(1, 1, 1, 2)
        events.body.addWidget(self.events)
        events.setMinimumHeight(84)
        one = QWidget()
        right = QVBoxLayout(one)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addLayout(heading)
        right.addWidget(with_octets(self.timeline, self.octets))
        right.addWidget(events, 1)
        self._right.setLayout(self._sides)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(one)
        self._sides.addWidget(self.comparison)
        self.failures.hide()
        start = QVBoxLayout()
        start.setContentsMargins(0, 0, 0, 0)
        start.setSpacing(14)
        start.addWidget(self.failures, 9)
        start.addWidget(left, 12)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addLayout(start, 272)
        columns.addWidget(self._right, 616)
        full = QWidget()
        full.setLayout(columns)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.filters)
        self.body.addLayout(self._pages, 1)
        for place in (full, NoRuns(), self.alerts, QWidget()):
            self._pages.addWidget(place)
