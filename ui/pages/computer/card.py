"""The card of this computer in the settings: the data folder, and all that the doctor examines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.files import abbreviate_home
from companion.plain_text import filled
from ui.engine.commands import Command, Examine
from ui.engine.events import Examined
from ui.pages.run.requirements import Requirement, RequirementRow
from ui.present.run import requirements
from ui.widgets import Button, ButtonKind, Card, Label, Line
from ui.widgets.check_button import CheckButton
from ui.widgets.layouts import refill


class ComputerCard(Card):
    """Passive. again_wanted: examine it anew; folder_wanted: open the data folder; copy_wanted: a command."""

    again_wanted = Signal()
    folder_wanted = Signal()
    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._summary = Label("", "strong", wrap=True)
        self._folder = Label("", "body", role="textSecondary", wrap=True)
        self.open = Button(self.tr("Open the data folder"), ButtonKind.QUIET, icon="file")
        self.again = CheckButton(ButtonKind.SECONDARY)
        self._found: tuple[Requirement, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.open.clicked.connect(self.folder_wanted)
        self.again.clicked.connect(self.again_wanted)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._summary)
        words.addWidget(self._folder)
        words.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(Label(self.tr("This computer"), "section"))
        self.body.addLayout(row)
        self.body.addLayout(self._rows)
        self.show_checking()

    def show_checking(self) -> None:
        """It is being examined."""
        self.again.show_checking(True)
        self._summary.setText(self.tr("Checking"))
        for widget in (self._folder, self.open):
            widget.hide()

    def show_found(self, summary: str, folder: str, found: Sequence[Requirement]) -> None:
        """What was found. folder: where records and keys are, "" if nobody knows."""
        self.again.show_checking(False)
        self._summary.setText(summary)
        self._folder.setText(filled(self.tr("Keys and records are in {folder}"), {"folder": folder}))
        for widget in (self._folder, self.open):
            widget.setVisible(bool(folder))
        if tuple(found) == self._found:
            return
        self._found = tuple(found)
        focus = self.focusWidget()
        if focus not in (None, self.open, self.again):
            # Its row goes, and the keyboard is to stay on this card.
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        rows: list[QWidget | None] = []
        for each in found:
            rows += [Line(), RequirementRow(each, self.copy_wanted.emit)]
        refill(self._rows, rows)


class ComputerPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: ComputerCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._folder: Path | None = None
        card.again_wanted.connect(self.refresh)
        card.folder_wanted.connect(self._open)
        card.copy_wanted.connect(lambda command: QGuiApplication.clipboard().setText(command))

    def refresh(self) -> None:
        """Adapters come and go."""
        self._card.show_checking()
        self._send(Examine())

    def take(self, event: object) -> None:
        """What the doctor found."""
        if isinstance(event, Examined):
            self._folder = event.folder
            folder = abbreviate_home(str(event.folder)) if event.folder is not None else ""
            checks = event.checks
            self._card.show_found(requirements.summary(checks), folder, requirements.computer(checks))

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
