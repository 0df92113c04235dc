"""The card of the Matter fabrics in the settings: which there are, which one devices join, a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.engine.commands import Command
from ui.engine.fabrics import (
    AddFabric,
    FabricFailed,
    FabricsListed,
    ListFabrics,
    OpenFabrics,
    RemoveFabric,
    RenameFabric,
    UseFabric,
)
from ui.pages.views import NoticeView
from ui.widgets import Banner, Button, ButtonKind, Card, Label, Line, Tone, accessibility
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.hold_button import HoldButton
from ui.widgets.layouts import refill


@dataclass(frozen=True)
class FabricRow:
    """key: its id; loss: what it means to remove it; is_usual: it is marked as the default"""

    key: str
    name: str
    facts: str
    is_usual: bool = False
    can_use: bool = False
    loss: str = ""


@dataclass(frozen=True)
class FabricsView:
    """is_locked: the keys have to be opened before any can be listed"""

    note: str
    rows: tuple[FabricRow, ...] = ()
    is_locked: bool = False


class FabricCard(Card):
    """Passive. used, removed: a fabric's key; renamed: with its new name; added: a name; open_wanted: the
    keys are to be opened."""

    added = Signal(str)
    renamed = Signal(str, str)
    used = Signal(str)
    removed = Signal(str)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._note = Label("", "body", role="textSecondary", wrap=True)
        self._notice = Banner()
        self._notice.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.open = Button(self.tr("Show fabrics"), icon="key")
        self.open.clicked.connect(self.open_wanted)
        self.new = Button(self.tr("New fabric"), icon="plus")
        self._form = _NameForm(self.tr("Name of the fabric"), self.tr("Create"))
        self._form.given.connect(self.added)
        self.new.clicked.connect(lambda: self._form.open(""))
        self.body.addWidget(Label(self.tr("Matter fabrics"), "section"))
        self.body.addWidget(self._note)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._form)
        self.body.addWidget(self._notice)
        buttons = QHBoxLayout()
        for button in (self.open, self.new):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.show_view(FabricsView(""))

    def show_view(self, view: FabricsView) -> None:
        """The fabrics as they are now."""
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self.open.setVisible(view.is_locked)
        self.new.setVisible(not view.is_locked)
        self._notice.hide()
        rows: list[QWidget | None] = []
        for row in view.rows:
            rows += [Line(), self._row(row)]
        refill(self._rows, rows)

    def show_notice(self, notice: NoticeView) -> None:
        """Why nothing came of the last wish."""
        self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.show()

    def _row(self, row: FabricRow) -> QWidget:
        made = QWidget()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(row.name, "strong", elide=True))
        if row.is_usual:
            head.addWidget(Chip(self.tr("Default"), Tone.INFO))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(Label(row.facts, "body", role="textSecondary", wrap=True))
        rename = _NameForm(self.tr("Name of the fabric"), self.tr("Save"))
        rename.given.connect(lambda name: self.renamed.emit(row.key, name))
        removal = self._removal(row)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addLayout(words, 1)
        for button in self._buttons(row, rename, removal):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(rename)
        column.addWidget(removal)
        return made

    def _buttons(self, row: FabricRow, rename: _NameForm, removal: QWidget) -> list[Button]:
        use = Button(self.tr("Use by default"))
        accessibility.name(use, self.tr("Let new devices join {name}").format(name=row.name))
        use.clicked.connect(lambda: self.used.emit(row.key))
        change = Button(self.tr("Rename"), ButtonKind.QUIET)
        accessibility.name(change, self.tr("Rename {name}").format(name=row.name))
        change.clicked.connect(lambda: rename.open(row.name))
        remove = Button(self.tr("Remove"), ButtonKind.QUIET)
        accessibility.name(remove, self.tr("Remove {name}").format(name=row.name))
        remove.clicked.connect(lambda: removal.setVisible(removal.isHidden()))
        return [*([use] if row.can_use else []), change, remove]

    def _removal(self, row: FabricRow) -> QWidget:
        """What is lost, before it is held."""
        form = QWidget()
        hold = HoldButton(self.tr("Hold to remove"), icon="trash")
        accessibility.name(hold, self.tr("Hold to remove {name}").format(name=row.name))
        hold.held.connect(lambda: self.removed.emit(row.key))
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(row.loss, "body", wrap=True))
        column.addWidget(hold, 0, Qt.AlignmentFlag.AlignLeft)
        form.hide()
        return form


class _NameForm(QWidget):
    """A name and two buttons. given: what was typed."""

    given = Signal(str)

    def __init__(self, label: str, words: str) -> None:
        super().__init__()
        self.name = Field(label)
        self.save = Button(words, ButtonKind.PRIMARY)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addLayout(row)
        self.name.changed.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.name.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        cancel.clicked.connect(self.hide)
        self.hide()

    def open(self, name: str) -> None:
        """Begin with what it is called now."""
        self.name.set_text(name)
        self.save.setEnabled(bool(name))
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line_edit.selectAll()

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.hide()
            self.given.emit(self.name.text())


class FabricPresenter(QObject):
    """Fills the card; `send` takes commands to the engine."""

    def __init__(self, card: FabricCard, send: Callable[[Command], None]) -> None:
        super().__init__(card)
        self._card = card
        self._send = send
        card.open_wanted.connect(lambda: send(OpenFabrics()))
        card.added.connect(lambda name: send(AddFabric(name)))
        card.renamed.connect(lambda key, name: send(RenameFabric(key, name)))
        card.used.connect(lambda key: send(UseFabric(key)))
        card.removed.connect(lambda key: send(RemoveFabric(key)))

    def refresh(self) -> None:
        """Devices may have joined one."""
        self._send(ListFabrics())

    def take(self, event: object) -> None:
        """What the engine says of fabrics."""
        from ui.present import fabrics

        match event:
            case FabricsListed():
                self._card.show_view(fabrics.listed(event))
            case FabricFailed():
                self._card.show_notice(fabrics.failed(event))
