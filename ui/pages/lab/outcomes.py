"""What came of the runs: the strip, the counts, what failed first, and the seconds of each step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.lab.chart import StepChart
from ui.pages.lab.strip import INK, OutcomeStrip
from ui.pages.lab.views import ChartView, Mark, OutcomeView
from ui.widgets import Banner, Button, ButtonKind, Card, Chip, FlowLayout, IconView, Label
from ui.widgets.scroll import ColumnScroll

ICONS = {Mark.GOOD: "check", Mark.RETRIED: "refresh", Mark.FAILED: "cross", Mark.STOPPED: "ban"}


class OutcomeCard(QWidget):
    """`run_chosen`: the number of a run that is to be opened."""

    run_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "heading", elide=True)
        self._state = Chip("")
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        self._seconds = Label("", "captionStrong", role="textSecondary", elide=True, align=trailing)
        self.strip = OutcomeStrip()
        self._counts = {
            mark: (IconView(icon, INK[mark], 16), Label("", "body")) for mark, icon in ICONS.items()
        }
        self._sentence = Label("", "body", role="textSecondary", wrap=True)
        self.notice = Banner()
        self.open = Button(self.tr("Open timeline"), ButtonKind.SECONDARY, icon="activity")
        self.notice.add_beside(self.open)
        self.chart = StepChart()
        self._first = 0
        self._lay_out()
        self.strip.run_chosen.connect(self.run_chosen)
        self.chart.run_chosen.connect(self.run_chosen)
        self.open.clicked.connect(lambda: self.run_chosen.emit(self._first))

    def show_view(self, view: OutcomeView, chart: ChartView) -> None:
        """Show what came of it so far."""
        self._first = view.first
        self._title.setText(view.title)
        self._state.setVisible(bool(view.state))
        self._state.show_state(view.state, view.tone, icon=view.icon)
        self._seconds.setText(view.seconds)
        self.strip.setVisible(bool(view.marks))
        self.strip.show_marks(view.marks, view.first, view.words)
        counts = dict(view.counts)
        for mark, (_icon, label) in self._counts.items():
            label.setText(counts.get(mark, ""))
            self._pairs[mark].setVisible(mark in counts)
        self._all_counts.setVisible(bool(counts))
        self._sentence.setVisible(bool(view.sentence))
        self._sentence.setText(view.sentence)
        self.notice.setVisible(view.notice is not None)
        if view.notice is not None:
            self.notice.show_notice(*view.notice)
        self.open.setVisible(view.can_open)
        self.open.set_kind(ButtonKind.PRIMARY if view.primary else ButtonKind.SECONDARY)
        self._times.setVisible(bool(chart.steps))
        self.chart.show_view(chart)

    def _lay_out(self) -> None:
        top = Card(padding=16)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addWidget(self._seconds, 1)
        top.body.setSpacing(8)
        top.body.addLayout(head)
        top.body.addWidget(self.strip)
        counts = self._all_counts = QWidget()
        flow = FlowLayout(spacing=20, parent=counts)
        self._pairs = {mark: _pair(icon, label) for mark, (icon, label) in self._counts.items()}
        for pair in self._pairs.values():
            flow.addWidget(pair)
        top.body.addWidget(counts)
        top.body.addWidget(self._sentence)
        top.body.addWidget(self.notice)
        self._times = Card(padding=16)
        self._times.body.setSpacing(8)
        self._times.body.addLayout(self._legend())
        self._times.body.addWidget(self.chart)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(top)
        column.addWidget(self._times)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ColumnScroll(inner))

    def _legend(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(Label(self.tr("Seconds per step"), "heading", elide=True), 1)
        words_of = QWidget()
        legend = FlowLayout(spacing=10, parent=words_of)
        line.addWidget(words_of, 2)
        for icon, role, words in (
            ("", "accent", self.tr("a dot: one run")),
            ("", "text", self.tr("a box: half of all, median")),
            ("cross", "danger", self.tr("failed here")),
        ):
            label = Label(words, "caption", role="textSecondary")
            legend.addWidget(_pair(IconView(icon, role, 14), label) if icon else label)
        return line


def _pair(icon: QWidget, label: QWidget) -> QWidget:
    """An icon and its words, which stay together."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(icon)
    row.addWidget(label)
    return pair
