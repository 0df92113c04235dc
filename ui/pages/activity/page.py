"""The activity page: every run, what happened in it and when; beside it the alerts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from companion.registry.lists import RunQuery
from ui.pages.activity.lists import EventList, RunList
from ui.pages.activity.timeline import RunTimeline
from ui.pages.activity.views import RunView
from ui.pages.alerts.page import AlertsPage
from ui.widgets import Button, ButtonKind, Card, Chip, FlowLayout, IconView, Label, Segment, Stage
from ui.widgets.menu import Menu
from ui.widgets.search_field import SearchField
from ui.widgets.section_frame import SectionFrame

Item = TypeVar("Item")


class ActivityPage(SectionFrame, Generic[Item]):
    """Passive: shows RunViews. export_wanted carries a run's key and "log", "json" or "html".

    `query_changed`: another list is wanted, see `query`
    """

    query_changed = Signal()

    run_chosen = Signal(str)
    replay_wanted = Signal(str)
    export_wanted = Signal(str, str)

    def __init__(self, make: Callable[[Item], RunView], parent: QWidget | None = None) -> None:
        """make: the view of a list's item."""
        super().__init__("", parent=parent)
        self.query = RunQuery()
        self.set_title(self.tr("Activity"))
        self.set_note(self.tr("Every run. Secrets are never recorded."))
        self._search = SearchField(self.tr("Search device, protocol, error"))
        self.add_control(self._search)
        self.alerts = AlertsPage()
        self._every = 0
        self._switch = Segment((self.tr("Runs"), self.tr("Alerts")), self.tr("What to show"))
        self._switch.chosen.connect(self._on_switch)
        self.add_control(self._switch)
        self._nothing = Label(
            self.tr("No matching runs."), "body", role="textSecondary", align=Qt.AlignmentFlag.AlignCenter
        )
        self._nothing.hide()
        self._listed: RunView | None = None
        self._run: RunView | None = None
        self.runs = RunList(make)
        self.timeline = RunTimeline()
        self.events = EventList()
        self._name = Label("", "heading", elide=True)
        self._outcome = Chip("")
        self._summary = Label("", "body", role="textSecondary", elide=True)
        self._export = Button(self.tr("Export"), icon="file", trailing="chevron-down")
        self._replay = Button(self.tr("Replay"), ButtonKind.PRIMARY, icon="play")
        self._menu = Menu(self)
        self._right = QWidget()
        self._pages = QStackedLayout()
        self._lay_out()
        self._connect()

    def show_list(
        self, total: int, every: int, number: int, items: Sequence[Item], row: int, *, keep: bool
    ) -> None:
        """Show the list of `query`, newest first, of which a page is here.

        total: its rows; every: those without search; row: the one to select; keep: as `PagedModel.begin`
        """
        self._every = every
        self._on_switch(self._switch.current())
        self.runs.show_list(total, number, items, row, keep=keep)

    def show_alerts(self, shown: bool) -> None:
        """Bring the alerts to the front, or the runs."""
        self._switch.set_current(int(shown))
        self._on_switch(int(shown))

    def count_alerts(self, words: str) -> None:
        """The words on the switch, with how many alerts have no answer."""
        self._switch.set_words(1, words)

    def _on_switch(self, index: int) -> None:
        self._pages.setCurrentIndex(2 if index else 0 if self._every else 1)
        self._search.setVisible(bool(self._every) and not index)
        self.set_note("" if index else self.tr("Every run. Secrets are never recorded."))

    def clear_search(self) -> None:
        """Take off what may hide a run. Says nothing: who calls it asks for the list."""
        with QSignalBlocker(self._search):
            self._search.clear()
        self.query = RunQuery()

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
        self.events.rows_model.show_views(run.events)
        self._replay.setEnabled(bool(run.events))

    def _on_search(self, words: str) -> None:
        query = RunQuery(words.strip())
        if query != self.query:
            self.query = query
            self.query_changed.emit()

    def _on_run(self, run: RunView | None) -> None:
        for shown in (self._right, self.runs):
            shown.setVisible(run is not None)
        self._nothing.setVisible(run is None)
        # The same once more changes nothing: its events are here already.
        if run is not None and run != self._listed:
            self.show_details(run)
            self.run_chosen.emit(run.key)
        self._listed = run

    def _on_event(self, row: int) -> None:
        if self._run is not None and 0 <= row < len(self._run.events):
            self.timeline.set_moment(self._run.events[row].at)

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
        self._replay.clicked.connect(self._on_replay)
        self._export.clicked.connect(lambda: self._menu.open_below(self._export))
        for words, kind in (
            (self.tr("Redacted log"), "log"),
            (self.tr("JSON"), "json"),
            (self.tr("HTML report"), "html"),
        ):
            self._menu.offer(words, partial(self._on_export, kind))

    def _on_export(self, kind: str) -> None:
        if self._run is not None:
            self.export_wanted.emit(self._run.key, kind)

    def _on_replay(self) -> None:
        if self._run is not None:
            self.replay_wanted.emit(self._run.key)

    def _lay_out(self) -> None:
        left = Card(padding=0)
        left.body.setContentsMargins(1, 1, 1, 2)
        left.body.addWidget(self.runs, 1)
        left.body.addWidget(self._nothing, 2)
        left.setMinimumWidth(190)
        top = FlowLayout(spacing=12)
        top.addWidget(self._name)
        top.addWidget(self._outcome)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(self._summary)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addLayout(words, 1)
        heading.addWidget(self._export)
        heading.addWidget(self._replay)
        timeline = Card(padding=0)
        timeline.body.setContentsMargins(16, 6, 4, 5)
        timeline.body.addWidget(self.timeline)
        events = Card(padding=0)
        events.body.setContentsMargins(1, 1, 1, 2)
        events.body.addWidget(self.events)
        events.setMinimumHeight(96)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(15)
        right.addLayout(heading)
        right.addWidget(timeline)
        right.addWidget(events, 1)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addWidget(left, 272)
        columns.addWidget(self._right, 616)
        full = QWidget()
        full.setLayout(columns)
        self.body.addLayout(self._pages, 1)
        self._pages.addWidget(full)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self.alerts)

    def _empty(self) -> QWidget:
        centre = Qt.AlignmentFlag.AlignHCenter
        stage = Stage()
        stage.body.addStretch(2)
        stage.body.addWidget(IconView("activity", "accent", 42), 0, centre)
        stage.body.addSpacing(8)
        stage.body.addWidget(Label(self.tr("No runs yet"), "heading", align=centre))
        sentence = self.tr("Every device you set up and every failed attempt appears here.")
        stage.body.addWidget(Label(sentence, "body", role="textSecondary", wrap=True, align=centre))
        stage.body.addStretch(3)
        return stage
