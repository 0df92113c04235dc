"""Whether the device keeps the network that it has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ui.widgets import Card, Line, NetworkRow
from ui.widgets.layouts import refill


class KeepChoice(Card):
    """Leave the network as it is, or choose another one; hidden where there is nothing to leave."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.body.setSpacing(0)
        self._group = QButtonGroup(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._group.idClicked.connect(lambda _: self.changed.emit())
        self.hide()

    @property
    def keeps(self) -> bool:
        """The network stays."""
        return self._group.checkedId() == 0

    def focus_first(self) -> None:
        """Put the keyboard on what is chosen."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, keep: str | None, *, keeps: bool) -> None:
        """Offer to leave it, with these words; None takes the choice away."""
        for old in self._group.buttons():
            self._group.removeButton(old)
        self.setVisible(keep is not None)
        if keep is None:
            return
        stay = NetworkRow(keep, self.tr("Its network settings stay unchanged"), locked=False)
        other = NetworkRow(self.tr("Another network"), locked=False)
        for index, row in enumerate((stay, other)):
            self._group.addButton(row, index)
        (stay if keeps else other).setChecked(True)
        refill(self._rows, [stay, Line(), other])
