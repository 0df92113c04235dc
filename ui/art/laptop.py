"""This computer, open, with its display towards the user."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from ui.art import primitives
from ui.shell import theme

DISPLAY = QRectF(26.3, 29.5, 147.4, 98)


def laptop(painter: QPainter, scene: primitives.Scene) -> None:
    """A laptop; its display shows `scene.display`, nothing where that is empty."""
    primitives.ground(painter, 100, 154, 208)
    painter.setPen(primitives.edge())
    painter.setBrush(theme.colour("artDeep"))
    painter.drawRoundedRect(QRectF(21, 24, 158, 109), 8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("artScreen"))
    painter.drawRoundedRect(DISPLAY, 4, 4)
    base = QPainterPath()
    base.moveTo(2, 136)
    base.lineTo(198, 136)
    base.lineTo(198, 139)
    base.quadTo(197, 149, 187, 149)
    base.lineTo(13, 149)
    base.quadTo(3, 149, 2, 139)
    base.closeSubpath()
    painter.setPen(primitives.edge(1.2))
    painter.setBrush(primitives.body(136, 149))
    painter.drawPath(base)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("artDeep"))
    painter.drawRoundedRect(QRectF(81.5, 136, 37, 4.4), 2, 2)
    if scene.display:
        primitives.words(painter, DISPLAY.adjusted(10, 0, -10, 0), scene.display, 35, "artInk")
