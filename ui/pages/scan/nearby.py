"""The list of devices nearby that are ready to be set up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.pages.scan.maker import MakerStrip
from ui.pages.views import NearbyView
from ui.widgets import Card, DeviceRow, IconView, Label, Line
from ui.widgets.scroll import ColumnScroll


class NearbyList(QWidget):
    """Heading with a count, and a card with a row a device. `chosen` carries a row's key."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._devices: tuple[NearbyView, ...] = ()
        self._rows: list[DeviceRow] = []
        self._stops: list[QWidget] = []
        self._count = Label("0", "strong", role="textSecondary")
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("No code? Nearby and ready"), "strong", elide=True), 1)
        head.addWidget(self._count)

        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self._list)
        self._area = ColumnScroll(inner)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

        self._looking = Label("", "caption", role="textSecondary", wrap=True)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(17, 12, 17, 12)
        foot.setSpacing(12)
        self._sign = IconView("refresh", "textSecondary", 18)
        foot.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._looking, 1)
        self._line = Line()
        self._card = card = Card(padding=0)
        card.body.setContentsMargins(1, 1, 1, 2)
        card.body.setSpacing(0)
        card.body.addWidget(self._area, 1)
        card.body.addWidget(self._line)
        card.body.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(card)
        column.addStretch(1)
        column.setStretchFactor(card, 1000)
        self.show_devices((), 0)

    def show_devices(self, devices: Sequence[NearbyView], others: int, problem: str = "") -> None:
        """Show `devices`; `others` is how many more are in range without being in set-up, `problem` why
        nobody can look.

        Rows of devices that stay keep their place on the screen and the keyboard's focus.
        """
        new = tuple(devices)
        if [(view.key, view.maker) for view in new] != [(view.key, view.maker) for view in self._devices]:
            self._rebuild(new)
        for row, view in zip(self._rows, new, strict=True):
            row.show_device(view.name, view.protocol, view.rssi)
        self._devices = new
        self._count.setText(str(len(new)))
        self._count.setVisible(bool(new))
        self._line.setVisible(bool(new))
        self._area.setVisible(bool(new))
        self._looking.setText(problem or self._still_looking(bool(new), others))
        self._sign.show_icon("warning" if problem else "refresh", "warning" if problem else "textSecondary")
        tall = sum(row.sizeHint().height() for row in self._rows) + max(0, len(new) - 1)
        self._area.setMaximumHeight(tall)
        # One row and the beginning of the next: it can be seen that there is more.
        self._area.setMinimumHeight(min(tall, round(tall / len(new) * 1.6)) if new else 0)
        self._limit()

    def stops(self) -> tuple[QWidget, ...]:
        """What the keyboard goes through, in its order."""
        return tuple(self._stops)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit()

    def _limit(self) -> None:
        """The card ends where its contents end."""
        rows = self._area.maximumHeight() + 1 if self._rows else 0
        self._card.setMaximumHeight(rows + max(54, self._foot.heightForWidth(self.width() - 2)) + 3)

    def _rebuild(self, devices: tuple[NearbyView, ...]) -> None:
        focused = next((i for i, row in enumerate(self._rows) if row.hasFocus()), None)
        key = self._devices[focused].key if focused is not None else None
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._rows, self._stops = [], []
        for index, view in enumerate(devices):
            if index:
                self._list.addWidget(Line())
            row = DeviceRow(view.name, view.protocol, view.rssi, view.kind)
            row.clicked.connect(lambda _=False, chosen=view.key: self.chosen.emit(chosen))
            self._rows.append(row)
            self._list.addWidget(row)
            self._stops.append(row)
            if view.maker is not None:
                strip = MakerStrip(view.maker)
                self._list.addWidget(strip)
                self._stops.append(strip.open)
            if view.key == key and key is not None:
                row.setFocus()

    def _still_looking(self, some: bool, others: int) -> str:
        if not some and not others:
            return self.tr("Searching. No device in setup mode yet.")
        if others == 1:
            return self.tr("Searching. 1 other device is not in setup mode.")
        if others:
            return self.tr("Searching. {count} other devices are not in setup mode.").format(count=others)
        return self.tr("Searching.")
