"""The card of Wi-Fi networks: one is chosen, and its passphrase is asked for right below it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.secret import Secret
from ui.pages.network.company_fields import CompanyFields
from ui.present.texts import security_name
from ui.widgets import Card, Chip, Field, Inset, Label, Line, NetworkRow, Segment, Tone
from ui.widgets.layouts import refill
from ui.widgets.secret_field import SecretField


@dataclass(frozen=True)
class NetworkChoice:
    """One network as the list shows it. `remembered` is its passphrase from the key store, `login` a
    company's; `can_join`: the device can be given what this network needs.
    """

    ssid: bytes
    name: str
    security: WifiSecurity
    detail: str = ""
    rssi: int | None = None
    remembered: Secret | None = None
    can_join: bool = True
    login: CompanyLogin | None = None


class NetworkList(Card):
    """Rows of networks, the passphrase panel under the chosen one, and a row for one that is not listed.

    learn_wanted: what the RADIUS server of this network (SSID) shows, by its address and secret
    """

    changed = Signal()
    submitted = Signal()
    file_wanted = Signal()
    learn_wanted = Signal(bytes, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.body.setSpacing(0)
        self._choices: tuple[NetworkChoice, ...] = ()
        self._rows: list[NetworkRow] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._panel = PassphrasePanel()
        self._panel.changed.connect(self.changed)
        self._panel.submitted.connect(self.submitted)
        self._panel.company.file_wanted.connect(self.file_wanted)
        self.company = self._panel.company
        self.learning = self.company.learning
        self.learning.asked.connect(lambda *asked: self.learn_wanted.emit(self._panel.ssid, *asked))
        self._holder = QWidget()
        around = QVBoxLayout(self._holder)
        self._around = around
        around.setContentsMargins(16, 0, 16, 12)
        around.addWidget(self._panel)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def show_networks(
        self, choices: tuple[NetworkChoice, ...], chosen: WifiCredentials | None, origin: str = ""
    ) -> None:
        """Offer these, with `chosen` (or the first) opened. A chosen one not seen is hidden.

        origin: where its passphrase comes from, if not from its user's hand
        """
        self._choices = choices
        for old in self._group.buttons():
            self._group.removeButton(old)
        self._holder.setParent(None)
        self._rows = [self._row(index, choice) for index, choice in enumerate(choices)]
        other = NetworkRow(self.tr("A network that is not in the list"), locked=False)
        # Without a list there is nothing to choose from: the panel alone asks.
        if not choices:
            other.hide()
        self._group.addButton(other, len(choices))
        self._rows.append(other)
        widgets: list[QWidget | None] = []
        for index, row in enumerate(self._rows):
            if index:
                widgets.append(Line())
            widgets.append(row)
        refill(self._list, widgets)
        self._panel.set_listed(any(choice.rssi is not None for choice in choices))
        margins = self._around.contentsMargins()
        margins.setTop(0 if choices else 16)
        self._around.setContentsMargins(margins)
        listed = (i for i, c in enumerate(choices) if chosen and c.ssid == chosen.ssid)
        usable = (i for i, c in enumerate(choices) if c.can_join)
        index = next(listed, len(choices) if chosen is not None else next(usable, len(choices)))
        self._rows[index].setChecked(True)
        self._choose(index)
        if chosen is not None:
            self._panel.fill(chosen, origin)

    @property
    def ssid(self) -> bytes:
        """Of the network that is chosen or typed."""
        return self._panel.ssid

    def wifi(self) -> WifiCredentials | None:
        """What was chosen, or None while it can't be a network yet."""
        return self._panel.wifi()

    def draft(self) -> WifiCredentials | None:
        """What is filled in so far, finished or not; None for nothing."""
        return self._panel.draft()

    def set_wrong(self, sentence: str) -> bool:
        """Say what is wrong with the passphrase, and put the cursor there. False if this network has none."""
        return self._panel.set_wrong(sentence)

    def offer_company(self, offered: bool) -> None:
        """Whether one that is not listed may be a company network."""
        self._panel.offer_company(offered)

    def take_company(self, found: WifiCredentials | tuple[bytes, ...], problem: str = "") -> None:
        """What a file held: a company network, or its server's CA; problem: neither."""
        self._panel.take_company(found, problem)

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        self._panel.focus_first()

    def _row(self, index: int, choice: NetworkChoice) -> NetworkRow:
        locked = choice.security is not WifiSecurity.OPEN
        row = NetworkRow(choice.name, choice.detail, choice.rssi, locked=locked)
        row.setEnabled(choice.can_join)
        self._group.addButton(row, index)
        return row

    def _choose(self, index: int) -> None:
        """Open the panel below the chosen row."""
        choice = self._choices[index] if index < len(self._choices) else None
        self._list.removeWidget(self._holder)
        self._list.insertWidget(self._list.indexOf(self._rows[index]) + 1, self._holder)
        self._holder.show()
        self._panel.show_choice(choice)
        self.changed.emit()


class PassphrasePanel(Inset):
    """What one network needs: a passphrase, nothing if it is open, name and protection if it is hidden."""

    changed = Signal()
    submitted = Signal()

    KINDS = (WifiSecurity.WPA2, WifiSecurity.WPA3, WifiSecurity.OPEN, WifiSecurity.ENTERPRISE)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, parent=parent)
        self._choice: NetworkChoice | None = None
        self._listed = False
        self._name = Field(self.tr("Network name"), help_text=self.tr("Exactly as shown on the router."))
        kinds = [security_name(kind) for kind in self.KINDS]
        self._kind = Segment([kind[:1].upper() + kind[1:] for kind in kinds], self.tr("Protection"))
        self._open = Label("", "body", wrap=True)
        self._passphrase = SecretField(
            self.tr("Password"),
            help_text=self.tr("It is never written to a log."),
        )
        self._from_store = Chip(self.tr("From the key store"), Tone.GOOD, icon="key")
        self._passphrase.add_to_header(self._from_store)
        self.company = CompanyFields()
        self.company.changed.connect(self.changed)
        self.company.submitted.connect(self.submitted)
        for widget in (self._name, self._kind, self._open, self._passphrase, self.company):
            self.body.addWidget(widget)
        self._kind.chosen.connect(lambda _: self._arrange())
        self._name.changed.connect(lambda _: self.changed.emit())
        self._passphrase.changed.connect(self._on_passphrase)
        for field in (self._name, self._passphrase):
            field.submitted.connect(self.submitted)

    def set_listed(self, listed: bool) -> None:
        """Networks in range are known, so one that is not among them hides its name."""
        self._listed = listed

    def show_choice(self, choice: NetworkChoice | None) -> None:
        """Ask for what `choice` needs; None is a network that is not listed."""
        self._choice = choice
        self._name.set_text("")
        self._kind.set_current(0)
        remembered = choice.remembered if choice else None
        self._passphrase.set_wrong("")
        self._passphrase.set_text(remembered.reveal_text() if remembered else "")
        self.company.fill(choice.login if choice else None)
        self._say_kept()
        self._from_store.setVisible(remembered is not None)
        self._passphrase.show_letters(False)
        self._arrange()

    def fill(self, wifi: WifiCredentials, origin: str = "") -> None:
        """Put an earlier answer back, or what is offered, with the words that say where it is from."""
        if self._choice is None:
            self._name.set_text(wifi.name)
            if wifi.security in self.KINDS:
                self._kind.set_current(self.KINDS.index(wifi.security))
        if wifi.login is not None:
            self.company.fill(wifi.login)
        if wifi.passphrase is not None:
            same = self._choice is not None and self._choice.remembered == wifi.passphrase
            self._passphrase.set_text(wifi.passphrase.reveal_text())
            self._say_kept()
            if not same and origin:
                self._from_store.show_state(origin, Tone.INFO, icon="wifi")
            self._from_store.setVisible(same or bool(origin))
        self._arrange()

    def wifi(self) -> WifiCredentials | None:
        """The network, or None while name or passphrase can't be right."""
        company = self._security is WifiSecurity.ENTERPRISE
        without = company or self._security is WifiSecurity.OPEN
        typed = "" if without else self._passphrase.text()
        hidden = self._choice is None and self._listed
        login = self.company.login() if company else None
        wifi = WifiCredentials(self.ssid, Secret(typed) if typed else None, self._security, hidden, login)
        return wifi if wifi_rules.flaw(wifi) is None else None

    def draft(self) -> WifiCredentials | None:
        """What is filled in so far."""
        typed = self._passphrase.text()
        found = WifiCredentials(self.ssid, Secret(typed) if typed else None, self._security)
        return found if self.ssid else None

    def set_wrong(self, sentence: str) -> bool:
        if self._passphrase.isHidden():
            return False
        self._passphrase.correct(sentence)
        self._from_store.hide()
        return True

    def offer_company(self, offered: bool) -> None:
        self._kind.offer(self.KINDS.index(WifiSecurity.ENTERPRISE), offered)

    def take_company(self, found: WifiCredentials | tuple[bytes, ...], problem: str) -> None:
        """Fill the form of a company network."""
        if isinstance(found, WifiCredentials):
            self.fill(found)
        elif found or problem:
            self.company.show_anchors(found, problem)

    def focus_first(self) -> None:
        if self._security is WifiSecurity.ENTERPRISE and (self._choice or self._name.text()):
            self.company.focus_first()
            return
        first = self._name if self._choice is None and not self._name.text() else self._passphrase
        if first.isVisibleTo(self):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ssid(self) -> bytes:
        """Of the network that is chosen or typed."""
        return self._choice.ssid if self._choice else self._name.text().encode()

    @property
    def _security(self) -> WifiSecurity:
        return self._choice.security if self._choice else self.KINDS[self._kind.current()]

    def _arrange(self) -> None:
        """Show only what this network needs."""
        listed = self._choice is not None
        is_open = self._security is WifiSecurity.OPEN
        self._name.setVisible(not listed)
        self._kind.setVisible(not listed)
        company = self._security is WifiSecurity.ENTERPRISE
        self.company.setVisible(company)
        self._passphrase.setVisible(not is_open and not company)
        self._open.setVisible(is_open)
        self._open.setText(self.tr("This network is open: anyone nearby can read unencrypted traffic."))
        self.changed.emit()

    def _say_kept(self) -> None:
        self._from_store.show_state(self.tr("From the key store"), Tone.GOOD, icon="key")

    def _on_passphrase(self, _text: str) -> None:
        self._from_store.hide()
        self.changed.emit()
