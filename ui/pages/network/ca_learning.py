"""A RADIUS server's CA as the server itself shows it: compared by a person, and only then taken."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import Banner, Button, ButtonKind, Field, Label, Tone
from ui.widgets.field_form import FieldForm
from ui.widgets.secret_field import SecretField


@dataclass(frozen=True)
class SeenCa:
    """root: DER, taken once it is confirmed; subject, names: what the certificates say, which proves nothing;
    fingerprint: SHA-256 in groups of pairs"""

    root: bytes
    subject: str
    fingerprint: str
    names: str = ""


class CaLearning(QWidget):
    """Passive. asked: address and secret of the RADIUS server; confirmed: the CA (DER) is the right one;
    shown: it takes the room of what else is asked for, or gives it back."""

    shown = Signal(bool)
    asked = Signal(str, str)
    confirmed = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root = b""
        address = Field(self.tr("Address of the RADIUS server"), placeholder="radius.example:1812")
        secret = SecretField(
            self.tr("Its secret with this computer"),
            help_text=self.tr("From your administrator. It is not kept."),
        )
        self.form = FieldForm([address, secret], self.tr("Ask server"))
        self.form.given.connect(self._ask)
        self.form.cancelled.connect(self.clear)
        self._notice = Banner(stacked=True, wide=True)
        self._print = Label("", "mono", wrap=True)
        self.same = Button(self.tr("It is the same"), ButtonKind.PRIMARY)
        self.other = Button(self.tr("It is another one"), ButtonKind.MUTED)
        self.same.clicked.connect(self._confirm)
        self.other.clicked.connect(self._reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.same)
        row.addWidget(self.other)
        row.addStretch(1)
        self._buttons = QWidget()
        self._buttons.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.form, self._notice, self._print, self._buttons):
            column.addWidget(widget)
        self.clear()

    def open(self) -> None:
        """Begin with the server's address."""
        self.clear()
        self._appear()
        self.form.open()

    def clear(self) -> None:
        """Nothing was asked, or the network is another one."""
        self._root = b""
        for widget in (self, self.form, self._notice, self._print, self._buttons):
            widget.hide()
        self.shown.emit(False)

    def show_seen(self, seen: SeenCa) -> None:
        """What the server sent: it is the right one if the administrator's fingerprint is the same."""
        self._root = seen.root
        self._appear()
        sentence = self.tr("Anyone can run such a server. Compare the fingerprint with your administrator's.")
        said = self.tr("Names in its certificate: {names}").format(names=seen.names)
        title = self.tr("The server sends this CA: {name}").format(name=seen.subject)
        text = f"{sentence} {said}" if seen.names else sentence
        self._notice.show_notice(Tone.WARNING, title, text, icon="certificate")
        self._print.setText(seen.fingerprint)
        for widget in (self._notice, self._print, self._buttons):
            widget.show()
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, title: str, advice: str) -> None:
        """Nothing came of it."""
        self.clear()
        self._notice.show_notice(Tone.DANGER, title, advice, icon="warning")
        self._notice.show()
        self.show()

    def _appear(self) -> None:
        self.show()
        self.shown.emit(True)

    def _ask(self, texts: tuple[str, str]) -> None:
        self._notice.show_notice(Tone.INFO, self.tr("Asking the server"), "", icon="clock")
        self._notice.show()
        self.asked.emit(texts[0].strip(), texts[1])

    def _confirm(self) -> None:
        root = self._root
        self.clear()
        self.confirmed.emit(root)

    def _reject(self) -> None:
        self.show_problem(
            self.tr("Another server answers for this network"),
            self.tr("Hand over nothing there. Tell your administrator."),
        )
