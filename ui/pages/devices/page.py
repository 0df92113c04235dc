"""The devices page: everything that was set up from here, how it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import art
from ui.pages.devices.detail import DeviceDetail
from ui.pages.devices.table import DeviceTable, Filter
from ui.pages.devices.views import DeviceView
from ui.pages.views import NoticeView
from ui.widgets import ArtView, Banner, Button, ButtonKind, Card, Label, Segment, Stage
from ui.widgets.search_field import SearchField
from ui.widgets.section_frame import SectionFrame


class DevicesPage(SectionFrame):
    """Passive: shows DeviceViews; `action_chosen` carries a device's key and an action's, `renamed` a
    device's key, name and room.

    `renew_wanted`: the list of revoked certificates, of which a warning is shown
    """

    add_wanted = Signal()
    renew_wanted = Signal()
    action_chosen = Signal(str, str)
    renamed = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", counts=True, parent=parent)
        self.set_title(self.tr("Devices"))
        self._search = SearchField(self.tr("Search name, room, serial"))
        self._states = Segment(
            (self.tr("All"), self.tr("Set up"), self.tr("Needs attention")), self.tr("Which devices")
        )
        self._add = Button(self.tr("Add"), ButtonKind.PRIMARY, icon="plus")
        for control in (self._search, self._states, self._add):
            self.add_control(control)
        self.table = DeviceTable()
        self._detail = DeviceDetail()
        self._nothing = Label(
            self.tr("No matching devices."), "body", role="textSecondary", align=Qt.AlignmentFlag.AlignCenter
        )
        self._pages = QStackedLayout()
        self._pages.addWidget(self._full())
        self._pages.addWidget(self._empty())
        self.warning = Banner()
        self.renew = Button(self.tr("Renew the list"), icon="refresh")
        self.warning.add_action(self.renew)
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.body.addLayout(self._pages, 1)
        self._search.textChanged.connect(self._on_search)
        self._states.chosen.connect(self._on_state)
        self._add.clicked.connect(self.add_wanted)
        self.renew.clicked.connect(self.renew_wanted)
        self.table.current_changed.connect(self._on_current)
        self._detail.action_chosen.connect(self.action_chosen)
        self._detail.renamed.connect(self.renamed)

    def show_devices(self, devices: Sequence[DeviceView]) -> None:
        """Show these; without any, the page says how to get one."""
        self.set_note(str(len(devices)) if devices else "")
        self._pages.setCurrentIndex(0 if devices else 1)
        for control in (self._search, self._states, self._add):
            control.setVisible(bool(devices))
        self.table.show_devices(devices)

    def show_warning(self, warning: NoticeView | None) -> None:
        """Say what concerns all of them, above the table; None says nothing."""
        if warning is not None:
            self.warning.show_notice(warning.tone, warning.title, warning.sentence, icon=warning.icon)
        self.warning.setVisible(warning is not None)

    def open_device(self, key: str) -> None:
        """Select a device, such as the one that was just added; filters that hide it are taken off."""
        self._search.clear()
        self._states.set_current(Filter.ALL)
        self._on_state(Filter.ALL)
        self.table.select_key(key)

    def rename(self, name: str, room: str) -> None:
        """Let the user change what the selected device is called."""
        self._detail.rename(name, room)

    def _on_search(self, words: str) -> None:
        self.table.proxy.search(words)
        self.table.refilter()

    def _on_state(self, which: int) -> None:
        self.table.proxy.choose(Filter(which))
        self.table.refilter()

    def _on_current(self, device: DeviceView | None) -> None:
        self._detail.setVisible(device is not None)
        self._nothing.setVisible(device is None)
        if device is not None:
            self._detail.show_device(device)

    def _full(self) -> QWidget:
        card = Card(padding=0)
        card.body.setContentsMargins(1, 1, 1, 2)
        card.body.setSpacing(0)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._nothing, 2)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(20)
        columns.addWidget(card, 600)
        columns.addWidget(self._detail, 292)
        self._nothing.hide()
        holder = QWidget()
        holder.setLayout(columns)
        return holder

    def _empty(self) -> QWidget:
        centre = Qt.AlignmentFlag.AlignHCenter
        stage = Stage()
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addStretch(2)
        picture = ArtView("sensor", scene=art.Scene(display=""), minimum=150, maximum=150)
        picture.setFixedSize(150, 150)
        column.addWidget(picture, 0, centre)
        column.addSpacing(12)
        column.addWidget(Label(self.tr("No devices yet"), "heading", align=centre))
        sentence = self.tr("Devices that you add from this computer appear here, with their certificates.")
        column.addWidget(Label(sentence, "body", role="textSecondary", wrap=True, align=centre))
        column.addSpacing(16)
        add = Button(self.tr("Add the first device"), ButtonKind.PRIMARY, icon="plus")
        add.clicked.connect(self.add_wanted)
        column.addWidget(add, 0, centre)
        column.addStretch(3)
        stage.body.addLayout(column)
        return stage
