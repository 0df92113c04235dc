"""The devices page: everything that was set up from here, how it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from companion.registry.lists import DeviceFilter, DeviceOrder, DeviceQuery
from ui import art
from ui.pages.devices.detail import DeviceDetail
from ui.pages.devices.inspection.evaluation import EvaluationPage
from ui.pages.devices.inspection.trust import TrustPage
from ui.pages.devices.inspection.voucher import VoucherPage
from ui.pages.devices.inventory_bar import DUE, InventoryBar
from ui.pages.devices.network_form import NetworkForm
from ui.pages.devices.selection import MOST
from ui.pages.devices.table import Column, DeviceTable
from ui.pages.devices.tag_form import TagForm
from ui.pages.devices.views import DeviceView
from ui.pages.views import NoticeView
from ui.widgets import ArtView, Banner, Button, ButtonKind, Card, Chip, Label, Segment, Stage, Tone
from ui.widgets.search_field import SearchField
from ui.widgets.section_frame import SectionFrame

Item = TypeVar("Item")

FILTERS = (DeviceFilter.ALL, DeviceFilter.SET_UP, DeviceFilter.NEEDS_ATTENTION)


class DevicesPage(SectionFrame, Generic[Item]):
    """Passive: shows DeviceViews; `action_chosen` carries a device's key and an action's, `renamed` a
    device's key, name, room, tags and note.

    `query_changed`: another list is wanted, see `query`
    `renew_wanted`: the list of revoked certificates, of which a warning is shown
    `virtual_wanted`: the virtual devices instead, which have a list of their own
    """

    query_changed = Signal()

    add_wanted = Signal()
    virtual_wanted = Signal()
    renew_wanted = Signal()
    action_chosen = Signal(str, str)
    renamed = Signal(str, str, str, str, str)
    stop_wanted = Signal()

    def __init__(
        self, make: Callable[[Item], DeviceView], states: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """make: the view of a list's item; states: all that `DeviceView.state` may read."""
        super().__init__("", counts=True, parent=parent)
        self.query = DeviceQuery()
        self._opened = False
        self.set_title(self.tr("Devices"))
        self._search = SearchField(self.tr("Search name, room, serial, key"))
        self._states = Segment(
            (self.tr("All"), self.tr("Set up"), self.tr("Needs attention")), self.tr("Which devices")
        )
        self._add = Button(self.tr("Add"), ButtonKind.PRIMARY, icon="plus")
        self.leave = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        self.again = Button(self.tr("Verify again"), icon="refresh")
        for control in (self._search, self._states, self._add, self.leave, self.again):
            self.add_control(control)
        self.leave.hide()
        self.again.hide()
        self.table = DeviceTable(make, states)
        self._detail = DeviceDetail()
        self._nothing = Label(
            self.tr("No matching devices."), "body", role="textSecondary", align=Qt.AlignmentFlag.AlignCenter
        )
        self._pages = QStackedLayout()
        self.inventory = InventoryBar()
        self.network = NetworkForm()
        self.tags = TagForm()
        self._is_busy = False
        # The devices that the form of a network is about.
        self.moved = self.query
        self._total = 0
        self._ends: int | None = None
        self.trust = TrustPage()
        self.evaluation = EvaluationPage()
        self.voucher = VoucherPage()
        self.warning = Banner()
        self.renew = Button(self.tr("Renew the list"), icon="refresh")
        self.inventory.add(self.renew)
        self.indexing = Chip("")
        self.inventory.add(self.indexing)
        self.indexing.hide()
        self.renew.hide()
        self.warning.hide()
        self.apart = Banner(
            Tone.INFO, sentence=self.tr("Virtual devices are listed apart from your own."), icon="lab"
        )
        self.virtual = Button(self.tr("Show virtual devices"), trailing="arrow-right")
        self.apart.add_action(self.virtual)
        self.apart.hide()
        self.news = Banner()
        self.news.hide()
        self.body.addWidget(self.inventory)
        self.body.addWidget(self.news)
        self.body.addWidget(self.warning)
        self.body.addWidget(self.apart)
        self.body.addLayout(self._pages, 1)
        self._pages.addWidget(self._full())
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self.trust)
        self._pages.addWidget(self.evaluation)
        self._pages.addWidget(self.voucher)
        self._has_list, self._blank, self._forms = False, QWidget(), self._form()
        self._pages.addWidget(self._forms)
        self._pages.addWidget(self._blank)
        self._search.textChanged.connect(self._on_search)
        self._states.chosen.connect(self._on_state)
        self._add.clicked.connect(self.add_wanted)
        self.renew.clicked.connect(self.renew_wanted)
        self.inventory.stop.clicked.connect(self.stop_wanted)
        self.inventory.network_wanted.connect(self._open_network)
        for form in (self.network, self.tags):
            form.closed.connect(partial(self._show_list, form))
        self.table.selected.changed.connect(lambda _: self._show_selected())
        self.inventory.tag_chosen.connect(lambda tag: self._ask(replace(self.query, tag=tag)))
        self.inventory.ends_chosen.connect(self._on_ends)
        self.virtual.clicked.connect(self.virtual_wanted)
        self.table.rows_model.order_chosen.connect(self._on_order)
        self.table.current_changed.connect(self._on_current)
        self._detail.action_chosen.connect(self.action_chosen)
        self._detail.renamed.connect(self.renamed)

    def show_list(
        self, total: int, every: int, number: int, items: Sequence[Item], row: int, *, keep: bool
    ) -> None:
        """Show the list of `query`, of which a page is here; without any device, say how to get one.

        total: its rows; every: those without search and filter; row: the one to select; keep: as
        `PagedModel.begin`
        """
        self._has_list = True
        if not self._opened:
            self.set_note(str(total) if every else "")
            if self.network.isHidden() and self.tags.isHidden():
                self._pages.setCurrentIndex(0 if every else 1)
            for control in (self._search, self._states, self._add):
                control.setVisible(bool(every))
            self.inventory.setVisible(bool(every) or not self.warning.isHidden())
            self._total = total
            self.inventory.show_renewable(total if self._ends is not None else 0)
            is_filtered = bool(self.query.search or self.query.tag or self._ends is not None)
            self.inventory.show_listed(total if is_filtered else 0)
        self.table.show_list(total, number, items, row, keep=keep)

    @property
    def has_list(self) -> bool:
        """A list was shown, and stays."""
        return self._has_list

    def show_unreadable(self) -> None:
        """There is no list, and the banner above says why."""
        self._pages.setCurrentWidget(self._blank)
        for control in (self._search, self._states, self._add, self.inventory):
            control.hide()

    def show_indexing(self, words: str) -> None:
        """How far the search is with the devices of an older folder; "" once it has all."""
        self.indexing.show_state(words, Tone.NONE, icon="search")
        self.indexing.setVisible(bool(words))

    def open_inspection(self, page: QWidget, name: str, place: str) -> None:
        """Show a page about one device in the list's place: its chain, how it was set up, or its voucher."""
        self._opened = True
        self._pages.setCurrentWidget(page)
        self.set_title(name)
        self.set_note(place)
        self._show_controls(listed=False)
        self.again.setVisible(page is self.trust)
        self.leave.setFocus()

    def close_inspection(self) -> None:
        """The list again, which comes anew."""
        self._opened = False
        self._pages.setCurrentIndex(0)
        self.set_title(self.tr("Devices"))
        self._show_controls(listed=True)
        self.table.setFocus()
        self.query_changed.emit()

    def _show_controls(self, *, listed: bool) -> None:
        for control in (self._search, self._states, self._add, self.inventory):
            control.setVisible(listed)
        for control in (self.leave, self.again):
            control.setVisible(not listed)

    def show_warning(self, warning: NoticeView | None) -> None:
        """Say what concerns all of them, above the table; None says nothing."""
        if warning is not None:
            self.warning.show_notice(warning.tone, warning.title, warning.sentence, icon=warning.icon)
            self.inventory.show()
        for widget in (self.warning, self.renew):
            widget.setVisible(warning is not None)

    def allow_edits(self, allowed: bool) -> None:
        """Readers of a registry only look."""
        for control in (self._add, self.inventory.renew, self.inventory.each, self.inventory.chosen):
            control.setEnabled(allowed and not self._is_busy)

    def offer_virtual(self, offered: bool) -> None:
        """Say that there are virtual devices too, and where."""
        self.apart.setVisible(offered)

    def clear_filters(self) -> None:
        """Take off what may hide a device. Says nothing: who calls it asks for the list."""
        with QSignalBlocker(self._search):
            self._search.clear()
        self._states.set_current(0)
        self._ends = None
        self.query = replace(self.query, search="", which=DeviceFilter.ALL, tag="", ends_by=None)
        self.inventory.show_query("", None)

    def rename(self, name: str, room: str, told: str = "", *, tags: str = "", note: str = "") -> None:
        """Let the user change what the selected device is called. told: who else gets to know it."""
        self._detail.name_form.open(name, room, told, tags=tags, note=note)

    def show_news(self, news: NoticeView | None, *, can_stop: bool = False) -> None:
        """What goes on with many devices, or what came of it; None says nothing."""
        if news is not None:
            self.news.show_notice(news.tone, news.title, news.sentence, icon=news.icon)
        self.news.setVisible(news is not None)
        self.inventory.stop.setVisible(can_stop)
        self._is_busy = can_stop
        for button in (self.inventory.renew, self.inventory.each):
            button.setEnabled(not can_stop)
        self._show_selected()

    @property
    def selected(self) -> DeviceQuery:
        """The devices that are selected, in the order of the list."""
        return replace(self.query, ids=self.table.selected.keys)

    def open_network(self) -> None:
        """In the list's place, about the devices that are selected."""
        self.moved = self.selected
        self._pages.setCurrentWidget(self._forms)
        self.network.open_form(len(self.moved.ids))

    def open_tags(self) -> None:
        """In the list's place, about the devices that are selected."""
        self._pages.setCurrentWidget(self._forms)
        self.tags.open_form(len(self.table.selected.keys))

    def _show_list(self, form: QWidget) -> None:
        """Instead of a form; the keyboard comes along, so that Ctrl+Z is for what the form did."""
        self._pages.setCurrentIndex(0)
        if (focus := self.focusWidget()) is not None and focus.hasFocus() and form.isAncestorOf(focus):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_network(self) -> None:
        """In the list's place, about the devices that it has."""
        self.moved = self.query
        self._pages.setCurrentWidget(self._forms)
        self.network.open_form(self._total)

    def _show_selected(self) -> None:
        chosen = self.table.selected
        can_act, is_most = chosen.is_whole and not self._is_busy, chosen.count == MOST < self._total
        self.inventory.show_chosen(chosen.count, can_act=can_act, is_most=is_most)

    def _on_search(self, words: str) -> None:
        self._ask(replace(self.query, search=words.strip()))

    def _on_state(self, which: int) -> None:
        self._ends = None
        self._ask(replace(self.query, which=FILTERS[which], ends_by=None))

    def _on_ends(self, days: int | None) -> None:
        """Certificates that are due, or end within some days, the first to end first."""
        self._ends = days
        self._states.set_current(0)
        which = DeviceFilter.DUE if days == DUE else DeviceFilter.ALL
        until = datetime.now(UTC) + timedelta(days=days) if days else None
        order = self.query.order if days is None else DeviceOrder.EXPIRY
        if days is not None:
            with QSignalBlocker(self.table.rows_model):
                self.table.sortByColumn(Column.CERTIFICATE, Qt.SortOrder.AscendingOrder)
        descending = self.query.descending and days is None
        self._ask(replace(self.query, which=which, ends_by=until, order=order, descending=descending))

    def _on_order(self, order: DeviceOrder, descending: bool) -> None:
        self._ask(replace(self.query, order=order, descending=descending))

    def _ask(self, query: DeviceQuery) -> None:
        if query != self.query:
            # The form is about the devices that were listed when it was opened.
            self.network.close_form()
            self.tags.close_form()
            self.query = query
            self.inventory.show_query(query.tag, self._ends)
            self.query_changed.emit()

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

    def _form(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.network)
        column.addWidget(self.tags)
        column.addStretch(1)
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
