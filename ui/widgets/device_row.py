"""A device nearby, as a row that can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import art
from ui.present import units
from ui.shell import theme
from ui.widgets import accessibility, paint, signal_bars
from ui.widgets.interactive import Interactive

ART = 36
PADDING = 12


class DeviceRow(Interactive, QPushButton):
    """Drawing, name, protocol, signal. `radius` is that of the card's corners the row touches."""

    def __init__(
        self,
        name: str,
        detail: str,
        rssi: int | None,
        kind: str,
        *,
        scene: art.Scene | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._kind = kind
        self._scene = scene
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_device(name, detail, rssi)

    def show_device(self, name: str, detail: str, rssi: int | None) -> None:
        """Change what the row says, as a device's signal does."""
        self.setText(name)
        self._detail, self._rssi = detail, rssi
        strength = units.dbm(rssi) if rssi is not None else ""
        accessibility.name(self, name)
        accessibility.describe(self, ", ".join(part for part in (detail, strength) if part))
        self.update()

    def sizeHint(self) -> QSize:
        lines = paint.text_height("strong") + paint.text_height("caption")
        return QSize(260, max(50, round(lines) + 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect()).adjusted(3, 2, -3, -2)
            if self.isDown():
                paint.panel(painter, rect, 8, theme.colour("outline"))
            elif self.hover:
                paint.panel(painter, rect, 8, theme.colour("hover", self.hover))
            if self.focus_shown:
                paint.panel(painter, rect, 8, None, theme.colour("focus"), 2)
            middle = self.height() / 2
            box = paint.mirrored(self, QRectF(PADDING - 3, middle - ART / 2, ART, ART))
            art.paint(painter, box, self._kind, self._scene)

            strength = signal_bars.decibels(self._rssi)
            note = paint.text_width("−88 dBm", "captionTabular") + 1
            right = self.width() - PADDING - note
            if strength:
                line = paint.mirrored(self, QRectF(right, 0, note, self.height()))
                soft = theme.colour("textSecondary")
                paint.text(painter, line, strength, "captionTabular", soft, paint.trailing(self))
                bars = paint.mirrored(self, QRectF(right - 26, middle - 7, 18, 13))
                signal_bars.paint_bars(painter, bars, self._rssi)
                right -= 26
            top, under = paint.text_height("strong"), paint.text_height("caption")
            y = middle - (top + under) / 2
            x = PADDING + ART + 7
            lead = paint.leading(self)
            line = paint.mirrored(self, QRectF(x, y, right - x - 8, top))
            paint.text(painter, line, self.text(), "strong", theme.colour("text"), lead)
            line = paint.mirrored(self, QRectF(x, y + top, right - x - 8, under))
            paint.text(painter, line, self._detail, "caption", theme.colour("textSecondary"), lead)
