"""The selected device: what goes wrong with it, and who stands at its button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.pages.lab.views import DeviceView, FaultView
from ui.widgets import Button, ButtonKind, Field, Label, Line, Stepper, Switch, accessibility
from ui.widgets.menu import Menu


class DevicePanel(QWidget):
    """Passive. fault_changed: a fault's key and its number, 0 for off. button_changed: who stands there.
    source_changed: the key of where its secret comes from.

    pressed: its button, for the same number or another one. removed: it is wanted no more. code_changed: what
    is printed on a real one.
    """

    fault_changed = Signal(str, int)
    button_changed = Signal(int)
    source_changed = Signal(str)
    pressed = Signal(bool)
    removed = Signal()
    code_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: DeviceView | None = None
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        self._name = Label("", "caption", role="textSecondary", elide=True, align=trailing)
        self._note = Label("", "caption", role="textSecondary", wrap=True)
        self._title = Label("", "heading")
        self.code = Field(self.tr("Setup code"), style="code")
        self.button = Button("", ButtonKind.SECONDARY, trailing="chevron-down")
        self.source = Button("", ButtonKind.SECONDARY, trailing="chevron-down")
        self.same = Button(self.tr("Same number"), icon="equal")
        self.other = Button(self.tr("Other number"), icon="differ")
        self.remove = Button(self.tr("Remove device"), ButtonKind.MUTED, icon="trash")
        self._faults: list[_FaultRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self.code)
        column.addWidget(self._note)
        self._from = QWidget()
        inner = QVBoxLayout(self._from)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(Line())
        inner.addWidget(Label(self.tr("Set up from"), "strong"))
        inner.addWidget(self.source)
        column.addWidget(self._from)
        self._at_button = QWidget()
        inner = QVBoxLayout(self._at_button)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(Line())
        inner.addWidget(Label(self.tr("At its button"), "strong"))
        inner.addWidget(self.button)
        inner.addWidget(self.same)
        inner.addWidget(self.other)
        column.addWidget(self._at_button)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self._menu = Menu(self)
        self.button.clicked.connect(self._open_menu)
        self.source.clicked.connect(self._open_sources)
        self.same.clicked.connect(lambda: self.pressed.emit(True))
        self.other.clicked.connect(lambda: self.pressed.emit(False))
        self.remove.clicked.connect(self.removed)
        self.code.changed.connect(self.code_changed)

    def show_view(self, view: DeviceView | None, *, editable: bool) -> None:
        """Show a device, or that none is selected. editable: not while runs go on."""
        same = self._view is not None and view is not None and _shape(self._view) == _shape(view)
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self._name.setText(view.name)
        self._title.setText(self.tr("Faults") if view.code is None else self.tr("Device"))
        self._show_code(view.code, editable=editable)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        if not same:
            self._make_rows(view)
        for row, fault in zip(self._faults, view.faults, strict=True):
            row.show_view(fault, editable=editable)
        self._from.setVisible(len(view.sources) > 1)
        if view.sources:
            words = dict(view.sources)[view.source]
            self.source.setText(words)
            accessibility.name(self.source, f"{self.tr('Set up from')}: {words}")
        self.source.setEnabled(editable)
        self._at_button.setVisible(bool(view.buttons))
        if view.buttons:
            self.button.setText(view.buttons[view.button])
            accessibility.name(self.button, f"{self.tr('At its button')}: {view.buttons[view.button]}")
        self.button.setEnabled(editable)
        for button in (self.same, self.other):
            button.setVisible(view.asks)
        self.remove.setEnabled(editable)

    def _show_code(self, code: Secret | None, *, editable: bool) -> None:
        self.code.setVisible(code is not None)
        self.code.setEnabled(editable)
        text = code.reveal_text() if code is not None else ""
        if self.code.text() != text:
            with QSignalBlocker(self.code):
                self.code.set_text(text)

    def _make_rows(self, view: DeviceView) -> None:
        for row in self._faults:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._faults = [_FaultRow(fault) for fault in view.faults]
        for row in self._faults:
            row.changed.connect(self.fault_changed)
            self._rows.addWidget(row)

    def _open_menu(self) -> None:
        view = self._view
        if view is None:
            return
        self._menu.clear()
        for index, words in enumerate(view.buttons):
            self._menu.offer(words, partial(self.button_changed.emit, index), chosen=index == view.button)
        self._menu.open_below(self.button)

    def _open_sources(self) -> None:
        view = self._view
        if view is None:
            return
        self._menu.clear()
        for key, words in view.sources:
            self._menu.offer(words, partial(self.source_changed.emit, key), chosen=key == view.source)
        self._menu.open_below(self.source)


class _FaultRow(QWidget):
    """Words, the number while it is on, a switch."""

    changed = Signal(str, int)

    def __init__(self, view: FaultView) -> None:
        super().__init__()
        self._view = view
        self._words = Label(view.words, "body", elide=True)
        self.switch = Switch(view.words)
        self.stepper: Stepper | None = None
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._words, 1)
        row.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        self._amount = QWidget()
        if view.amount is not None:
            self.stepper = Stepper(view.unit, view.amount, view.least, view.most)
            self.stepper.changed.connect(self._tell)
            line = QHBoxLayout(self._amount)
            line.setContentsMargins(0, 0, 4, 4)
            line.addWidget(Label(view.unit, "caption", role="textSecondary", elide=True), 1)
            line.addWidget(self.stepper)
        self._amount.hide()
        column.addWidget(self._amount)
        self.switch.clicked.connect(self._tell)

    def show_view(self, view: FaultView, *, editable: bool) -> None:
        self._view = view
        self._words.setText(view.words)
        self.switch.setChecked(view.is_on)
        self.switch.setEnabled(editable)
        if self.stepper is not None and view.amount is not None:
            self.stepper.box.blockSignals(True)
            self.stepper.box.setValue(view.amount)
            self.stepper.box.blockSignals(False)
            self._amount.setVisible(view.is_on)
            self.stepper.setEnabled(editable)
            accessibility.name(self.stepper.box, f"{view.words}, {view.unit}")

    def _tell(self) -> None:
        amount = self.stepper.box.value() if self.stepper is not None else 1
        self.changed.emit(self._view.key, amount if self.switch.isChecked() else 0)


def _shape(view: DeviceView) -> tuple[str, ...]:
    """Which rows there are."""
    return tuple(fault.key for fault in view.faults)
