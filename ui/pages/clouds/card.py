"""The card of the settings that says what new devices connect to, each with what proves that they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from companion.secret import Secret
from ui.engine.clouds import (
    CheckCloud,
    CloudChecked,
    CloudFailed,
    CloudLoginKept,
    CloudsListed,
    ImportCloud,
    KeepCloudLogin,
    ListClouds,
    MakeCloud,
    UseCloud,
)
from ui.engine.commands import Command
from ui.pages.clouds.profile_form import KindChoice, ProfileForm
from ui.pages.views import NoticeView
from ui.present import drops
from ui.sources.drop_target import takes_file
from ui.sources.file_kind import FileKind
from ui.widgets import Button, ButtonKind, Field, Label, accessibility
from ui.widgets.choice_card import ChoiceCard, choice_row
from ui.widgets.field_form import FieldForm
from ui.widgets.secret_field import SecretField

FILES = "*.json"
CERTIFICATES = "*.pem *.crt *.cer"


@dataclass(frozen=True)
class CloudRow:
    """key: a profile's name, "" for this computer; proof: how one knows that a device is in

    is_used: new devices are sent there; is_there: it can be chosen, for there is a profile of it
    kind:     of the profile that would be made; "" where there is one
    can_check: somebody there can be asked what is missing; has_login: a login for it is kept here
    """

    key: str
    icon: str
    title: str
    summary: str
    proof: str
    is_used: bool = False
    is_there: bool = True
    kind: str = ""
    can_check: bool = False
    has_login: bool = False


class CloudCard(ChoiceCard):
    """Passive. used, checked: the key of a row; signed_in: with user name and password; import_wanted: a
    profile's file is to be chosen; made: the fields of a new profile."""

    used = Signal(str)
    checked = Signal(str)
    signed_in = Signal(str, str, str)
    import_wanted = Signal()
    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Devices connect to"), parent)
        self.set_note(self.tr("What new RP1 devices are given to connect to. Those that have it keep it."))
        self.new = Button(self.tr("New profile"), icon="plus")
        self.take_in = Button(self.tr("Import a profile"), icon="file")
        self.take_in.clicked.connect(self.import_wanted)
        self.form = ProfileForm()
        self.form.made.connect(self.made)
        self.new.clicked.connect(lambda: self.form.open())
        self.new.setEnabled(False)
        self.forms.addWidget(self.form)
        self.set_buttons(self.new, self.take_in)

    def show_kinds(self, kinds: tuple[KindChoice, ...]) -> None:
        """Of which kinds a profile can be made."""
        self.form.show_kinds(kinds)
        self.new.setEnabled(bool(kinds))

    def show_rows(self, rows: tuple[CloudRow, ...]) -> None:
        """Everything that there is to choose from."""
        self.set_rows([self._row(row) for row in rows])

    def show_notice(self, notice: NoticeView) -> None:
        """What became of the last wish."""
        self.say(notice.tone, notice.title, notice.sentence, notice.icon)

    def _row(self, row: CloudRow) -> QWidget:
        texts = [Label(row.summary, "body", role="textSecondary", wrap=True)]
        if row.proof:
            texts.append(Label(row.proof, "caption", role="textSecondary", wrap=True))
        login = self._login(row) if row.has_login else None
        return choice_row(
            row.title,
            texts,
            self._buttons(row, login),
            mark=self.tr("Used") if row.is_used else "",
            icon=row.icon,
            forms=[login] if login is not None else [],
        )

    def _buttons(self, row: CloudRow, login: FieldForm | None) -> list[Button]:
        made = []
        if login is not None:
            sign_in = Button(self.tr("Sign in"), ButtonKind.QUIET)
            accessibility.name(sign_in, self.tr("Sign in to {name}").format(name=row.title))
            sign_in.clicked.connect(lambda: login.open())
            made.append(sign_in)
        if row.can_check:
            check = Button(self.tr("Check"), ButtonKind.QUIET)
            accessibility.name(check, self.tr("Check {name}").format(name=row.title))
            check.clicked.connect(lambda: self.checked.emit(row.key))
            made.append(check)
        if row.kind:
            new = Button(self.tr("Set up"))
            accessibility.name(new, self.tr("Make a profile of {name}").format(name=row.title))
            new.clicked.connect(lambda: self.form.open(row.kind))
            made.append(new)
        if row.is_there and not row.is_used:
            use = Button(self.tr("Use"))
            accessibility.name(use, self.tr("Send new devices to {name}").format(name=row.title))
            use.clicked.connect(lambda: self.used.emit(row.key))
            made.append(use)
        return made

    def _login(self, row: CloudRow) -> FieldForm:
        password = SecretField(self.tr("Password"), help_text=self.tr("Your key store keeps it."))
        form = FieldForm([Field(self.tr("User name")), password], self.tr("Keep"))
        form.given.connect(lambda texts: self.signed_in.emit(row.key, *texts))
        return form


class CloudPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: CloudCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._makes = False
        card.used.connect(lambda key: send(UseCloud(key)))
        card.checked.connect(self._check)
        card.signed_in.connect(lambda key, user, word: send(KeepCloudLogin(key, user, Secret(word))))
        card.import_wanted.connect(self._import)
        card.made.connect(self._make)
        card.form.file_wanted.connect(self._choose_roots)
        takes_file(card, drops.cloud_profile, lambda path: send(ImportCloud(path)))
        takes_file(card.form, self._roots_words, lambda path: card.form.show_file(str(path)), FileKind.TRUST)

    def refresh(self) -> None:
        """Profiles may have been made on the command line."""
        from ui.present import clouds

        self._card.show_kinds(clouds.kinds())
        self._send(ListClouds())

    def take(self, event: object) -> None:
        """What the engine says of profiles."""
        from ui.present import clouds

        match event:
            case CloudsListed():
                if self._makes:
                    self._makes = False
                    self._card.form.leave()
                self._card.show_rows(clouds.rows(event))
            case CloudChecked():
                self._card.show_notice(clouds.checked(event))
            case CloudLoginKept():
                self._card.show_notice(clouds.login_kept(event))
            case CloudFailed():
                self._makes = False
                self._card.show_notice(clouds.failed(event))

    def _make(self, values: Mapping[str, str]) -> None:
        self._makes = True
        self._send(MakeCloud(values))

    def _check(self, name: str) -> None:
        from ui.present import clouds

        self._card.show_notice(clouds.checking(name))
        self._send(CheckCloud(name))

    def _roots_words(self) -> str:
        return drops.root_certificates() if self._card.form.roots.isVisible() else ""

    def _import(self) -> None:
        title = self.tr("Cloud profile")
        path, _ = QFileDialog.getOpenFileName(self._card.window(), title, "", FILES)
        if path:
            self._send(ImportCloud(Path(path)))

    def _choose_roots(self) -> None:
        title = self.tr("Root certificates")
        path, _ = QFileDialog.getOpenFileName(self._card.window(), title, "", CERTIFICATES)
        if path:
            self._card.form.show_file(path)
