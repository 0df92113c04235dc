"""A Wi-Fi network, as a row of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from ui import icons
from ui.present import units
from ui.shell import theme
from ui.widgets import accessibility, paint, signal_bars
from ui.widgets.interactive import Interactive

TEXT = 54


class NetworkRow(Interactive, QRadioButton):
    """Radio dot, name, detail, lock and signal. Rows under one parent exclude each other."""

    def __init__(
        self,
        name: str,
        detail: str = "",
        rssi: int | None = None,
        *,
        locked: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._detail = detail
        self._rssi = rssi
        self._locked = locked
        accessibility.name(self, name)
        strength = units.dbm(rssi) if rssi is not None else ""
        accessibility.describe(self, ", ".join(part for part in (detail, strength) if part))
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lines = paint.text_height("strong") + (paint.text_height("caption") if self._detail else 0)
        return QSize(280, max(int(theme.token("size", "listRow")), round(lines) + 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect()).adjusted(3, 2, -3, -2)
            if self.hover and not self.isChecked():
                paint.panel(painter, rect, 8, theme.colour("hover", self.hover))
            if self.focus_shown:
                paint.panel(painter, rect, 8, None, theme.colour("focus"), 2)
            middle = self.height() / 2
            dot = QPointF(29.5, middle)
            if self.isRightToLeft():
                dot.setX(self.width() - dot.x())
            checked = self.isChecked()
            ring = theme.colour("accent" if checked else "outlineStrong")
            painter.setPen(QPen(ring, 2 if checked else 1.3))
            painter.setBrush(theme.colour("surface"))
            painter.drawEllipse(dot, 9.2, 9.2)
            if checked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(dot, 5, 5)

            right = self.width() - 17.0
            if self._rssi is not None:
                bars = paint.mirrored(self, QRectF(right - 18, middle - 7, 18, 13))
                signal_bars.paint_bars(painter, bars, self._rssi)
                right -= 30
            if self._locked:
                lock = paint.mirrored(self, QRectF(right - 16, middle - 8.5, 16, 16))
                icons.paint(painter, lock, "lock", theme.colour("textSecondary"))
                right -= 24
            top = paint.text_height("strong")
            under = paint.text_height("caption") if self._detail else 0
            y = middle - (top + under) / 2
            lead = paint.leading(self)
            line = paint.mirrored(self, QRectF(TEXT, y, right - TEXT, top))
            paint.text(painter, line, self.text(), "strong", theme.colour("text"), lead)
            if self._detail:
                line = paint.mirrored(self, QRectF(TEXT, y + top, right - TEXT, under))
                soft = theme.colour("textSecondary")
                paint.text(painter, line, self._detail, "caption", soft, lead)
