"""Above the table of devices: which of them, by tag and certificate, and what is done with all of these."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets import Button, FlowLayout
from ui.widgets.filter_chip import FilterChip
from ui.widgets.menu import Menu

DUE, SOON, LATER = 0, 30, 90
"""Certificates that are due, or end within so many days."""


class Chosen(Enum):
    """What is done with the selected devices."""

    RENEW = auto()
    QUERY = auto()
    NETWORK = auto()
    TAG = auto()
    CSV = auto()
    JSON = auto()


class InventoryBar(QWidget):
    """`tag_chosen` carries a tag, "" for any; `ends_chosen` days, `DUE`, or None for any certificate.

    tags_wanted: the tags are to be offered; renew_wanted: the certificates of all that are listed;
    query_wanted, network_wanted: of all that are listed, where a filter says which;
    table_wanted: "csv" or "json" to write one, "" to read one
    chosen_wanted: what is to be done with the devices that are selected
    """

    tag_chosen = Signal(str)
    ends_chosen = Signal(object)
    tags_wanted = Signal()
    renew_wanted = Signal()
    query_wanted = Signal()
    network_wanted = Signal()
    table_wanted = Signal(str)
    chosen_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag = FilterChip(self.tr("Tag"))
        self.ends = FilterChip(self.tr("Certificate"))
        self.renew = Button(self.tr("Renew all"), icon="refresh")
        self.each = Button("", trailing="chevron-down")
        self.chosen = Button("", icon="check", trailing="chevron-down")
        self.stop = Button(self.tr("Stop"), icon="cross")
        self.table = Button(self.tr("Table"), icon="file", trailing="chevron-down")
        self.menu = Menu(self)
        self._flow = flow = FlowLayout(spacing=8)
        for widget in (self.tag, self.ends, self.chosen, self.renew, self.each, self.stop):
            flow.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(flow, 1)
        row.addWidget(self.table)
        self.renew.hide()
        self.each.hide()
        self.chosen.hide()
        self.stop.hide()
        self.tag.opened.connect(self.tags_wanted)
        self.tag.removed.connect(partial(self.tag_chosen.emit, ""))
        self.ends.opened.connect(self._open_ends)
        self.ends.removed.connect(partial(self.ends_chosen.emit, None))
        self.renew.clicked.connect(self.renew_wanted)
        self.each.clicked.connect(self._open_each)
        self.chosen.clicked.connect(self._open_chosen)
        self.table.clicked.connect(self._open_table)

    def add(self, button: QWidget) -> None:
        """Put another button behind those that are here."""
        self._flow.addWidget(button)

    def show_query(self, tag: str, ends: int | None) -> None:
        """Say what the list is filtered by. ends: days, `DUE`, None for any certificate"""
        self.tag.set_value(tag)
        self.ends.set_value("" if ends is None else self._ends(ends))

    def show_renewable(self, count: int) -> None:
        """Offer to renew so many certificates; none hides it."""
        self.renew.setVisible(count > 0)
        self.renew.setText(self.tr("Renew all {count}").format(count=count))
        self.renew.updateGeometry()

    def show_listed(self, count: int) -> None:
        """Offer what can be done with so many devices; none hides it."""
        self.each.setVisible(count > 0)
        self.each.setText(self.tr("All {count} listed").format(count=count))
        self.each.updateGeometry()

    def show_chosen(self, count: int, *, can_act: bool, is_most: bool = False) -> None:
        """Offer what can be done with so many selected devices; one has its own page beside the list.

        can_act: nothing is done with many devices yet; is_most: no more can be selected
        """
        self.chosen.setVisible(count > 1)
        self.chosen.setEnabled(can_act)
        words = self.tr("{count} selected, the most at once") if is_most else self.tr("{count} selected")
        self.chosen.setText(words.format(count=count))
        self.chosen.updateGeometry()

    def _open_chosen(self) -> None:
        self.menu.clear()
        for act, words, icon in (
            (Chosen.RENEW, self.tr("Renew their certificates"), "refresh"),
            (Chosen.QUERY, self.tr("Query them"), "search"),
            (Chosen.NETWORK, self.tr("Change their network"), "wifi"),
            (Chosen.TAG, self.tr("Tag them"), "tag"),
            (Chosen.CSV, self.tr("Export as CSV"), "file"),
            (Chosen.JSON, self.tr("Export as JSON"), "file"),
        ):
            self.menu.offer(words, partial(self.chosen_wanted.emit, act), icon=icon)
        self.menu.open_below(self.chosen)

    def _open_each(self) -> None:
        self.menu.clear()
        self.menu.offer(self.tr("Query them"), self.query_wanted.emit, icon="search")
        self.menu.offer(self.tr("Change their network"), self.network_wanted.emit, icon="wifi")
        self.menu.open_below(self.each)

    def offer_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Open the menu of tags, with how many devices have each."""
        self.menu.clear()
        for tag, count in tags:
            words = self.tr("{tag} ({count})").format(tag=tag, count=count)
            self.menu.offer(words, partial(self.tag_chosen.emit, tag))
        if not tags:
            self.menu.offer(self.tr("No device has a tag"), lambda: None)
        self.menu.open_below(self.tag)

    def _ends(self, days: int) -> str:
        return self.tr("due") if days == DUE else self.tr("expires in {days} days").format(days=days)

    def _open_ends(self) -> None:
        self.menu.clear()
        for days in (DUE, SOON, LATER):
            self.menu.offer(self._ends(days), partial(self.ends_chosen.emit, days))
        self.menu.open_below(self.ends)

    def _open_table(self) -> None:
        self.menu.clear()
        self.menu.offer(self.tr("Export as CSV"), partial(self.table_wanted.emit, "csv"), icon="file")
        self.menu.offer(self.tr("Export as JSON"), partial(self.table_wanted.emit, "json"), icon="file")
        self.menu.offer(self.tr("Import a table"), partial(self.table_wanted.emit, ""), icon="paste")
        self.menu.open_below(self.table)
