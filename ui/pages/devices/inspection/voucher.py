"""An ownership voucher of FDO: through whose hands a device went, drawn as a chain, and every check."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, CheckLine, CheckList, Label
from ui.widgets.chain import ChainLink, ChainNode, ChainPicture
from ui.widgets.scroll import ColumnScroll


@dataclass(frozen=True)
class VoucherView:
    """lead: whose the device is, in one sentence; failed: something does not hold; asks: where the device
    asks for its owner; words: what saving it is for, or that it is saved"""

    name: str
    place: str
    lead: str
    failed: bool = False
    nodes: tuple[ChainNode, ...] = ()
    links: tuple[ChainLink, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    guid: str = ""
    asks: str = ""
    words: str = ""
    can_save: bool = False
    can_print: bool = False
    notice: NoticeView | None = None


class VoucherPage(QWidget):
    """Passive. `save_wanted`: save the voucher here; `note_wanted`: write its delivery note."""

    save_wanted = Signal()
    note_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = Label("", "lead", wrap=True)
        self._notice = Banner()
        self.chain = ChainPicture()
        self.checks = CheckList()
        self._guid = Label("", "mono", wrap=True)
        self._asks = Label("", "body", role="textSecondary", wrap=True)
        self._words = Label("", "body", role="textSecondary", wrap=True)
        self.save = Button(self.tr("Save voucher"), ButtonKind.PRIMARY, icon="file")
        self.note = Button(self.tr("Save the delivery note"), icon="tag")
        self.save.clicked.connect(self.save_wanted)
        self.note.clicked.connect(self.note_wanted)
        self._lay_out()

    def show_view(self, view: VoucherView) -> None:
        """Show what was read."""
        self._lead.setText(view.lead)
        self._lead.set_role("danger" if view.failed else "text")
        self.chain.show_chain(view.nodes, view.links)
        self.chain.setVisible(bool(view.nodes))
        self.checks.show_checks(view.checks)
        self._below.setVisible(bool(view.checks))
        self._guid.setText(view.guid)
        self._asks.setText(view.asks)
        self._asks.setVisible(bool(view.asks))
        self._words.setText(view.words)
        self.save.setVisible(view.can_save)
        self.note.setVisible(view.can_print)
        if view.notice is not None:
            notice = view.notice
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(view.notice is not None)

    def _lay_out(self) -> None:
        checked, device = Card(), Card()
        checked.body.addWidget(Label(self.tr("Checked just now, on this computer"), "section", wrap=True))
        checked.body.addWidget(self.checks)
        checked.body.addStretch(1)
        device.body.addWidget(Label(self.tr("The device"), "section", wrap=True))
        device.body.addWidget(self._guid)
        device.body.addWidget(self._asks)
        device.body.addWidget(self._words)
        device.body.addStretch(1)
        device.body.addWidget(self.save)
        device.body.addWidget(self.note)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(checked, 588)
        row.addWidget(device, 300)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self._lead, self._notice, self.chain, self._below):
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ColumnScroll(inner), 1)
