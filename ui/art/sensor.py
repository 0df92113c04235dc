"""A desk sensor with a display, a button, a grille and a light."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.art import primitives
from ui.shell import theme

BODY = QRectF(26, 18, 148, 152)
DISPLAY = QRectF(41, 35, 118, 80)


def sensor(painter: QPainter, scene: primitives.Scene) -> None:
    """The RP1 sensor."""
    primitives.ground(painter, 100, 177, 152)
    foot = QPainterPath()
    foot.moveTo(64, 168)
    foot.lineTo(136, 168)
    foot.lineTo(136, 172)
    foot.quadTo(136, 178, 129, 178)
    foot.lineTo(71, 178)
    foot.quadTo(64, 178, 64, 172)
    foot.closeSubpath()
    painter.setPen(primitives.edge(1.2))
    painter.setBrush(theme.colour("artDeep"))
    painter.drawPath(foot)
    primitives.case(painter, BODY, 27)
    _display(painter, scene)

    painter.setPen(QPen(theme.colour("artEdge"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for x in (45, 51.7, 58.4, 65.1):
        painter.drawLine(QPointF(x, 137), QPointF(x, 149))
    painter.setPen(primitives.edge(1.2))
    painter.setBrush(primitives.body(156, 130))
    painter.drawEllipse(QPointF(100, 143), 13, 13)
    primitives.light(painter, 143.5, 143, scene.led)


def _display(painter: QPainter, scene: primitives.Scene) -> None:
    painter.setPen(primitives.edge(1, "artDeep"))
    painter.setBrush(theme.colour("artScreen"))
    painter.drawRoundedRect(DISPLAY, 13, 13)
    if scene.slots:
        middle = 69 if scene.caption else 75
        primitives.slots(painter, QRectF(47, middle - 8.5, 106, 17), scene.slots)
    elif scene.display:
        height = 46 if scene.caption else 70
        primitives.words(painter, QRectF(47, 40, 106, height + 8), scene.display, 33, "artInk")
    if scene.caption:
        painter.save()
        painter.setOpacity(painter.opacity() * 0.72)
        primitives.words(painter, QRectF(49, 89, 102, 16), scene.caption, 10.5, "artInk", 500)
        painter.restore()
