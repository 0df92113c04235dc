"""The card of Thread networks: one is chosen, and its dataset is shown or asked for right below it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.pages.network.mesh_panel import MeshPanel, identity_of
from ui.widgets import Card, Line, NetworkRow
from ui.widgets.layouts import refill


@dataclass(frozen=True)
class MeshChoice:
    """One Thread network as the list shows it.

    identity: its extended PAN id, empty where that is not known. dataset: what is kept of it, with `origin`,
    the words that say where it comes from. router: the border router that can be asked for it, "" for none.
    """

    identity: bytes
    name: str
    detail: str = ""
    rssi: int | None = None
    dataset: Secret | None = None
    origin: str = ""
    router: str = ""


class MeshList(Card):
    """Rows of Thread networks, the panel under the chosen one, and a row for one that is not listed.

    router_wanted: the border router that is to be asked; file_wanted: a file with a dataset is to be chosen
    """

    changed = Signal()
    submitted = Signal()
    router_wanted = Signal(str)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.body.setSpacing(0)
        self._choices: tuple[MeshChoice, ...] = ()
        self._rows: list[NetworkRow] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._panel = MeshPanel()
        for signal in ("changed", "submitted", "router_wanted", "file_wanted"):
            getattr(self._panel, signal).connect(getattr(self, signal))
        self._holder = QWidget()
        around = self._around = QVBoxLayout(self._holder)
        around.setContentsMargins(16, 0, 16, 16)
        around.addWidget(self._panel)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def show_meshes(self, choices: tuple[MeshChoice, ...], chosen: Secret | None) -> None:
        """Offer these, with the network of `chosen` opened, or the first."""
        self._choices = choices
        for old in self._group.buttons():
            self._group.removeButton(old)
        self._holder.setParent(None)
        self._rows = [NetworkRow(each.name, each.detail, each.rssi) for each in choices]
        other = NetworkRow(self.tr("A network that is not in the list"), locked=False)
        # Without a list there is nothing to choose from: the panel alone asks.
        if not choices:
            other.hide()
        self._rows.append(other)
        widgets: list[QWidget | None] = []
        for index, row in enumerate(self._rows):
            self._group.addButton(row, index)
            widgets += [Line(), row] if index else [row]
        refill(self._list, widgets)
        margins = self._around.contentsMargins()
        margins.setTop(0 if choices else 16)
        self._around.setContentsMargins(margins)
        index = 0 if chosen is None and choices else self._place_of(chosen)
        self._rows[index].setChecked(True)
        self._choose(index)
        if chosen is not None and (index == len(choices) or choices[index].dataset is None):
            self._panel.fill(chosen)

    def dataset(self) -> Secret | None:
        """What was chosen, or None while no device can join with it."""
        return self._panel.dataset()

    def take_text(self, text: str) -> None:
        """A dataset that came from a file or was dropped: into the panel of a network without one."""
        at = self._group.checkedId()
        if at < len(self._choices) and self._choices[at].dataset is not None:
            self._rows[-1].setChecked(True)
            self._choose(len(self._choices))
        self._panel.take_text(text)

    def say_wrong(self, sentence: str) -> None:
        """Say below the field why nothing came of a file."""
        self._panel.say_wrong(sentence)

    def focus_first(self) -> None:
        """Put the cursor where something is missing, else on what is chosen."""
        if not self._panel.focus_field():
            self._rows[self._group.checkedId()].setFocus()

    def _place_of(self, dataset: Secret | None) -> int:
        """Of the row that has it, else of the network that it is of and that lacks one, else of the last."""
        found = identity_of(dataset)
        for at, each in enumerate(self._choices):
            if each.dataset == dataset or (each.dataset is None and found and each.identity == found):
                return at
        return len(self._choices)

    def _choose(self, index: int) -> None:
        """Open the panel below the chosen row."""
        choice = self._choices[index] if index < len(self._choices) else None
        self._list.removeWidget(self._holder)
        self._list.insertWidget(self._list.indexOf(self._rows[index]) + 1, self._holder)
        self._holder.show()
        if choice is None:
            self._panel.show_kept(None)
        else:
            self._panel.show_kept(
                choice.dataset, choice.origin, router=choice.router, identity=choice.identity
            )
        self.changed.emit()
