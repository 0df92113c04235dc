"""The network that all listed devices are to join, typed once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.errors import CredentialsUnusable
from ui.pages.network.typed import MOST_NAME, typed_network
from ui.widgets import Button, ButtonKind, Card, Field, Label
from ui.widgets.secret_field import SecretField


class NetworkForm(Card):
    """`submitted` carries WifiCredentials. Enter submits, Escape closes; `closed` says so."""

    submitted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.name = Field(self.tr("Wi-Fi network"))
        self.password = SecretField(self.tr("Wi-Fi password"))
        self.go = Button("", ButtonKind.PRIMARY)
        self.cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.password, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        words = self.tr(
            "The devices have to be in range, one after the other. Each keeps its name and room; one that "
            "can't join the network keeps the one that it has."
        )
        self.body.addLayout(fields)
        self.body.addWidget(Label(words, "caption", role="textSecondary", wrap=True))
        self.body.addLayout(buttons)
        for field in (self.name, self.password):
            field.submitted.connect(self._submit)
        self.go.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.close_form)
        self.hide()

    def open_form(self, count: int) -> None:
        """Ask for the network of so many devices."""
        self.go.setText(self.tr("Change the network of {count} devices").format(count=count))
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Away with it, and with what was typed."""
        self.name.set_text("")
        self.password.set_text("")
        self.password.show_letters(False)
        # Whoever takes the keyboard does so before it goes elsewhere.
        self.closed.emit()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _submit(self) -> None:
        name = self.name.text()
        if not name or len(name.encode()) > MOST_NAME:
            self.name.set_wrong(self.tr("A Wi-Fi network's name has 1 to 32 characters."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            network = typed_network(name, self.password.text())
        except CredentialsUnusable:
            self.password.correct(self.tr("A Wi-Fi password has 8 to 63 characters."))
            return
        self.close_form()
        self.submitted.emit(network)
