"""The page for the secret that is printed on the device, where its code did not hold it, or shown by it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.questions import SetupSecret
from companion.secret import Secret
from ui import art
from ui.widgets import ArtView, Button, ButtonKind, Card, Field, FindingRow, Level, PageFrame, Stage, StepMark
from ui.widgets.secret_field import SecretField

SIDE = 320


@dataclass(frozen=True)
class SecretView:
    """All that the page shows. username None: none is asked for; `problem`: why the last one failed.

    is_shown: the device shows it now, for this run alone
    """

    title: str
    lead: str
    art: str = "board"
    username: str | None = None
    problem: str = ""
    is_shown: bool = False
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class SecretPage(PageFrame):
    """Passive: `given` carries the SetupSecret, `cancelled` ends the run."""

    given = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._asks_name = False
        self._art = ArtView(maximum=200)
        self._name = Field(self.tr("User name"), help_text=self.tr("As printed on the device."))
        self._secret = SecretField(self.tr("Secret"))
        self._go = Button(self.tr("Continue"), ButtonKind.PRIMARY, trailing="arrow-right")
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.cancelled)
        self._go.clicked.connect(self._submit)
        for field in (self._name, self._secret):
            field.changed.connect(lambda _: self._check())
            field.submitted.connect(self._submit)
        self.body.addLayout(self._columns(), 1)
        self.add_left(cancel)
        self.add_right(self._go)

    def _columns(self) -> QHBoxLayout:
        stage = Stage()
        stage.setFixedWidth(SIDE)
        stage.body.addWidget(self._art, 1)
        card = Card()
        card.body.setSpacing(16)
        self._printed = FindingRow(
            Level.PLAIN,
            self.tr("Enter the device's secret"),
            self.tr("It is printed on the device, its box or its manual."),
            icon="key",
        )
        self._shown = FindingRow(
            Level.PLAIN,
            self.tr("Enter what the device shows"),
            self.tr("It belongs to this run alone. The device waits about a minute."),
            icon="key",
        )
        card.body.addWidget(self._printed)
        card.body.addWidget(self._shown)
        card.body.addWidget(self._name)
        card.body.addWidget(self._secret)
        card.body.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(stage)
        columns.addWidget(card, 1)
        return columns

    def show_view(self, view: SecretView) -> None:
        """Ask; with a problem, what was typed stays and is selected."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        self._art.show_art(view.art, art.Scene(led=art.Led.JOINING))
        self._printed.setVisible(not view.is_shown)
        self._shown.setVisible(view.is_shown)
        self._secret.set_help(
            self.tr("It is never sent in plain text.")
            if view.is_shown
            else self.tr("Often called PoP, PIN or password. It is never sent in plain text.")
        )
        self._asks_name = view.username is not None
        self._name.setVisible(self._asks_name)
        if view.problem:
            self._secret.correct(view.problem)
        else:
            self._name.set_text(view.username or "")
            self._secret.set_text("")
            self._secret.show_letters(view.is_shown)
            first = self._name if self._asks_name and not view.username else self._secret
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._check()

    def _check(self) -> None:
        self._go.setEnabled(bool(self._secret.text()) and (not self._asks_name or bool(self._name.text())))

    def _submit(self) -> None:
        if self._go.isEnabled():
            name = self._name.text() if self._asks_name else None
            self.given.emit(SetupSecret(Secret(self._secret.text()), name))
