"""What a company network needs: the server's name, its CA out of a file, and the rule for identities."""

from __future__ import annotations

import hashlib

from cryptography import x509
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.model import CompanyLogin
from companion.networks.company.login import USUAL_IDENTITY, flaw, identity_flaw
from companion.networks.company.report import short
from ui.pages.network.ca_learning import CaLearning
from ui.widgets import Button, Field, IconView, Label
from ui.widgets.menu import Menu


class CompanyFields(QWidget):
    """Passive: `file_wanted` is for a CA's certificate, or for a file of `companion network make`; `learning`
    has what the server itself shows."""

    changed = Signal()
    submitted = Signal()
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchors: tuple[bytes, ...] = ()
        self._outer: str | None = None
        self._server = Field(
            self.tr("Server name"),
            help_text=self.tr("As in its certificate. The device rejects any other server."),
        )
        self._identity = Field(
            self.tr("Its identity there"),
            help_text=self.tr("{serial} stands for the device's serial number."),
        )
        self._ca = Label("", "strong", elide=True)
        self._print = Label("", "caption", role="textSecondary", wrap=True)
        self.choose = Button("", trailing="chevron-down")
        self.choose.clicked.connect(lambda: self.offers().open_below(self.choose))
        self.learning = CaLearning()
        self.learning.confirmed.connect(lambda root: self.show_anchors((root,)))
        self.learning.shown.connect(self._make_room)
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(Label(self.tr("Server's CA"), "body", role="textSecondary"))
        first.addWidget(self._ca, 1)
        words.addLayout(first)
        words.addWidget(self._print)
        self._ca_row = QWidget()
        row = QHBoxLayout(self._ca_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(IconView("certificate", "textSecondary"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._server)
        column.addWidget(self._ca_row)
        column.addWidget(self.learning)
        column.addWidget(self._identity)
        for field in (self._server, self._identity):
            field.changed.connect(lambda _: self._check())
            field.submitted.connect(self.submitted)
        self.fill(None)

    def offers(self) -> Menu:
        """Where a CA may come from."""
        menu = Menu(self)
        menu.offer(self.tr("Choose file"), self.file_wanted.emit, icon="file")
        menu.offer(self.tr("Ask server"), self.learning.open, icon="network")
        return menu

    def fill(self, login: CompanyLogin | None) -> None:
        """Show this login, or an empty form."""
        self._server.set_text(login.server_name if login else "")
        self._identity.set_text(login.identity if login else USUAL_IDENTITY)
        self._outer = login.outer if login else None
        self.learning.clear()
        self.show_anchors(login.anchors if login else ())

    def show_anchors(self, anchors: tuple[bytes, ...], problem: str = "") -> None:
        """Whom devices believe at the server (DER); problem: why a file was no such thing."""
        self._anchors = anchors
        self._ca.setText(_subject(anchors[0]) if anchors else self.tr("None yet"))
        said = self.tr("From your administrator")
        if anchors:
            printed = short(hashlib.sha256(anchors[0]).hexdigest())
            said = self.tr("SHA-256 {fingerprint}, until {year}").format(
                fingerprint=printed, year=x509.load_der_x509_certificate(anchors[0]).not_valid_after_utc.year
            )
        self._print.setText(problem or said)
        self._print.set_role("danger" if problem else "textSecondary")
        self.choose.setText(self.tr("Change") if anchors else self.tr("Choose"))
        self._check()

    def login(self) -> CompanyLogin | None:
        """What is filled in, or None while it can't be a login."""
        login = CompanyLogin(
            self._server.text().strip(), self._identity.text().strip(), self._anchors, self._outer
        )
        return login if flaw(login) is None else None

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        first = self.choose if self._server.text() and not self._anchors else self._server
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_room(self, learns: bool) -> None:
        """While the server is asked, nothing else is."""
        self._ca_row.setVisible(not learns)
        self._identity.setVisible(not learns)
        self._server.setVisible(not learns)

    def _check(self) -> None:
        wrong = identity_flaw(self._identity.text().strip()) is not None
        self._identity.set_wrong(
            self.tr("One line with no place but {serial}, at most 253 bytes long.") if wrong else ""
        )
        self.changed.emit()


def _subject(certificate: bytes) -> str:
    name = x509.load_der_x509_certificate(certificate).subject
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
