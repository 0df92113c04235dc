"""The page that opens the key file, or makes it, where the system has no key store; or a hardware token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.plain_text import filled, plain
from companion.secret import Secret
from ui import art
from ui.widgets import ArtView, Button, ButtonKind, Card, Field, FindingRow, Level, PageFrame, Stage

if TYPE_CHECKING:
    from companion.identity.hardware.keys import PinRequest

LEAST = 8
SIDE = 320


class PassphrasePage(PageFrame):
    """Passive: `given` carries the passphrase, `left` means not now."""

    given = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._new = False
        self._first = Field(self.tr("Passphrase"), hidden=True)
        self._second = Field(self.tr("Repeat passphrase"), hidden=True)
        self._go = Button(self.tr("Continue"), ButtonKind.PRIMARY, trailing="arrow-right")
        back = Button(self.tr("Not now"), ButtonKind.MUTED)
        back.clicked.connect(self.left)
        self._go.clicked.connect(self._submit)
        for field in (self._first, self._second):
            field.changed.connect(lambda _: self._check())
            field.submitted.connect(self._submit)
        self.body.addLayout(self._columns(), 1)
        self.add_left(back)
        self.add_right(self._go)

    def _columns(self) -> QHBoxLayout:
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.addWidget(ArtView("lock", scene=art.Scene(), maximum=180), 1)
        card = Card()
        card.body.setSpacing(16)
        self._kept = FindingRow(
            Level.PLAIN,
            self.tr("Your keys are kept in an encrypted file"),
            self.tr("This system has no key store, so the passphrase protects them."),
            icon="key",
        )
        self._on_token = FindingRow(
            Level.PLAIN,
            self.tr("Keys on a hardware token"),
            self.tr("They sign there and can't be copied from there."),
            icon="key",
        )
        card.body.addWidget(self._kept)
        card.body.addWidget(self._on_token)
        card.body.addWidget(self._first)
        card.body.addWidget(self._second)
        card.body.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(card, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(stage)
        columns.addLayout(right, 1)
        return columns

    def ask(self, new: bool) -> None:
        """Ask for a new passphrase, or for the one of an existing file."""
        self._new = new
        if new:
            self.set_title(self.tr("Choose a passphrase for your keys"))
            self.set_lead(self.tr("Without it, no one can recover them, not even us."))
        else:
            self.set_title(self.tr("Unlock your keys"))
            self.set_lead(self.tr("The passphrase that you chose for Companion's key file."))
        self._first.set_help(self.tr("At least eight characters.") if new else "")
        self._first.set_label(self.tr("Passphrase"))
        self._begin(on_token=False)

    def ask_pin(self, request: PinRequest) -> None:
        """Ask for the PIN of a hardware token."""
        self._new = False
        self.set_title(self.tr("Unlock your hardware token"))
        name = {"token": plain(request.token)}
        if request.was_wrong:
            lead = self.tr("This PIN was wrong for {token}. Companion sends one more, then stops.")
        elif request.left == 1:
            lead = self.tr("One PIN is left for {token} before Companion stops.")
        else:
            lead = self.tr(
                "The PIN of {token}. After two wrong ones Companion stops, before the token locks."
            )
        self.set_lead(filled(lead, name))
        self._first.set_help("")
        self._first.set_label(self.tr("PIN"))
        self._begin(on_token=True)

    def _begin(self, *, on_token: bool) -> None:
        self._kept.setVisible(not on_token)
        self._on_token.setVisible(on_token)
        self._second.setVisible(self._new)
        for field in (self._first, self._second):
            field.set_text("")
        self._check()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> None:
        typed = self._first.text()
        agreed = not self._new or (len(typed) >= LEAST and typed == self._second.text())
        self._go.setEnabled(bool(typed) and agreed)

    def _submit(self) -> None:
        if not self._go.isEnabled():
            return
        passphrase = Secret(self._first.text())
        for field in (self._first, self._second):
            field.set_text("")
        self.given.emit(passphrase)
