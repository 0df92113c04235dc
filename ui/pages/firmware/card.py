"""The card of firmware in the settings: what a file is, and which firmware devices need to have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.engine.commands import Command
from ui.engine.firmware import (
    AddRule,
    ExplainFirmware,
    FirmwareExplained,
    FirmwareFailed,
    KeepFile,
    ListRules,
    RemoveRule,
    RulesListed,
)
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, CheckLine, CheckList, Field, Label, Line, accessibility
from ui.widgets.choice_card import ChoiceCard, choice_row
from ui.widgets.field_form import FieldForm
from ui.widgets.hold_button import HoldButton
from ui.widgets.layouts import refill
from ui.widgets.scroll import bring_into_sight


@dataclass(frozen=True)
class RuleRow:
    """key: the rule's id; subject: for which devices; facts: what they need to have"""

    key: str
    subject: str
    facts: str


@dataclass(frozen=True)
class FileView:
    """What a file is. facts: label and value; asks_key: nobody has said yet who should have signed it"""

    title: str
    verdict: NoticeView
    facts: tuple[tuple[str, str], ...]
    checks: tuple[CheckLine, ...]
    asks_key: bool


class FirmwareCard(ChoiceCard):
    """Passive. file_wanted, key_wanted: one is to be chosen; rule_given: model and oldest version;
    rule_removed: a rule's id; keep_wanted: the same, to keep a file with it."""

    file_wanted = Signal()
    key_wanted = Signal()
    rule_given = Signal(str, str)
    rule_removed = Signal(str)
    keep_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Firmware"), parent)
        self.set_note(
            self.tr(
                "A rule stops the setup of a device with old firmware before it gets any credentials. What "
                "counts is what the device says."
            )
        )
        self.open = Button(self.tr("Explain a file"), icon="file")
        self.open.clicked.connect(self.file_wanted)
        self.new = Button(self.tr("New rule"), icon="plus")
        fields = [Field(self.tr("Model, as the device says it")), Field(self.tr("Oldest version"))]
        self.form = FieldForm(fields, self.tr("Save the rule"))
        self.form.given.connect(lambda texts: self.rule_given.emit(*texts))
        self.new.clicked.connect(lambda: self.form.open())
        self.file = _FilePanel()
        self.file.key.clicked.connect(self.key_wanted)
        self.forms.setSpacing(12)
        self.forms.addWidget(self.form)
        self.forms.addWidget(self.file)
        self.set_buttons(self.open, self.new)

    def show_rules(self, rows: tuple[RuleRow, ...]) -> None:
        """The rules as they are now."""
        self.set_rows([self._row(row) for row in rows])

    def show_file(self, view: FileView) -> None:
        """What a file is, in place of the one before."""
        self.clear_notice()
        self.file.show_view(view)
        bring_into_sight(self.file)

    def _row(self, row: RuleRow) -> QWidget:
        hold = HoldButton(self.tr("Hold to remove"), icon="trash")
        accessibility.name(hold, self.tr("Hold to remove the rule for {name}").format(name=row.subject))
        hold.held.connect(lambda: self.rule_removed.emit(row.key))
        form = QWidget()
        line = QHBoxLayout(form)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(hold)
        line.addStretch(1)
        form.hide()
        remove = Button(self.tr("Remove"), ButtonKind.QUIET)
        accessibility.name(remove, self.tr("Remove the rule for {name}").format(name=row.subject))
        remove.clicked.connect(lambda: form.setVisible(form.isHidden()))
        keep = Button(self.tr("Keep a file"), ButtonKind.QUIET)
        accessibility.name(keep, self.tr("Keep a file with the rule for {name}").format(name=row.subject))
        keep.clicked.connect(lambda: self.keep_wanted.emit(row.key))
        facts = Label(row.facts, "body", role="textSecondary", wrap=True)
        return choice_row(row.subject, [facts], [keep, remove], forms=[form])


class _FilePanel(QWidget):
    """A file: what it says of itself, and what was checked. Hidden until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "strong", elide=True)
        self._verdict = Banner()
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self._checks = CheckList()
        self.key = Button(self.tr("Choose the signer's key"), ButtonKind.MUTED, icon="key")
        self.close_file = Button(self.tr("Close the file"), ButtonKind.QUIET)
        self.close_file.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.key)
        buttons.addWidget(self.close_file)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Line())
        column.addWidget(self._title)
        column.addWidget(self._verdict)
        column.addLayout(self._facts)
        column.addWidget(self._checks)
        column.addLayout(buttons)
        self.hide()

    def show_view(self, view: FileView) -> None:
        self._title.setText(view.title)
        verdict = view.verdict
        self._verdict.show_notice(verdict.tone, verdict.title, verdict.sentence, icon=verdict.icon)
        self._checks.show_checks(view.checks)
        self.key.setVisible(view.asks_key)
        refill(self._facts, [_fact(*each) for each in view.facts])
        self.show()


def _fact(label: str, value: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(16)
    top = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
    line.addWidget(Label(label, "body", role="textSecondary", wrap=True, align=top), 1)
    line.addWidget(Label(value, "body", wrap=True, align=top), 3)
    return row


class FirmwarePresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: FirmwareCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        self._path: Path | None = None
        card.file_wanted.connect(self._choose_file)
        card.key_wanted.connect(self._choose_key)
        card.rule_given.connect(lambda model, version: send(AddRule(model, version)))
        card.keep_wanted.connect(self._choose_kept)
        card.rule_removed.connect(lambda rule: send(RemoveRule(rule)))

    def refresh(self) -> None:
        """The command line may have changed them."""
        self._send(ListRules())

    def take(self, event: object) -> None:
        """What the engine says of firmware."""
        from ui.present import firmware

        match event:
            case RulesListed():
                self._card.show_rules(firmware.listed(event))
            case FirmwareExplained():
                self._path = event.path
                self._card.show_file(firmware.explained(event))
            case FirmwareFailed():
                notice = firmware.failed(event)
                self._card.say(notice.tone, notice.title, notice.sentence, notice.icon)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._card.window(), self.tr("Choose a firmware file"))
        if path:
            self._send(ExplainFirmware(Path(path)))

    def _choose_kept(self, rule: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self._card.window(), self.tr("Choose a firmware file"))
        if path:
            self._send(KeepFile(rule, Path(path)))

    def _choose_key(self) -> None:
        title = self.tr("Public key of who should have signed it")
        key, _ = QFileDialog.getOpenFileName(self._card.window(), title, "", "*.pem")
        if key and self._path is not None:
            self._send(ExplainFirmware(self._path, Path(key)))
