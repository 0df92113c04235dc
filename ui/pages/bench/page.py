"""The bench: hands on the devices, eyes on one line."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.bench.stage import PromptStage
from ui.pages.bench.table import BenchTable
from ui.pages.bench.tally import TallyCard
from ui.pages.bench.views import BenchView
from ui.present import drops
from ui.sources.drop_target import DropTarget
from ui.sources.file_kind import goes_elsewhere
from ui.widgets import Button, ButtonKind, Card, IconView, Label
from ui.widgets.scroll import ColumnScroll
from ui.widgets.section_frame import SectionFrame
from ui.widgets.viewfinder import Viewfinder

SIDE = 300
CAMERA_LOW = 96


class BenchPage(SectionFrame):
    """Passive: shows BenchViews. answered: "they match"; retry_wanted, change_wanted: a code's key.

    dropped: QMimeData; pause_wanted: or to go on; finish_wanted; list_wanted: a file with codes;
    print_wanted, save_wanted: the sheet; new_wanted: another batch
    """

    answered = Signal(bool)
    retry_wanted = Signal(str)
    change_wanted = Signal(str)
    dropped = Signal(object)
    pause_wanted = Signal()
    finish_wanted = Signal()
    list_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Bench"), parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Bench"))
        DropTarget(self, self._drop_words, self.dropped.emit)
        self.stage = PromptStage()
        heads = (
            self.tr("No."),
            self.tr("Name"),
            self.tr("Serial number"),
            self.tr("State"),
            self.tr("Time"),
        )
        self.table = BenchTable(heads, self.tr("Devices of this batch, the latest first"))
        self.viewfinder = Viewfinder()
        self.viewfinder.setMinimumHeight(CAMERA_LOW)
        self.viewfinder.setMaximumHeight(152)
        self.tally = TallyCard()
        self._facts = [
            (Label("", "body", role="textSecondary"), Label("", "strong", elide=True)) for _ in range(3)
        ]
        self._icons = [IconView("", "textSecondary", 18) for _ in range(3)]
        self.list = Button(self.tr("Add a list"), ButtonKind.QUIET, icon="file")
        self.pause = Button("", icon="pause")
        self.finish = Button(self.tr("Finish"), icon="receipt")
        self.print = Button(self.tr("Print sheet"), ButtonKind.PRIMARY, icon="receipt")
        self.save = Button(self.tr("Save sheet"), icon="file")
        self.new = Button(self.tr("New batch"), ButtonKind.QUIET, icon="plus")
        self._connect()
        self._lay_out()

    def show_view(self, view: BenchView) -> None:
        """All of it as it is now."""
        self.stage.show_prompt(view.prompt)
        self.stage.show_tracks(view.tracks)
        self.table.rows_model.show_rows(view.rows)
        self.tally.show_tally(view.tally)
        for (name, value), icon, fact in zip(self._facts, self._icons, view.facts, strict=True):
            icon.show_icon(fact[0])
            name.setText(fact[1])
            value.setText(fact[2])
        self.pause.setText(self.tr("Go on") if view.is_paused else self.tr("Pause"))
        self.pause.set_icon("play" if view.is_paused else "pause")
        self.viewfinder.setVisible(not view.is_over)
        for button in (self.list, self.pause, self.finish):
            button.setVisible(not view.is_over)
        for button in (self.print, self.save, self.new):
            button.setVisible(view.is_over)
        self.finish.set_kind(ButtonKind.PRIMARY if view.finish_is_primary else ButtonKind.SECONDARY)

    # --- gestures ----------------------------------------------------------------------------------

    def _drop_words(self, data: QMimeData) -> str:
        if goes_elsewhere(data) or self.list.isHidden():
            return ""  # the window takes it, or says why nobody does
        return drops.batch() if data.hasUrls() or data.hasImage() or data.hasText() else ""

    def _connect(self) -> None:
        self.stage.answered.connect(self.answered)
        self.tally.retry_wanted.connect(self.retry_wanted)
        self.tally.change_wanted.connect(self.change_wanted)
        for button, signal in (
            (self.list, self.list_wanted),
            (self.pause, self.pause_wanted),
            (self.finish, self.finish_wanted),
            (self.print, self.print_wanted),
            (self.save, self.save_wanted),
            (self.new, self.new_wanted),
        ):
            button.clicked.connect(signal)

    # --- layout ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for button in (self.save, self.pause, self.finish, self.print):
            self.add_control(button)
        facts = Card(padding=16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for row, (name, value) in enumerate(self._facts):
            grid.addWidget(self._icons[row], row, 0)
            grid.addWidget(name, row, 1)
            value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, row, 2)
        grid.setColumnStretch(2, 1)
        facts.body.addLayout(grid)
        inner = QWidget()
        below = QVBoxLayout(inner)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(16)
        below.addWidget(facts)
        below.addWidget(self.tally, 1)
        for button in (self.list, self.new):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.viewfinder, 1)
        right.addWidget(ColumnScroll(inner), 3)
        left = QVBoxLayout()
        left.setSpacing(18)
        left.addWidget(self.stage)
        left.addWidget(self.table, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(left, 2)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)
