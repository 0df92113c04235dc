"""The page before a device's certificates are revoked: why, what it means, and a button to hold."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from companion.events import RevocationReason
from ui.pages.ownership.reset import HeldPage
from ui.widgets import Card, Line, NetworkRow


class RevocationPage(HeldPage):
    """Passive. `wanted` carries the RevocationReason that was chosen, once the button was held."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hold to revoke"), icon="ban", parent=parent)
        self.reasons: Mapping[RevocationReason, NetworkRow] = {
            RevocationReason.LOST: self._row(self.tr("It is lost"), self.tr("Its location is unknown")),
            RevocationReason.STOLEN: self._row(self.tr("It was stolen"), self.tr("Someone else has it")),
            RevocationReason.KEY_COMPROMISE: self._row(
                self.tr("Its key may be compromised"), self.tr("Someone could impersonate it")
            ),
            RevocationReason.RETIRED: self._row(self.tr("It is out of use"), self.tr("Broken or retired")),
        }
        self._group = QButtonGroup(self)
        card = Card(padding=0)
        card.body.setSpacing(0)
        for index, row in enumerate(self.reasons.values()):
            if index:
                card.body.addWidget(Line())
            card.body.addWidget(row)
            self._group.addButton(row, index)
        self.reasons[RevocationReason.LOST].setChecked(True)
        self._right.insertWidget(0, card)
        self.confirmed.connect(lambda: self.wanted.emit(self.reason))

    @property
    def reason(self) -> RevocationReason:
        """The one that is chosen."""
        return list(self.reasons)[self._group.checkedId()]

    @staticmethod
    def _row(title: str, sentence: str) -> NetworkRow:
        return NetworkRow(title, sentence, locked=False)
