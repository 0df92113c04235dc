"""The card of the Matter fabrics in the settings: which there are, which one devices join, a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
from ui.widgets import Button, ButtonKind, Field, Label, accessibility
from ui.widgets.choice_card import ChoiceCard, choice_row
from ui.widgets.field_form import FieldForm
from ui.widgets.hold_button import HoldButton


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


class FabricCard(ChoiceCard):
    """Passive. used, removed: a fabric's key; renamed: with its new name; added: a name; open_wanted: the
    keys are to be opened."""

    added = Signal(str)
    renamed = Signal(str, str)
    used = Signal(str)
    removed = Signal(str)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Matter fabrics"), parent)
        self.open = Button(self.tr("Show fabrics"), icon="key")
        self.open.clicked.connect(self.open_wanted)
        self.new = Button(self.tr("New fabric"), icon="plus")
        form = FieldForm([Field(self.tr("Name of the fabric"))], self.tr("Create"))
        form.given.connect(lambda texts: self.added.emit(texts[0]))
        self.new.clicked.connect(lambda: form.open())
        self.forms.addWidget(form)
        self.set_buttons(self.open, self.new)
        self.show_view(FabricsView(""))

    def show_view(self, view: FabricsView) -> None:
        """The fabrics as they are now."""
        self.set_note(view.note)
        self.open.setVisible(view.is_locked)
        self.new.setVisible(not view.is_locked)
        self.set_rows([self._row(row) for row in view.rows])

    def _row(self, row: FabricRow) -> QWidget:
        rename = FieldForm([Field(self.tr("Name of the fabric"))], self.tr("Save"))
        rename.given.connect(lambda texts: self.renamed.emit(row.key, texts[0]))
        removal = self._removal(row)
        facts = Label(row.facts, "body", role="textSecondary", wrap=True)
        return choice_row(
            row.name,
            [facts],
            self._buttons(row, rename, removal),
            mark=self.tr("Default") if row.is_usual else "",
            forms=(rename, removal),
        )

    def _buttons(self, row: FabricRow, rename: FieldForm, removal: QWidget) -> list[Button]:
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
                notice = fabrics.failed(event)
                self._card.say(notice.tone, notice.title, notice.sentence, notice.icon)
