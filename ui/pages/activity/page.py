"""The activity page: every run, what happened in it and when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.pages.activity.lists import EventList, RunList
from ui.pages.activity.timeline import RunTimeline
from ui.pages.activity.views import RunView
from ui.widgets import Button, ButtonKind, Card, Chip, FlowLayout, IconView, Label, Stage
from ui.widgets.menu import Menu
from ui.widgets.section_frame import SectionFrame


class ActivityPage(SectionFrame):
    """Passive: shows RunViews. export_wanted carries a run's key and "log", "json" or "html"."""

    run_chosen = Signal(str)
    replay_wanted = Signal(str)
    export_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Activity"))
        self.set_note(self.tr("Every run, step by step. Secrets are never recorded."))
        self._runs: tuple[RunView, ...] = ()
        self._run: RunView | None = None
        self.runs = RunList()
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

    def show_runs(self, runs: Sequence[RunView]) -> None:
        """Show these, newest first; the selection stays with its run."""
        wanted = self._run.key if self._run is not None else ""
        self._runs = tuple(runs)
        self.runs.rows_model.show_views(self._runs)
        keys = [run.key for run in self._runs]
        self._pages.setCurrentIndex(0 if self._runs else 1)
        if self._runs:
            self.runs.select_row(keys.index(wanted) if wanted in keys else 0)

    def open_run(self, key: str) -> None:
        """Select a run."""
        for row, run in enumerate(self._runs):
            if run.key == key:
                self.runs.select_row(row)

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

    def _on_run(self, row: int) -> None:
        if 0 <= row < len(self._runs):
            self.show_details(self._runs[row])
            self.run_chosen.emit(self._runs[row].key)

    def _on_event(self, row: int) -> None:
        if self._run is not None and 0 <= row < len(self._run.events):
            self.timeline.set_moment(self._run.events[row].at)

    def _on_moment(self, seconds: float) -> None:
        """Select the event that is nearest to a moment of the timeline."""
        if self._run is not None and self._run.events:
            events = self._run.events
            self.events.select_row(min(range(len(events)), key=lambda row: abs(events[row].at - seconds)))

    def _connect(self) -> None:
        self.runs.current_changed.connect(self._on_run)
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
        left.body.addWidget(self.runs)
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
        self._pages.addWidget(full)
        self._pages.addWidget(self._empty())
        self.body.addLayout(self._pages, 1)

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
