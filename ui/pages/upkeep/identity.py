"""The card of the owner's identity: by which key devices know who they belong to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.engine.commands import Command
from ui.engine.events import BackupMade
from ui.engine.upkeep import AskIdentity, IdentityState
from ui.pages.upkeep.views import IdentityView
from ui.present import upkeep
from ui.widgets import Banner, Button, ButtonKind, Card, Label
from ui.widgets.secret_field import SecretField


class IdentityCard(Card):
    """Passive. open_wanted carries the passphrase of the keys, or None; copy_wanted: the fingerprint."""

    open_wanted = Signal(object)
    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._view = IdentityView("", "")
        self._key = Label("", "strong", wrap=True)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self._fingerprint = Label("", "mono", role="textSecondary", wrap=True)
        self.show_key = Button(self.tr("Show the fingerprint"), icon="key")
        self.copy = Button(self.tr("Copy it"), icon="paste")
        self.passphrase = SecretField(self.tr("Passphrase of this computer's keys"))
        self.go = Button(self.tr("Show"), ButtonKind.PRIMARY)
        self._notice = Banner()
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (self._key, self._note, self._fingerprint):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.show_key, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignVCenter)
        self._form = QWidget()
        form = QHBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(12)
        form.addWidget(self.passphrase, 1)
        form.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(Label(self.tr("Your identity"), "section"))
        self.body.addLayout(row)
        self.body.addWidget(self._form)
        self.body.addWidget(self._notice)
        self._form.hide()
        self._notice.hide()
        self.show_key.clicked.connect(self._open)
        self.go.clicked.connect(self._submit)
        self.passphrase.submitted.connect(self._submit)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self._view.fingerprint))

    def show_view(self, view: IdentityView) -> None:
        """Show who it is."""
        self._view = view
        self._key.setText(view.key)
        self._note.setText(view.note)
        self._fingerprint.setText(view.fingerprint)
        self._fingerprint.setVisible(bool(view.fingerprint))
        self.copy.setVisible(bool(view.fingerprint))
        if view.fingerprint:
            self._close_form()
        self.show_key.setVisible(view.can_open and not view.fingerprint and self._form.isHidden())
        self.go.setEnabled(True)
        self._notice.setVisible(view.notice is not None)
        if (notice := view.notice) is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)

    def _open(self) -> None:
        if not self._view.asks:
            self.open_wanted.emit(None)
            return
        self.show_key.hide()
        self._form.show()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if self.passphrase.text() and self.go.isEnabled():
            self.go.setEnabled(False)
            self.open_wanted.emit(Secret(self.passphrase.text()))

    def _close_form(self) -> None:
        """Away with it, and with what was typed."""
        self.passphrase.set_text("")
        self.passphrase.show_letters(False)
        self._form.hide()


class IdentityPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: IdentityCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._opened: IdentityState | None = None
        card.open_wanted.connect(lambda passphrase: send(AskIdentity(True, passphrase)))
        card.copy_wanted.connect(lambda words: QGuiApplication.clipboard().setText(words))

    def refresh(self) -> None:
        """There may be a first key by now, or a backup."""
        self._send(AskIdentity())

    def take(self, event: object) -> None:
        """What the engine says of it."""
        match event:
            case IdentityState():
                if event.fingerprint:
                    self._opened = event
                self._card.show_view(upkeep.identity(event, self._opened))
            case BackupMade():
                self.refresh()
