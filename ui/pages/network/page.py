"""The page for network, name and room: what the device is to join, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from companion.model import DeviceSettings, WifiCredentials
from companion.plain_text import plain
from ui import art
from ui.pages.network.networks import NetworkChoice, NetworkList
from ui.widgets import (
    ArtView,
    Banner,
    Button,
    ButtonKind,
    Card,
    Field,
    FlowLayout,
    Label,
    Line,
    NetworkRow,
    PageFrame,
    RoomChip,
    Stage,
    StepMark,
    Tone,
)
from ui.widgets.button import PADDING
from ui.widgets.layouts import refill

SIDE, SIDE_BESIDE = 336, 260
LEAST = 400
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for no limit, which PySide does not export."""


@dataclass(frozen=True)
class NetworkView:
    """All that the page shows. `problem` is what was wrong with the last answer, which is filled in again.

    lead: to whom what is sent goes, and how; exposed: a warning, for it is not well protected
    again: only the networks are new, what the user filled in meanwhile stays.
    origin: where `chosen` comes from, "" if it was given for this device or is kept in the key store.
    keep: the words for leaving the network as it is, None where that can't be chosen; keeps: it is chosen.
    go_on, note: words of the button and beside it, "" and None for the usual ones.
    """

    title: str
    lead: str
    networks: tuple[NetworkChoice, ...]
    name: str
    room: str
    rooms: tuple[str, ...]
    art: str = "sensor"
    seen_by: str = ""
    can_rescan: bool = False
    again: bool = False
    chosen: WifiCredentials | None = None
    origin: str = ""
    needs_wifi: bool = True
    problem: str = ""
    exposed: bool = False
    keep: str | None = None
    keeps: bool = False
    go_on: str = ""
    note: str | None = None
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class NetworkPage(PageFrame):
    """Passive: shows a view. `submitted` carries the DeviceSettings, `cancelled` ends the run."""

    submitted = Signal(object)
    rescan_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rescan = Button("", ButtonKind.QUIET, icon="refresh")
        self._scanning = False
        self._needs_wifi = True
        self._suggested = ""
        self._problem = Banner(Tone.DANGER)
        self._warning = Banner(Tone.WARNING)
        self._seen_by = Label("", "caption", role="textSecondary", elide=True)
        self._networks = NetworkList()
        self._keeping = KeepChoice()
        self._network_side = QWidget()
        self._name = Field(self.tr("Name"))
        self._name.line_edit.setMaxLength(64)
        self._rooms = Rooms()
        self._art = ArtView(maximum=130, minimum=60)
        self._label_name = Label("", "strong", elide=True, align=Qt.AlignmentFlag.AlignCenter)
        self._label_room = Label("", "caption", role="textSecondary", align=Qt.AlignmentFlag.AlignCenter)
        self._kind = "sensor"
        self._columns = columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside = False
        columns.setSpacing(32)
        columns.addWidget(self._network_side, 1)
        columns.addWidget(self._name_side())
        self._arrange_networks()
        self.body.addWidget(self._warning)
        self.body.addWidget(self._problem)
        self.body.addLayout(columns, 1)
        self._cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._go = Button(self.tr("Hand over"), ButtonKind.PRIMARY, trailing="arrow-right")
        self._kept = Label(
            self.tr("Suggested again for the next device"), "caption", role="textSecondary", elide=True
        )
        self.add_left(self._cancel)
        self.add_right(self._kept)
        self.add_right(self._go)
        self._connect()

    def _arrange_networks(self) -> None:
        self._head = head = QHBoxLayout()
        head.addWidget(Label(self.tr("Network"), "heading"))
        head.addStretch(1)
        head.addWidget(self._seen_by)
        head.addWidget(self._rescan)
        column = QVBoxLayout(self._network_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._keeping)
        column.addWidget(self._networks, 1)
        column.addStretch(0)

    def _name_side(self) -> QWidget:
        side = QWidget()
        self._side = side
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(self.tr("Name and room"), "heading"))
        column.addWidget(self._name)
        column.addSpacing(4)
        column.addWidget(Label(self.tr("Room"), "strong"))
        column.addWidget(self._rooms)
        column.addSpacing(8)
        stage = self._drawing = Stage(minimum=120)
        stage.body.setContentsMargins(16, 12, 16, 14)
        stage.body.setSpacing(0)
        stage.body.addWidget(self._art, 1)
        stage.body.addWidget(self._label_name)
        stage.body.addWidget(self._label_room)
        column.addWidget(stage, 1)
        return side

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.cancelled)
        self._go.clicked.connect(self._submit)
        self._rescan.clicked.connect(self._on_rescan)
        self._networks.submitted.connect(self._submit)
        self._networks.changed.connect(self._check)
        self._networks.changed.connect(self._place_columns)
        self._name.submitted.connect(self._submit)
        self._name.changed.connect(lambda _: self._check())
        self._rooms.changed.connect(self._check)
        self._keeping.changed.connect(self._on_keep)

    def show_view(self, view: NetworkView) -> None:
        """Ask; with a problem, put the cursor where it can be fixed."""
        self._show_scanning(False)
        self._offer_rescan(view.can_rescan)
        self._seen_by.setText(view.seen_by)
        if view.again:
            self._networks.show_networks(view.networks, self._networks.draft())
            self._check()
            return
        self.set_title(view.title)
        self.set_lead("" if view.exposed else view.lead)
        self.set_steps(view.marks, view.spoken)
        self._needs_wifi, self._suggested, self._kind = view.needs_wifi, view.name, view.art
        self._name.set_text(plain(view.name))
        self._name.line_edit.setPlaceholderText(plain(view.name))
        self._rooms.show_rooms(view.rooms, view.room)
        self._network_side.setVisible(view.needs_wifi)
        self._networks.show_networks(view.networks, view.chosen, view.origin)
        self._keeping.offer(view.keep, keeps=view.keeps)
        self._go.setText(view.go_on or self.tr("Hand over"))
        self._kept.setText(self.tr("Suggested again for the next device") if view.note is None else view.note)
        self._on_keep()
        at_field = bool(view.problem) and view.needs_wifi and self._networks.set_wrong(view.problem)
        self._problem.setVisible(bool(view.problem) and not at_field)
        self._problem.show_notice(Tone.DANGER, "", view.problem, icon="warning")
        self._warning.setVisible(view.exposed)
        self._warning.show_notice(Tone.WARNING, "", view.lead, icon="warning")
        if self._keeping.keeps:
            self._keeping.focus_first()
        elif view.needs_wifi and not view.problem:
            self._networks.focus_first()
        self._check()
        self._place_columns()

    def set_device_beside(self, beside: bool) -> None:
        self._beside = beside
        self._drawing.setVisible(not beside)
        self._place_columns()

    def minimumSizeHint(self) -> QSize:
        """One column is enough: the other goes below it."""
        least = self._networks_width() + 2 * self.margin
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), max(least, LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_columns()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_columns()

    def _networks_width(self) -> int:
        """What the column of the networks needs at least."""
        return 0 if self._network_side.isHidden() else self._network_side.minimumSizeHint().width()

    def _place_columns(self) -> None:
        """Name and room stand beside the networks, or below them where the window is too narrow."""
        room = self.width() - 2 * self.margin - self._columns.spacing() - self._networks_width()
        widths = (SIDE_BESIDE,) if self._beside else (SIDE, SIDE_BESIDE)
        side = next((wide for wide in widths if wide <= room), None)
        if side is not None:
            self._columns.setDirection(QBoxLayout.Direction.LeftToRight)
            self._side.setFixedWidth(side)
        else:
            self._columns.setDirection(QBoxLayout.Direction.TopToBottom)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(QWIDGETSIZE_MAX)

    def _check(self) -> None:
        """The button works when everything is there; the drawing carries the name."""
        ready = not self._wants_wifi or self._networks.wifi() is not None
        self._go.setEnabled(ready and not self._scanning)
        name = self._name.text().strip() or self._suggested
        self._label_name.setText(name)
        self._label_room.setText(self._rooms.room() or self.tr("No room yet"))
        self._art.show_art(self._kind, art.Scene(caption=self._rooms.room()))

    def _offer_rescan(self, offered: bool) -> None:
        """The quiet button's words, not its box, meet the heading's line and the card's edge."""
        self._rescan.setVisible(offered)
        edge, beyond = (-PADDING, -7) if offered else (0, 0)
        left, right = (edge, 0) if self.isRightToLeft() else (0, edge)
        self._head.setContentsMargins(left, beyond, right, beyond)

    def _on_rescan(self) -> None:
        self._show_scanning(True)
        self._check()
        self.rescan_wanted.emit()

    def _show_scanning(self, scanning: bool) -> None:
        self._scanning = scanning
        self._rescan.setEnabled(not scanning)
        self._rescan.setText(self.tr("Device is scanning") if scanning else self.tr("Scan again"))

    @property
    def _wants_wifi(self) -> bool:
        return self._needs_wifi and not self._keeping.keeps

    def _on_keep(self) -> None:
        if self._networks.isHidden() is not self._keeping.keeps:
            self._networks.setVisible(not self._keeping.keeps)
            self._network_side.updateGeometry()
        self._check()

    def _submit(self) -> None:
        if not self._go.isEnabled():
            return
        wifi = self._networks.wifi() if self._wants_wifi else None
        name = self._name.text().strip() or self._suggested
        self.submitted.emit(DeviceSettings(name=name, room=self._rooms.room(), wifi=wifi))


class KeepChoice(Card):
    """Leave the network as it is, or choose another one; hidden where there is nothing to leave."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.body.setSpacing(0)
        self._group = QButtonGroup(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._group.idClicked.connect(lambda _: self.changed.emit())
        self.hide()

    @property
    def keeps(self) -> bool:
        """The network stays."""
        return self._group.checkedId() == 0

    def focus_first(self) -> None:
        """Put the keyboard on what is chosen."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, keep: str | None, *, keeps: bool) -> None:
        """Offer to leave it, with these words; None takes the choice away."""
        for old in self._group.buttons():
            self._group.removeButton(old)
        self.setVisible(keep is not None)
        if keep is None:
            return
        stay = NetworkRow(keep, self.tr("Its network settings stay unchanged"), locked=False)
        other = NetworkRow(self.tr("Another network"), locked=False)
        for index, row in enumerate((stay, other)):
            self._group.addButton(row, index)
        (stay if keeps else other).setChecked(True)
        refill(self._rows, [stay, Line(), other])


class Rooms(QWidget):
    """Room chips of which one or none is chosen, and a field for a new one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[RoomChip] = []
        self._row = FlowLayout(spacing=8)
        self._new = RoomChip(self.tr("New room"), icon="plus")
        self._new.setCheckable(True)
        self._field = Field(self.tr("Its name"))
        self._field.line_edit.setMaxLength(40)
        self._field.changed.connect(lambda _: self.changed.emit())
        self._new.toggled.connect(self._on_new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addWidget(self._field)

    def show_rooms(self, rooms: Sequence[str], chosen: str) -> None:
        """Offer these; a chosen one that is not among them is added."""
        for old in self._chips:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        names = [*rooms, *([chosen] if chosen and chosen not in rooms else [])]
        self._chips = [self._chip(name, name == chosen) for name in names]
        self._new.setChecked(False)
        self._field.hide()
        for chip in self._chips:
            self._row.addWidget(chip)
        # "New room" stays the last one.
        self._row.removeWidget(self._new)
        self._row.addWidget(self._new)

    def room(self) -> str:
        """The room's name, "" for none."""
        if self._new.isChecked():
            return self._field.text().strip()
        return next((chip.text() for chip in self._chips if chip.isChecked()), "")

    def _chip(self, name: str, checked: bool) -> RoomChip:
        chip = RoomChip(name)
        chip.setCheckable(True)
        chip.setChecked(checked)
        chip.toggled.connect(lambda on, chip=chip: self._on_chip(chip, on))
        return chip

    def _on_chip(self, chip: RoomChip, on: bool) -> None:
        if on:
            for other in (*self._chips, self._new):
                if other is not chip:
                    other.setChecked(False)
        self.changed.emit()

    def _on_new(self, on: bool) -> None:
        self._field.setVisible(on)
        if on:
            for chip in self._chips:
                chip.setChecked(False)
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
