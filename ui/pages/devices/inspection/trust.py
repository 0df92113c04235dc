"""The chain from the owner to one device, checked again when the page opens, and the proof for others."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, CheckLine, CheckList, Label
from ui.widgets.chain import ChainLink, ChainNode, ChainPicture
from ui.widgets.scroll import ColumnScroll


@dataclass(frozen=True)
class TrustView:
    """lead: the chain in one sentence; failed: something does not hold; counted: "8 of 8, 0.04 s"
    notice: what stands in the picture's place where nothing can be proved, or what was just written
    can_export: there is a proof
    """

    name: str
    place: str
    lead: str
    failed: bool = False
    nodes: tuple[ChainNode, ...] = ()
    links: tuple[ChainLink, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    counted: str = ""
    notice: NoticeView | None = None
    can_export: bool = False


class TrustPage(QWidget):
    """Passive. `export_wanted`: write the proof; `renew_wanted`, `revoke_wanted`: what can be done about a
    chain that does not hold."""

    export_wanted = Signal()
    renew_wanted = Signal()
    revoke_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = Label("", "lead", wrap=True)
        self.chain = ChainPicture()
        self._notice = Banner()
        self._title = Label(self.tr("Checked just now, on this computer"), "section", wrap=True)
        self._counted = Label("", "captionStrong", role="success")
        self.checks = CheckList()
        self.export = Button(self.tr("Export proof"), ButtonKind.PRIMARY, icon="file")
        self.renew = Button(self.tr("Issue a new certificate"), ButtonKind.PRIMARY, icon="certificate")
        self.revoke = Button(self.tr("Revoke this device"), icon="ban")
        self.export.clicked.connect(self.export_wanted)
        self.renew.clicked.connect(self.renew_wanted)
        self.revoke.clicked.connect(self.revoke_wanted)
        self._lay_out()

    def show_waiting(self, name: str, place: str) -> None:
        """The check runs; what was shown of another device goes."""
        self.show_trust(TrustView(name, place, self.tr("Checking every link …")))

    def show_trust(self, view: TrustView) -> None:
        """Show what came of it."""
        self._lead.setText(view.lead)
        self._lead.set_role("danger" if view.failed else "text")
        self.chain.show_chain(view.nodes, view.links)
        self.chain.setVisible(bool(view.nodes))
        self.checks.show_checks(view.checks)
        self._counted.setText(view.counted)
        self._counted.set_role("danger" if view.failed else "success")
        self._checked.setVisible(bool(view.checks))
        if view.notice is not None:
            self._notice.show_notice(
                view.notice.tone, view.notice.title, view.notice.sentence, icon=view.notice.icon
            )
        self._notice.setVisible(view.notice is not None)
        self.export.setEnabled(view.can_export)
        self.export.set_kind(ButtonKind.SECONDARY if view.failed else ButtonKind.PRIMARY)
        self._words.setText(self._what_then() if view.failed else self._what_for())
        self._head.setText(self.tr("What you can do") if view.failed else self.tr("A proof for others"))
        for button in (self.renew, self.revoke):
            button.setVisible(view.failed)
        self._proof.setVisible(view.can_export)

    def _what_for(self) -> str:
        whole = self.tr(
            "One file with the complete chain, from your key to the receipt. It contains no secrets."
        )
        checks = self.tr("It can be checked without Companion, with the short program saved beside it.")
        return f"{whole} {checks}"

    def _what_then(self) -> str:
        return self.tr(
            "Ask who set it up. If that was agreed, issue a new certificate. If not, revoke the device."
        )

    def _lay_out(self) -> None:
        self._checked = Card()
        title = QHBoxLayout()
        title.addWidget(self._title, 1)
        title.addWidget(self._counted, 0, Qt.AlignmentFlag.AlignVCenter)
        self._checked.body.addLayout(title)
        self._checked.body.addWidget(self.checks)
        self._checked.body.addStretch(1)
        self._proof = Card()
        self._head = Label("", "section", wrap=True)
        self._words = Label("", "body", role="textSecondary", wrap=True)
        self._proof.body.addWidget(self._head)
        self._proof.body.addWidget(self._words)
        self._proof.body.addStretch(1)
        for button in (self.renew, self.revoke, self.export):
            self._proof.body.addWidget(button)
        below = QHBoxLayout()
        below.setSpacing(20)
        below.addWidget(self._checked, 588)
        below.addWidget(self._proof, 300)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._lead)
        column.addWidget(self._notice)
        column.addWidget(self.chain)
        column.addLayout(below)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(ColumnScroll(inner), 1)
