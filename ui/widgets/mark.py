"""The mark: two halves of a tally stick that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.shell import theme
from ui.widgets import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

ICON_SIDES = (16, 32, 64, 128)


def mark_icon() -> QIcon:
    """The window's icon, at the sizes that task bars take."""
    # Only now: the first paint comes before the window has its icon.
    from PySide6.QtGui import QIcon, QPixmap

    icon = QIcon()
    for side in ICON_SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(pixmap.rect()))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Mark(QWidget):
    """The mark: two halves of a tally that fit."""

    def __init__(self, size: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            paint_mark(painter, QRectF(self.rect()))


def paint_mark(painter: QPainter, rect: QRectF) -> None:
    """Draw the mark to fill `rect`."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 30, rect.height() / 30)
    whole = QPainterPath()
    whole.addRoundedRect(QRectF(0, 0, 30, 30), 8.5, 8.5)
    painter.setPen(Qt.PenStyle.NoPen)
    for role, cut, edge in (("accent", 15.6, -4.0), ("text", 18.4, 34.0)):
        half = QPainterPath(QPointF(-1, cut))
        for x, y in ((7, cut), (11, cut - 7), (19, cut - 7), (23, cut), (31, cut), (31, edge), (-1, edge)):
            half.lineTo(x, y)
        half.closeSubpath()
        painter.setBrush(theme.colour(role))
        painter.drawPath(whole.intersected(half))
    painter.restore()
