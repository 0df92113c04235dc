"""The card of the backup in the settings: how old the last one is; a form to make one, or to try one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.pages.backup.views import Standing, Strength
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, Field, FlowLayout, Label, ValidityBar
from ui.widgets.secret_field import SecretField


class BackupCard(Card):
    """Passive. `file_wanted` asks for a file, to write (True) or to read; `make_wanted` and `try_wanted`
    carry its path, the passphrase, and the one of the key file or None; `typed` a passphrase to be judged;
    `sheet_wanted` whether the recovery sheet goes to the printer (True) or into a file.
    """

    file_wanted = Signal(bool)
    make_wanted = Signal(object, object, object)
    try_wanted = Signal(object, object, object)
    typed = Signal(str)
    sheet_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._path: Path | None = None
        self._makes = True
        self._busy = False
        self._fits = False
        self._standing = Standing("", "", can_make=False)
        self._title = Label("", "strong", wrap=True)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self.make = Button(self.tr("Back up"), icon="lock")
        self.attempt = Button(self.tr("Try a restore"), icon="search")
        self.print = Button(self.tr("Print recovery sheet"), ButtonKind.QUIET, icon="receipt")
        self.save = Button(self.tr("Save recovery sheet"), ButtonKind.QUIET, icon="file")
        self._sheet_problem = Banner()
        self._sheet_problem.hide()
        self._file = Field(self.tr("Backup file"))
        self._file.line_edit.setReadOnly(True)
        self._choose = Button(self.tr("Choose a file"), icon="file")
        self._file.add_to_row(self._choose)
        self._passphrase = SecretField(self.tr("Passphrase of the backup"))
        self._bar = ValidityBar(0.0)
        self._passphrase.add_below_line(self._bar)
        self._again = SecretField(self.tr("The same passphrase again"))
        self._keys = SecretField(self.tr("Passphrase of this computer's keys"))
        self._notice = Banner(wide=True)
        self._content = QWidget()
        self._facts = QFormLayout(self._content)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self._cancel = Button(self.tr("Close"), ButtonKind.MUTED)
        self._go = Button("", ButtonKind.PRIMARY)
        self._form = QWidget()
        self._lay_out()
        self.make.clicked.connect(lambda: self.open_form(makes=True))
        self.attempt.clicked.connect(lambda: self.open_form(makes=False))
        self.print.clicked.connect(lambda: self.sheet_wanted.emit(True))
        self.save.clicked.connect(lambda: self.sheet_wanted.emit(False))
        self._choose.clicked.connect(lambda: self.file_wanted.emit(self._makes))
        self._passphrase.changed.connect(self._on_passphrase)
        for field in (self._again, self._keys):
            field.changed.connect(lambda _: self._check())
        for field in (self._passphrase, self._again, self._keys):
            field.submitted.connect(self._submit)
        self._cancel.clicked.connect(self._leave)
        self._go.clicked.connect(self._submit)
        self.close_form()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.attempt, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.make, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(14)
        for widget in (self._file, self._passphrase, self._again, self._keys, self._notice, self._content):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.body.addWidget(Label(self.tr("Backup"), "section"))
        sheet = FlowLayout(spacing=8)
        sheet.addWidget(self.print)
        sheet.addWidget(self.save)
        self.body.addLayout(row)
        self.body.addLayout(sheet)
        self.body.addWidget(self._sheet_problem)
        self.body.addWidget(self._form)

    # --- what is shown -----------------------------------------------------------------------------

    def show_standing(self, standing: Standing) -> None:
        """How old the last backup is."""
        self._standing = standing
        self._title.setText(standing.title)
        self._note.setText(standing.note)
        for button in (self.print, self.save):
            button.setVisible(standing.has_sheet)
        self._keys.setVisible(standing.asks_passphrase and not self._go.isHidden())
        self._check()

    def open_form(self, *, makes: bool) -> None:
        """Ask for what making or trying a backup needs, with nothing filled in."""
        self._makes = makes
        self._path = None
        self._fits = not makes
        for field in (self._file, self._passphrase, self._again, self._keys):
            field.set_text("")
        self._go.setText(self.tr("Back up") if makes else self.tr("Compare"))
        self._form.show()
        self.make.hide()
        self.attempt.hide()
        self._forget()
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Away with it, and with what was typed."""
        for field in (self._passphrase, self._again, self._keys):
            field.set_text("")
            field.show_letters(False)
        self._busy = False
        self._form.hide()
        self.make.show()
        self.attempt.show()
        self._check()

    def show_file(self, path: Path) -> None:
        """This file was chosen."""
        self._path = path
        self._file.set_text(path.name)
        self._forget()
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_strength(self, strength: Strength) -> None:
        """How strong the passphrase is that is being typed."""
        self._fits = strength.fits
        self._bar.set_left(strength.share, strength.words)
        self._passphrase.set_help(strength.words)
        self._check()

    def show_result(self, notice: NoticeView, facts: Sequence[tuple[str, str]]) -> None:
        """What was done, and what is in the backup. What was typed is forgotten."""
        self._forget()
        self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.show()
        for name, value in facts:
            self._facts.addRow(Label(name, "body", role="textSecondary"), Label(value, "strong", elide=True))
        self._content.show()
        self._path = None
        for field in (self._file, self._passphrase, self._again, self._keys):
            field.hide()
            if isinstance(field, SecretField):
                field.line_edit.blockSignals(True)
                field.set_text("")
                field.line_edit.blockSignals(False)
        self._go.hide()
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, notice: NoticeView) -> None:
        """Why it could not be done."""
        self._forget()
        self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.show()

    def show_sheet_problem(self, notice: NoticeView | None) -> None:
        """Why the recovery sheet could not be saved; None: nothing is wrong with it."""
        self._sheet_problem.setVisible(notice is not None)
        if notice is not None:
            self._sheet_problem.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)

    def _leave(self) -> None:
        used = self.make if self._makes else self.attempt
        self.close_form()
        used.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is typed -----------------------------------------------------------------------------

    def _on_passphrase(self, text: str) -> None:
        if self._makes:
            self.typed.emit(text)
        self._check()

    def _forget(self) -> None:
        """What was done or went wrong belongs to another file or passphrase."""
        self._busy = False
        self._notice.hide()
        self._content.hide()
        while self._facts.rowCount():
            self._facts.removeRow(0)
        self._file.show()
        self._passphrase.show()
        self._bar.setVisible(self._makes)
        if not self._makes:
            self._passphrase.set_help("")
        self._again.setVisible(self._makes)
        self._keys.setVisible(self._standing.asks_passphrase)
        self._go.show()
        self._check()

    def _check(self) -> None:
        same = not self._makes or self._again.text() == self._passphrase.text()
        differs = self._makes and not self._passphrase.text().startswith(self._again.text())
        self._again.set_wrong(self.tr("The passphrases differ.") if differs else "")
        keys = bool(self._keys.text()) or not self._standing.asks_passphrase
        ready = self._path is not None and bool(self._passphrase.text()) and self._fits and same and keys
        self._go.setEnabled(ready and not self._busy)
        self.make.setEnabled(self._standing.can_make and not self._busy)
        self.attempt.setEnabled(not self._busy)

    def _submit(self) -> None:
        if self._path is None or not self._go.isEnabled():
            return
        self._busy = True
        self._notice.hide()
        self._check()
        keys = Secret(self._keys.text()) if self._standing.asks_passphrase else None
        wanted = self.make_wanted if self._makes else self.try_wanted
        wanted.emit(self._path, Secret(self._passphrase.text()), keys)
