"""The page of the lab: the world, what goes wrong in it, how often it runs, and what came of that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.pages.lab.card import DeviceCard
from ui.pages.lab.device import DevicePanel
from ui.pages.lab.outcomes import OutcomeCard
from ui.pages.lab.views import LabDeviceView, LabView, RunsView
from ui.present import drops
from ui.sources.drop_target import DropTarget
from ui.sources.file_kind import FileKind, file_in, kind_of
from ui.widgets import Button, ButtonKind, Card, Label, Line, Stepper, Tick
from ui.widgets.menu import Menu
from ui.widgets.scroll import ColumnScroll, RowScroll
from ui.widgets.section_frame import SectionFrame

SIDE = 276
LEAST_SCROLL = 72  # its scroll bar fits
MOST_RUNS, MOST_AT_A_TIME = 10_000, 32


class LabPage(SectionFrame):
    """Passive: shows a LabView. Devices are named by their place in it.

    added: a device of this protocol is wanted, "" for a real one; opened: the number of a run; exported:
    "toml", "json", "xml" or "csv"; dropped: the path of a file
    """

    device_selected = Signal(int)
    device_switched = Signal(int, bool)
    device_moved = Signal(int, int)
    added = Signal(str)
    removed = Signal()
    fault_changed = Signal(str, int)
    button_changed = Signal(int)
    source_changed = Signal(str)
    code_changed = Signal(str)
    pressed = Signal(bool)
    runs_changed = Signal(int, int, bool)
    act_wanted = Signal()
    opened = Signal(int)
    exported = Signal(str)
    scenario_wanted = Signal()
    dropped = Signal(str)

    def __init__(self, protocols: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """protocols: name and title of those that have virtual devices."""
        super().__init__("", parent=parent)
        self.set_title(self.tr("Lab"))
        self._protocols = protocols
        DropTarget(self, self._drop_words, self._take_drop)
        self._can_export = False
        self.export = Button(self.tr("File"), icon="file", trailing="chevron-down")
        self.export.clicked.connect(self._open_files)
        self.add_control(self.export)
        self._menu = Menu(self)
        self._cards: list[DeviceCard] = []
        self.add = Button("", ButtonKind.SECONDARY, icon="plus")
        self.device = DevicePanel()
        self.runs = Stepper(self.tr("Runs"), 1, 1, MOST_RUNS)
        self.at_a_time = Stepper(self.tr("At a time"), 1, 1, MOST_AT_A_TIME)
        self.stops = Tick(self.tr("Stop at the first failure"))
        self.act = Button("", ButtonKind.PRIMARY, icon="play")
        self.outcomes = OutcomeCard()
        self._lay_out()
        self._connect()

    def show_view(self, view: LabView) -> None:
        """Show the lab as it is now."""
        self.set_note(view.note)
        self._can_export = view.can_export
        editable = not view.runs.is_running
        self._show_devices(view.devices, view.selected, editable=editable)
        self.device.show_view(view.device, editable=editable)
        self._show_runs(view.runs)
        self.outcomes.show_view(view.outcome, view.chart)

    # --- parts ---------------------------------------------------------------------------------------

    def _show_devices(self, devices: Sequence[LabDeviceView], selected: int, *, editable: bool) -> None:
        while len(self._cards) > len(devices):
            card = self._cards.pop()
            self._world.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, view in enumerate(devices):
            if place == len(self._cards):
                self._add_card(place, view)
            card = self._cards[place]
            card.show_view(view)
            card.set_editable(editable)
            card.setChecked(place == selected)
        self.add.setEnabled(editable)

    def _add_card(self, place: int, view: LabDeviceView) -> None:
        card = DeviceCard(view)
        card.clicked.connect(lambda: self.device_selected.emit(place))
        card.switched.connect(partial(self.device_switched.emit, place))
        card.moved.connect(partial(self.device_moved.emit, place))
        self._world.insertWidget(place, card)
        self._cards.append(card)

    def _show_runs(self, view: RunsView) -> None:
        for widget, value in ((self.runs, view.runs), (self.at_a_time, view.at_a_time)):
            with QSignalBlocker(widget.box):
                widget.box.setValue(value)
            widget.setEnabled(not view.is_running and not (view.is_fixed and widget is self.runs))
        with QSignalBlocker(self.stops):
            self.stops.setChecked(view.stops)
        self.stops.setEnabled(not view.is_running)
        self.act.setText(view.act)
        self.act.set_icon("stop" if view.is_running else "play")
        self.act.set_kind(ButtonKind.SECONDARY if view.is_running else ButtonKind.PRIMARY)
        self.act.setEnabled(view.may_begin)

    # --- gestures ------------------------------------------------------------------------------------

    def _drop_words(self, data: QMimeData) -> str:
        path = file_in(data)
        is_scenario = path is not None and (path.suffix == ".toml" or kind_of(path) is FileKind.SCENARIO)
        return drops.use(FileKind.SCENARIO) if is_scenario else ""

    def _take_drop(self, data: QMimeData) -> None:
        path = file_in(data)
        if path is not None:
            self.dropped.emit(str(path))

    def _open_files(self) -> None:
        self._menu.clear()
        self._menu.offer(self.tr("Open a scenario"), self.scenario_wanted.emit)
        self._menu.offer(self.tr("Save the scenario"), partial(self.exported.emit, "toml"))
        if self._can_export:
            self._menu.offer(self.tr("Save the results as JSON"), partial(self.exported.emit, "json"))
            self._menu.offer(self.tr("Save the results as JUnit XML"), partial(self.exported.emit, "xml"))
            self._menu.offer(self.tr("Save the results as CSV"), partial(self.exported.emit, "csv"))
        self._menu.open_below(self.export)

    def _open_protocols(self) -> None:
        self._menu.clear()
        for name, title in self._protocols:
            self._menu.offer(title, partial(self.added.emit, name))
        self._menu.offer(self.tr("A real device"), partial(self.added.emit, ""))
        self._menu.open_below(self.add)

    def _tell_runs(self) -> None:
        self.runs_changed.emit(self.runs.box.value(), self.at_a_time.box.value(), self.stops.isChecked())

    def _connect(self) -> None:
        self.add.clicked.connect(self._open_protocols)
        self.device.fault_changed.connect(self.fault_changed)
        self.device.button_changed.connect(self.button_changed)
        self.device.source_changed.connect(self.source_changed)
        self.device.code_changed.connect(self.code_changed)
        self.device.pressed.connect(self.pressed)
        self.device.removed.connect(self.removed)
        self.runs.changed.connect(self._tell_runs)
        self.at_a_time.changed.connect(self._tell_runs)
        self.stops.toggled.connect(self._tell_runs)
        self.act.clicked.connect(self.act_wanted)
        self.outcomes.run_chosen.connect(self.opened)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._world = QHBoxLayout(inner)
        self._world.setContentsMargins(0, 0, 0, 0)
        self._world.setSpacing(12)
        self.add.setAccessibleName(self.tr("Add a device"))
        self.add.setFixedWidth(52)
        self._world.addWidget(self.add, 0, Qt.AlignmentFlag.AlignVCenter)
        self._world.addStretch(1)
        self.body.addWidget(RowScroll(inner))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._side())
        row.addWidget(self.outcomes, 1)
        self.body.addLayout(row, 1)

    def _side(self) -> QWidget:
        side = Card(padding=16)
        side.setMinimumWidth(SIDE)
        side.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        side.body.setSpacing(8)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.device)
        column.addStretch(1)
        column.addWidget(self.stops)
        scroll = ColumnScroll(inner)
        scroll.setMinimumHeight(LEAST_SCROLL)
        side.body.addWidget(scroll, 1)
        side.body.addWidget(Line())
        for words, widget in ((self.tr("Runs"), self.runs), (self.tr("At a time"), self.at_a_time)):
            line = QHBoxLayout()
            line.addWidget(Label(words, "body"), 1)
            line.addWidget(widget)
            side.body.addLayout(line)
        side.body.addWidget(self.act)
        return side
