"""The card of the registry in the settings: where it is, who works here, and a look at a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.engine.commands import Command
from ui.engine.registry import (
    AskRegistry,
    CheckRegistry,
    ForgetPassword,
    RegistryChecked,
    RegistryState,
    UseRegistry,
)
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.views import NoticeView
from ui.present import team as words
from ui.widgets import Banner, Button, ButtonKind, Card, Field, Label
from ui.widgets.check_button import CheckButton
from ui.widgets.secret_field import SecretField

NO_PASSWORD = QT_TRANSLATE_NOOP(
    "RegistryCard", "It is kept in the key store. Without one here, ~/.pgpass and PGPASSWORD count."
)


@dataclass(frozen=True)
class RegistryView:
    """title: where it is; note: who one is there, and what may be done; notice: why it does not answer
    password: where the password is, "" for nowhere here; None leaves what is shown
    """

    title: str
    note: str
    notice: NoticeView | None = None
    password: str | None = None


class RegistryCard(Card):
    """Passive. check_wanted: the address that is typed, and the password (None: nothing typed); use_wanted:
    address, name and password."""

    check_wanted = Signal(str, object)
    use_wanted = Signal(str, str, object)
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = Label("", "strong", wrap=True)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self.address = Field(
            self.tr("Address"),
            placeholder="postgresql://name@server/database?sslmode=verify-full",
            help_text=self.tr("A PostgreSQL server that a team shares. Leave it empty for this computer."),
            style="mono",
        )
        self.password = SecretField(self.tr("Password"), help_text=self.tr(NO_PASSWORD))
        self.forget = Button(self.tr("Forget"))
        self.password.add_to_row(self.forget)
        self.operator = Field(
            self.tr("Your name"), help_text=self.tr("It is kept with what you do: runs, edits, answers.")
        )
        self.check = CheckButton(ButtonKind.SECONDARY)
        self.use = Button(self.tr("Use it"), ButtonKind.PRIMARY)
        self._notice = Banner(wide=True)
        self._notice.hide()
        # As wide as the card it needs fewer lines than it would like.
        policy = self._notice.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self._notice.setSizePolicy(policy)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.check)
        buttons.addWidget(self.use)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._note)
        self.body.addWidget(Label(self.tr("Registry"), "section"))
        self.body.addLayout(texts)
        self.body.addWidget(self._notice)
        self.body.addWidget(self.address)
        self.body.addWidget(self.password)
        self.body.addWidget(self.operator)
        self.body.addLayout(buttons)
        for field in (self.address, self.password, self.operator):
            field.changed.connect(lambda _: self._on_typed())
        for field in (self.address, self.password):
            field.submitted.connect(self._check)
        self.forget.clicked.connect(self._forget)
        self.address.changed.connect(self._on_address)
        self.check.clicked.connect(self._check)
        self.use.clicked.connect(self._use)
        self._kept = ("", "")
        self._was_checked = False
        self._has_password, self._password_words = False, ""
        self._on_typed()

    def show_state(self, view: RegistryView, address: str, operator: str) -> None:
        """Show how it stands; what is being typed stays."""
        self._title.setText(view.title)
        self._note.setText(view.note)
        untouched = self.typed == self._kept
        self._kept = (address, operator)
        if view.password is not None:
            self._has_password, self._password_words = bool(view.password), view.password
        if untouched:
            self.address.set_text(address)
            self.operator.set_text(operator)
        self._on_typed()
        if view.notice is not None or untouched:
            self.show_notice(view.notice)

    def show_notice(self, notice: NoticeView | None) -> None:
        """What was found; None says nothing."""
        self.check.show_checking(False)
        self._was_checked = self._was_checked and notice is not None
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(notice is not None)

    @property
    def typed(self) -> tuple[str, str]:
        """Address and name."""
        return self.address.text().strip(), self.operator.text().strip()

    def _secret(self) -> Secret | None:
        typed = self.password.text()
        return Secret(typed) if typed else None

    def _on_typed(self) -> None:
        address = self.typed[0]
        self.check.setEnabled(bool(address))
        self.password.setVisible(bool(address))
        self.use.setEnabled(self.typed != self._kept or bool(address and self.password.text()))
        is_kept_one = self._has_password and address == self._kept[0]
        self.forget.setVisible(is_kept_one)
        self.password.set_help(self._password_words if is_kept_one else self.tr(NO_PASSWORD))

    def _on_address(self, _: str) -> None:
        """What was found was about another address."""
        if self._was_checked:
            self.show_notice(None)

    def _check(self) -> None:
        if self.typed[0]:
            self._was_checked = True
            self.check.show_checking(True)
            self.check_wanted.emit(self.typed[0], self._secret())

    def _use(self) -> None:
        # A button that is switched off hands the keyboard to whatever comes next, and the page scrolls there.
        stays = self.check if self.check.isEnabled() else self.operator
        stays.setFocus(Qt.FocusReason.OtherFocusReason)
        secret = self._secret()
        self.password.set_text("")
        self.use_wanted.emit(*self.typed, secret)

    def _forget(self) -> None:
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.forget_wanted.emit()


class RegistryPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: RegistryCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        card.check_wanted.connect(lambda address, password: send(CheckRegistry(address, password)))
        card.use_wanted.connect(lambda address, name, password: send(UseRegistry(address, name, password)))
        card.forget_wanted.connect(lambda: send(ForgetPassword()))

    def refresh(self) -> None:
        """The settings came to the front."""
        self._send(AskRegistry())

    def take(self, event: object) -> None:
        """What the engine says of it."""
        match event:
            case RegistryState(status, place):
                password = None if place is None else words.password(place)
                trouble = words.trouble(status)
                view = RegistryView(words.place(status), words.standing(status), trouble, password)
                self._card.show_state(view, status.place, status.operator)
            case RegistryChecked():
                self._card.show_notice(words.checked(event))
