"""The page for several devices that could be meant: which one?"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.views import NearbyView
from ui.widgets import Button, ButtonKind, Card, DeviceRow, Line, PageFrame, StepMark
from ui.widgets.layouts import refill


@dataclass(frozen=True)
class DeviceChoiceView:
    """All that the page shows; a device's `key` comes back when it is chosen."""

    title: str
    lead: str
    devices: tuple[NearbyView, ...]
    marks: tuple[StepMark, ...] = ()
    spoken: str = ""


class DeviceChoicePage(PageFrame):
    """Passive: a list of devices, strongest first."""

    chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._card = Card(padding=0)
        self._card.body.setSpacing(0)
        self.body.addWidget(self._card)
        self.body.addStretch(1)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.cancelled)
        self.add_left(cancel)

    def show_view(self, view: DeviceChoiceView) -> None:
        """Offer the devices."""
        self.set_title(view.title)
        self.set_lead(view.lead)
        self.set_steps(view.marks, view.spoken)
        rows: list[QWidget | None] = []
        for index, device in enumerate(view.devices):
            if index:
                rows.append(Line())
            row = DeviceRow(device.name, device.protocol, device.rssi, device.kind)
            row.clicked.connect(lambda _=False, key=device.key: self.chosen.emit(key))
            rows.append(row)
        refill(self._card.body, rows)
