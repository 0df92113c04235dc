"""The card of hardware tokens: which are inserted, which hold the owner key, and how the keys get there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.engine.commands import Command
from ui.engine.hsm import (
    AllowPin,
    HsmFailed,
    LookForTokens,
    MoveKeys,
    SignatureMade,
    TokensFound,
    TrySignature,
)
from ui.pages.hsm.views import TokenRow, TokensView
from ui.pages.views import NoticeView
from ui.present import drops
from ui.sources.drop_target import takes_file
from ui.sources.file_kind import FileKind
from ui.widgets import Button, ButtonKind, Field, Label, accessibility
from ui.widgets.choice_card import ChoiceCard, choice_row
from ui.widgets.hold_button import HoldButton
from ui.widgets.secret_field import SecretField
from ui.widgets.toggles import Tick

ENOUGH = 2
"""Tokens with the same keys: losing one of them loses nothing."""


class HsmCard(ChoiceCard):
    """Passive. move_wanted: URIs, the backup's path or None, and its passphrase or None; test_wanted,
    allow_wanted: a URI; file_wanted: the backup is to be chosen."""

    look_wanted = Signal()
    test_wanted = Signal(str)
    allow_wanted = Signal(str)
    file_wanted = Signal()
    move_wanted = Signal(tuple, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hardware tokens"), parent)
        self._view = TokensView("")
        self._path: Path | None = None
        # Its buttons stay on while the engine is at work: one that is switched off hands the keyboard away.
        self._busy = False
        self._ticks: dict[str, Tick] = {}
        self.look = Button(self.tr("Look for tokens"), icon="search")
        self.move_keys = Button(self.tr("Move the keys"), ButtonKind.PRIMARY, icon="key")
        self._rule = Label("", "body", wrap=True)
        self._file = Field(self.tr("Backup file"))
        self._file.line_edit.setReadOnly(True)
        self.choose = Button(self.tr("Choose a file"), icon="file")
        self._file.add_to_row(self.choose)
        self.passphrase = SecretField(self.tr("Passphrase of the backup"))
        self._backup = QWidget()
        fields = QVBoxLayout(self._backup)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(12)
        fields.addWidget(self._file)
        fields.addWidget(self.passphrase)
        self.forms.setSpacing(12)
        self.forms.addWidget(self._rule)
        self.forms.addWidget(self._backup)
        self.set_buttons(self.look, self.move_keys)
        self.look.clicked.connect(lambda: self._wish(self.look_wanted.emit))
        self.move_keys.clicked.connect(self._move)
        self.choose.clicked.connect(self.file_wanted)
        self.passphrase.changed.connect(lambda _: self._check())
        self.passphrase.submitted.connect(self._move)
        takes_file(self._backup, drops.hsm_backup, self.show_file, FileKind.BACKUP)
        self.show_view(TokensView(""))

    def show_view(self, view: TokensView) -> None:
        """The tokens as they are now. What was typed is forgotten."""
        self._view = view
        self._path = None
        self._file.set_text("")
        self.passphrase.set_text("")
        self._ticks = {}
        self.set_note(view.note)
        self.set_rows([self._row(row) for row in view.rows])
        self._rule.setText(view.rule)
        self._rule.setVisible(bool(view.rule))
        self.move_keys.setVisible(bool(view.rule))
        self._busy = False
        self._check()
        if view.notice is not None:
            self.show_notice(view.notice)

    def show_notice(self, notice: NoticeView | None) -> None:
        """What became of the last wish; None where the user called it off."""
        self._busy = False
        if notice is not None:
            self.say(notice.tone, notice.title, notice.sentence, notice.icon)

    def show_file(self, path: Path) -> None:
        """This backup was chosen."""
        self._path = path
        self._file.set_text(path.name)
        self._check()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, row: TokenRow) -> QWidget:
        controls: list[QWidget] = []
        if row.can_choose:
            tick = Tick(self.tr("Use it"))
            accessibility.name(tick, self.tr("Move the keys to {name}").format(name=row.name))
            tick.toggled.connect(lambda _: self._check())
            self._ticks[row.key] = tick
            controls.append(tick)
        if row.can_test:
            test = Button(self.tr("Test signature"))
            accessibility.name(test, self.tr("Test a signature by {name}").format(name=row.name))
            test.clicked.connect(lambda: self._wish(lambda: self.test_wanted.emit(row.key)))
            controls.append(test)
        if row.can_allow:
            allow = HoldButton(self.tr("Hold for one more PIN"))
            accessibility.name(allow, self.tr("Hold to allow one more PIN for {name}").format(name=row.name))
            allow.held.connect(lambda: self._wish(lambda: self.allow_wanted.emit(row.key)))
            controls.append(allow)
        facts = Label(row.facts, "body", role="textSecondary", wrap=True)
        return choice_row(row.name, [facts], controls, mark=row.mark, icon="key")

    def _chosen(self) -> tuple[str, ...]:
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())

    def _check(self) -> None:
        chosen = self._chosen()
        needs_backup = len(chosen) == 1
        self._backup.setVisible(needs_backup)
        has_backup = self._path is not None and bool(self.passphrase.text())
        ready = has_backup if needs_backup else len(chosen) >= ENOUGH
        self.move_keys.setEnabled(ready)

    def _wish(self, wanted: Callable[[], None]) -> None:
        """One at a time."""
        if not self._busy:
            self._busy = True
            wanted()

    def _move(self) -> None:
        if self.move_keys.isEnabled() and not self.move_keys.isHidden():
            self._wish(self._emit_move)

    def _emit_move(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.move_wanted.emit(chosen, self._path, Secret(self.passphrase.text()))
        else:
            self.move_wanted.emit(chosen, None, None)


class HsmPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: HsmCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        from ui.present import hsm

        self._card = card
        card.show_view(hsm.unknown())
        card.look_wanted.connect(lambda: send(LookForTokens()))
        card.test_wanted.connect(lambda uri: send(TrySignature(uri)))
        card.allow_wanted.connect(lambda uri: send(AllowPin(uri)))
        card.move_wanted.connect(lambda uris, path, words: send(MoveKeys(uris, path, words)))
        card.file_wanted.connect(self._choose)

    def take(self, event: object) -> None:
        """What the engine says of tokens."""
        from ui.present import hsm

        match event:
            case TokensFound():
                self._card.show_view(hsm.found(event))
            case SignatureMade():
                self._card.show_notice(hsm.signed(event))
            case HsmFailed():
                self._card.show_notice(hsm.failed(event))

    def _choose(self) -> None:
        title = self.tr("Choose a backup")
        path, _ = QFileDialog.getOpenFileName(self._card.window(), title)
        if path:
            self._card.show_file(Path(path))
