"""The form for a backup: which file, under which passphrase, what is in it, and only then restore it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.secret import Secret
from ui import art
from ui.pages.first_start.views import BackupView
from ui.pages.views import NoticeView
from ui.widgets import ArtView, Banner, Button, ButtonKind, Card, Field, Label, PageFrame, Stage
from ui.widgets.secret_field import SecretField

SIDE = 320


class RestorePage(PageFrame):
    """Passive: `file_wanted` asks for a file; `read_wanted` and `restore_wanted` carry its path and the
    passphrase. What was read is void as soon as another file or passphrase is given.
    """

    file_wanted = Signal()
    read_wanted = Signal(object, object)
    restore_wanted = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Restore a backup"),
            self.tr("You see its contents before anything is written."),
            parent=parent,
        )
        self._path: Path | None = None
        self._has_read = False
        self._busy = False
        self._file = Field(self.tr("Backup file"))
        self._file.line_edit.setReadOnly(True)
        self._choose = Button(self.tr("Choose a file"), icon="file")
        self._file.add_to_row(self._choose)
        self._passphrase = SecretField(self.tr("Passphrase of the backup"))
        self._problem = Banner()
        self._problem.hide()
        self._content = QWidget()
        self._facts = QFormLayout(self._content)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self._read = Button(self.tr("Show contents"), ButtonKind.PRIMARY, icon="search")
        self._restore = Button(self.tr("Restore"), ButtonKind.PRIMARY, trailing="arrow-right")
        back = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        self._lay_out()
        self.add_left(back)
        self.add_right(self._read)
        self.add_right(self._restore)
        back.clicked.connect(self.left)
        self._choose.clicked.connect(self.file_wanted)
        self._passphrase.changed.connect(lambda _: self._forget())
        self._passphrase.submitted.connect(self._submit)
        self._read.clicked.connect(self._submit)
        self._restore.clicked.connect(self._on_restore)
        self.clear()

    def _lay_out(self) -> None:
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.addWidget(ArtView("lock", scene=art.Scene(), maximum=180), 1)
        card = Card()
        card.body.setSpacing(14)
        for widget in (self._file, self._passphrase, self._problem, self._content, self._note):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(card, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(stage)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)

    def clear(self) -> None:
        """Begin anew, with nothing filled in."""
        self._path = None
        self._file.set_text("")
        self._passphrase.set_text("")
        self._passphrase.show_letters(False)
        self._forget()

    def show_file(self, path: Path) -> None:
        """This file was chosen."""
        self._path = path
        self._file.set_text(path.name)
        self._forget()
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_content(self, view: BackupView) -> None:
        """Show what is in it. Nothing was written."""
        self._busy = False
        self._clear_facts()
        for name, value in view.facts:
            self._facts.addRow(Label(name, "body", role="textSecondary"), Label(value, "strong", wrap=True))
        self._note.setText(view.note)
        self._has_read = True
        self._check()
        self._restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, notice: NoticeView) -> None:
        """Say why it can't be read or restored."""
        self._forget()
        self._problem.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._problem.show()
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """What was read belongs to another file or passphrase."""
        self._has_read = self._busy = False
        self._problem.hide()
        self._check()

    def _check(self) -> None:
        ready = self._path is not None and bool(self._passphrase.text()) and not self._busy
        self._read.setVisible(not self._has_read)
        self._read.setEnabled(ready)
        self._restore.setVisible(self._has_read)
        self._restore.setEnabled(ready)
        self._content.setVisible(self._has_read)
        self._note.setVisible(self._has_read)

    def _submit(self) -> None:
        if self._has_read:
            self._on_restore()
        elif self._read.isEnabled() and self._path is not None:
            self._work()
            self.read_wanted.emit(self._path, Secret(self._passphrase.text()))

    def _on_restore(self) -> None:
        if self._restore.isEnabled() and self._path is not None:
            self._work()
            self.restore_wanted.emit(self._path, Secret(self._passphrase.text()))

    def _work(self) -> None:
        self._busy = True
        self._check()

    def _clear_facts(self) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
