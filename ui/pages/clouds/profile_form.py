"""A new cloud profile in the settings: its kind, and the fields that a profile of this kind has to have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import Button, ButtonKind, Field, Label
from ui.widgets.field_form import OpenedForm
from ui.widgets.layouts import refill
from ui.widgets.menu import Menu
from ui.widgets.scroll import bring_into_sight

ROOTS = "roots"


@dataclass(frozen=True)
class FieldWords:
    """key: of the profile's field; example: what such a value looks like"""

    key: str
    label: str
    example: str


@dataclass(frozen=True)
class KindChoice:
    """A kind of which a profile can be made. needs_roots: a file with certificates belongs to it"""

    key: str
    title: str
    fields: tuple[FieldWords, ...]
    needs_roots: bool = False


class ProfileForm(OpenedForm):
    """Passive. made: the fields with their values, certificates as the path of a file; file_wanted: that file
    is to be chosen. It stays open until `leave`: what is wrong with a field is said below it."""

    made = Signal(object)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[KindChoice, ...] = ()
        self._kind: KindChoice | None = None
        self._file = ""
        self.fields: Mapping[str, Field] = {}
        self.kind = Button("", trailing="chevron-down")
        self.kind.clicked.connect(self._offer)
        self.roots = Button("", icon="file")
        self.roots.clicked.connect(self.file_wanted)
        self._roots_row = QWidget()
        self._roots_name = Label(self.tr("Root certificates of your company"), "strong", elide=True)
        line = QHBoxLayout(self._roots_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._roots_name, 1)
        line.addWidget(self.roots)
        self.save = Button(self.tr("Save profile"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._take)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._fields)
        column.addWidget(self._roots_row)
        column.addLayout(buttons)

    def show_kinds(self, kinds: tuple[KindChoice, ...]) -> None:
        """What there is to choose from. What is being typed stays."""
        self._kinds = kinds

    def open(self, kind: str = "") -> None:
        """Begin with a kind (its key), the first one where none is named."""
        found = next((each for each in self._kinds if each.key == kind), self._kinds[0])
        self._kind, self.fields = None, {}
        self._choose(found)
        self.show_file("")
        self.appear(next(iter(self.fields.values())))

    def show_file(self, path: str) -> None:
        """The certificates are in this file; "": in none yet."""
        self._file = path
        self.roots.setText(Path(path).name if path else self.tr("Choose file"))
        self._check()

    def _choose(self, kind: KindChoice) -> None:
        typed = {key: field.text() for key, field in self.fields.items()} if self._kind is not None else {}
        self._kind = kind
        self.kind.setText(kind.title)
        self.fields = {each.key: Field(each.label, placeholder=each.example) for each in kind.fields}
        for key, field in self.fields.items():
            field.set_text(typed.get(key, ""))
            field.changed.connect(lambda _: self._check())
            field.submitted.connect(self._take)
        refill(self._fields, list(self.fields.values()))
        bring_into_sight(self)
        self._roots_row.setVisible(kind.needs_roots)
        self.show_file(self._file)

    def _offer(self) -> None:
        menu = Menu(self)
        for kind in self._kinds:
            menu.offer(kind.title, partial(self._choose, kind), chosen=kind == self._kind)
        menu.open_below(self.kind)

    def _check(self) -> None:
        has_roots = self._kind is not None and (bool(self._file) or not self._kind.needs_roots)
        self.save.setEnabled(has_roots and all(each.text().strip() for each in self.fields.values()))

    def _take(self) -> None:
        if not self.save.isEnabled() or self._kind is None:
            return
        values = {key: field.text().strip() for key, field in self.fields.items()}
        if self._kind.needs_roots:
            values[ROOTS] = self._file
        self.made.emit({"kind": self._kind.key, **values})
