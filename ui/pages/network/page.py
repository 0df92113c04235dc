"""The page for network, name and room: what the device is to join, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from companion.model import DeviceSettings, WifiCredentials
from companion.plain_text import plain
from companion.secret import Secret
from ui import art
from ui.pages.network.company_gate import CompanyGate
from ui.pages.network.keep_choice import KeepChoice
from ui.pages.network.meshes import MeshChoice, MeshList
from ui.pages.network.networks import NetworkChoice, NetworkList
from ui.pages.network.rooms import Rooms
from ui.present import drops
from ui.sources.drop_target import DropTarget
from ui.sources.file_kind import file_in, goes_elsewhere
from ui.widgets import (
    ArtView,
    Banner,
    Button,
    ButtonKind,
    Field,
    Label,
    PageFrame,
    Stage,
    StepMark,
    Tone,
)
from ui.widgets.button import PADDING

SIDE, SIDE_BESIDE = 336, 260
LEAST = 400
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for no limit, which PySide does not export."""


@dataclass(frozen=True)
class NetworkView:
    """All that the page shows. `problem` is what was wrong with the last answer, which is filled in again.

    lead: to whom what is sent goes, and how; exposed: a warning, for it is not well protected
    again: only the networks are new, what the user filled in meanwhile stays.
    needs_thread: the device joins one of `meshes` instead, such as `chosen_mesh`.
    origin: where `chosen` comes from, "" if it was given for this device or is kept in the key store.
    keep: the words for leaving the network as it is, None where that can't be chosen; keeps: it is chosen.
    go_on, note: words of the button and beside it, "" and None for the usual ones.
    company: the device can be given a company network.
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
    needs_thread: bool = False
    meshes: tuple[MeshChoice, ...] = ()
    chosen_mesh: Secret | None = None
    problem: str = ""
    exposed: bool = False
    keep: str | None = None
    keeps: bool = False
    go_on: str = ""
    note: str | None = None
    company: bool = True
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class NetworkPage(PageFrame):
    """Passive: shows a view. `submitted` carries the DeviceSettings, `cancelled` ends the run.

    router_wanted: a border router is to be asked for its dataset; file_chosen: a file with one is to be read
    gate: of company networks, with wishes of its own
    """

    submitted = Signal(object)
    rescan_wanted = Signal()
    router_wanted = Signal(str)
    file_chosen = Signal(Path)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rescan = Button("", ButtonKind.QUIET, icon="refresh")
        self._scanning = self._ready = False
        self._kept_words = ""
        self._needs_wifi = True
        self._title_words = ""
        self._suggested = ""
        self._problem = Banner(Tone.DANGER)
        self._warning = Banner(Tone.WARNING)
        self._seen_by = Label("", "caption", role="textSecondary", elide=True)
        self._networks = NetworkList()
        self._meshes = MeshList()
        self._meshes.hide()
        self._needs_thread = self._asks_router = False
        self._keeping = KeepChoice()
        self._network_side = QWidget()
        self._name = Field(self.tr("Name"))
        self._name.line_edit.setMaxLength(64)
        self._rooms = Rooms()
        self._art = ArtView(maximum=130, minimum=60)
        self.gate = CompanyGate(self)
        DropTarget(self, self._drop_words, self._take_drop)
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
        for widget in (self._kept, self.gate.wait, self.gate.check_now, self._go):
            self.add_right(widget)
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
        column.addWidget(self._meshes, 1)
        column.addStretch(0)

    def _name_side(self) -> QWidget:
        side = QWidget()
        self._side = side
        side.setFixedWidth(SIDE)
        column = self._side_layout = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.gate.card)
        column.addWidget(self._naming(), 1)
        column.addStretch(0)
        return side

    def _naming(self) -> QWidget:
        made = self._named = QWidget()
        column = QVBoxLayout(made)
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
        return made

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.cancelled)
        self._go.clicked.connect(self._submit)
        self._rescan.clicked.connect(self._on_rescan)
        self._networks.submitted.connect(self._submit)
        self._networks.changed.connect(self._check)
        self._networks.changed.connect(self._place_columns)
        self.gate.attend(self._networks)
        self.gate.changed.connect(self._show_go)
        self.gate.changed.connect(self._place_columns)
        self._meshes.submitted.connect(self._submit)
        self._meshes.changed.connect(self._check)
        self._meshes.changed.connect(self._place_columns)
        self._meshes.file_wanted.connect(self._choose_file)
        self._meshes.router_wanted.connect(self._on_router)
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
            self._show_again(view)
            return
        self._title_words = view.title
        self.set_lead("" if view.exposed else view.lead)
        self.set_steps(view.marks, view.spoken)
        self._needs_wifi, self._suggested, self._kind = view.needs_wifi, view.name, view.art
        self._needs_thread = view.needs_thread
        self._name.set_text(plain(view.name))
        self._name.line_edit.setPlaceholderText(plain(view.name))
        self._rooms.show_rooms(view.rooms, view.room)
        self._network_side.setVisible(view.needs_wifi or view.needs_thread)
        self._keeping.offer(view.keep, keeps=view.keeps)
        self._on_keep()
        self._networks.show_networks(view.networks, view.chosen, view.origin)
        self._networks.offer_company(view.company)
        self._meshes.show_meshes(view.meshes, view.chosen_mesh)
        self._go.setText(view.go_on or self.tr("Hand over"))
        usual = self.tr("Suggested again for the next device")
        self._kept_words = usual if view.note is None else view.note
        at_field = bool(view.problem) and view.needs_wifi and self._networks.set_wrong(view.problem)
        self._show_problem("" if at_field else view.problem)
        self._warning.setVisible(view.exposed)
        self._warning.show_notice(Tone.WARNING, "", view.lead, icon="warning")
        self._check()
        self._place_columns()

    def focus_first(self) -> None:
        """Put the cursor where something is missing, else on what is chosen."""
        if self._keeping.keeps:
            self._keeping.focus_first()
        elif self._networks.isVisibleTo(self):
            self._networks.focus_first()
        elif self._meshes.isVisibleTo(self):
            self._meshes.focus_first()

    def set_device_beside(self, beside: bool) -> None:
        self._beside = beside
        self._show_go()
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
        least = self._side_layout.minimumSize().width()
        side = next((wide for wide in widths if least <= wide <= room), None)
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
        ready = ready and (not self._needs_thread or self._meshes.dataset() is not None)
        self._ready = ready and not self._scanning
        self.gate.follow(self._networks.wifi() if self._wants_wifi else None)
        self._show_go()
        name = self._name.text().strip() or self._suggested
        self._label_name.setText(name)
        self._label_room.setText(self._rooms.room() or self.tr("No room yet"))
        self._art.show_art(self._kind, art.Scene(caption=self._rooms.room()))

    def _show_go(self) -> None:
        """A company network is proved from here before the device gets it."""
        waits = self.gate.is_shut
        self._go.setVisible(not waits)
        self._go.setEnabled(self._ready and not waits)
        self._kept.setText(self.tr("Hand over waits for this check") if waits else self._kept_words)
        draws = self.gate.network is None and not self._beside
        self._drawing.setVisible(draws)
        self._side_layout.setStretchFactor(self._named, int(draws))
        # Beside the card of the check is no room for them, and until it has passed nothing is named.
        self._named.setVisible(not waits)
        self.set_title(self.tr("Which network should it join?") if waits else self._title_words)

    def take_company(self, found: WifiCredentials | tuple[bytes, ...], problem: str = "") -> None:
        """What a file held of a company network, or why it held nothing."""
        self._networks.take_company(found, problem)

    def _offer_rescan(self, offered: bool) -> None:
        """The quiet button's words, not its box, meet the heading's line and the card's edge."""
        self._rescan.setVisible(offered)
        edge, beyond = (-PADDING, -7) if offered else (0, 0)
        left, right = (edge, 0) if self.isRightToLeft() else (0, edge)
        self._head.setContentsMargins(left, beyond, right, beyond)

    def _show_again(self, view: NetworkView) -> None:
        """Only what the device sees is new, or what a border router was asked for."""
        self._networks.show_networks(view.networks, self._networks.draft())
        handed_out = view.chosen_mesh if self._asks_router and not view.problem else None
        self._asks_router = False
        self._meshes.show_meshes(view.meshes, handed_out or self._meshes.dataset())
        self._show_problem(view.problem)
        self._check()

    def _show_problem(self, sentence: str) -> None:
        self._problem.setVisible(bool(sentence))
        self._problem.show_notice(Tone.DANGER, "", sentence, icon="warning")

    def _on_router(self, router: str) -> None:
        self._asks_router = True
        self._show_scanning(True)
        self._check()
        self.router_wanted.emit(router)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self.window(), self.tr("Choose a file with a dataset"))
        if path:
            self.file_chosen.emit(Path(path))

    def take_dataset(self, text: str) -> None:
        """A dataset out of a file, or one that was dropped."""
        self._meshes.take_text(text)

    def say_unread(self, sentence: str) -> None:
        """Nothing came of the file."""
        self._meshes.say_wrong(sentence)

    def _drop_words(self, data: QMimeData) -> str:
        if not self._needs_thread or goes_elsewhere(data):
            return ""
        if data.hasUrls():
            return drops.dataset(is_file=True) if file_in(data) is not None else ""
        return drops.dataset(is_file=False) if data.hasText() else ""

    def _take_drop(self, data: QMimeData) -> None:
        path = file_in(data)
        if path is not None:
            self.file_chosen.emit(path)
        else:
            self.take_dataset(data.text())

    def _on_rescan(self) -> None:
        self._show_scanning(True)
        self._check()
        self.rescan_wanted.emit()

    def _show_scanning(self, scanning: bool) -> None:
        self._scanning = scanning
        self._rescan.setEnabled(not scanning)
        words = self.tr("Asking the border router") if self._asks_router else self.tr("Device is scanning")
        self._rescan.setText(words if scanning else self.tr("Scan again"))

    @property
    def _wants_wifi(self) -> bool:
        return self._needs_wifi and not self._keeping.keeps

    def _on_keep(self) -> None:
        for card, shown in (
            (self._networks, not self._keeping.keeps and not self._needs_thread),
            (self._meshes, self._needs_thread),
        ):
            if card.isHidden() is shown:
                card.setVisible(shown)
                self._network_side.updateGeometry()
        self._check()

    def _submit(self) -> None:
        if not self._go.isEnabled():
            return
        wifi = self._networks.wifi() if self._wants_wifi else None
        thread = self._meshes.dataset() if self._needs_thread else None
        name = self._name.text().strip() or self._suggested
        self.submitted.emit(DeviceSettings(name=name, room=self._rooms.room(), wifi=wifi, thread=thread))
