"""Things of a home: plug, bulb, lock, button."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen, QRadialGradient

from ui.art import primitives
from ui.shell import theme

GLOW = "#FFC65C"
GLASS = ("#FFF0C8", "#FFD482")
GLASS_EDGE = "#E3AE55"


def plug(painter: QPainter, scene: primitives.Scene) -> None:
    """A smart plug with an earthed socket."""
    primitives.ground(painter, 100, 174, 132)
    primitives.case(painter, QRectF(37, 20, 126, 152), 37)
    middle = QPointF(100, 87)
    painter.setPen(QPen(theme.colour("artDeep"), 5.5))
    painter.setBrush(theme.colour("artShade"))
    painter.drawEllipse(middle, 42, 42)
    for x in (83, 117):
        primitives.dot(painter, x, 87, 6.2, theme.colour("artScreen"))
    painter.setBrush(theme.colour("artEdge"))
    for y in (54, 113):
        painter.drawRoundedRect(QRectF(96, y, 8, 7), 2, 2)
    painter.setBrush(
        primitives.led_colour(primitives.Led.GOOD if scene.led is primitives.Led.OFF else scene.led)
    )
    painter.drawRoundedRect(QRectF(87, 149, 26, 6), 3, 3)


def bulb(painter: QPainter, scene: primitives.Scene) -> None:
    """A bulb that is lit."""
    glow = QRadialGradient(QPointF(100, 72), 84)
    glow.setColorAt(0.3, _alpha(GLOW, 0.5))
    glow.setColorAt(0.7, _alpha(GLOW, 0.16))
    glow.setColorAt(1, _alpha(GLOW, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glow)
    painter.drawEllipse(QPointF(100, 72), 84, 84)
    primitives.ground(painter, 100, 180, 68)

    glass = QPainterPath()
    glass.moveTo(80, 136)
    glass.cubicTo(80, 112, 49, 103, 49, 70)
    glass.cubicTo(49, 42, 72, 19, 100, 19)
    glass.cubicTo(128, 19, 151, 42, 151, 70)
    glass.cubicTo(151, 103, 120, 112, 120, 136)
    glass.closeSubpath()
    fill = QLinearGradient(0, 19, 0, 136)
    fill.setColorAt(0, QColor(GLASS[0]))
    fill.setColorAt(1, QColor(GLASS[1]))
    painter.setPen(QPen(QColor(GLASS_EDGE), primitives.EDGE))
    painter.setBrush(fill)
    painter.drawPath(glass)

    painter.setPen(primitives.edge(1.2))
    painter.setBrush(theme.colour("artMetal"))
    painter.drawRoundedRect(QRectF(91, 166, 18, 10), 4, 4)
    painter.setBrush(theme.colour("artDeep"))
    painter.drawRoundedRect(QRectF(78, 135, 44, 33), 7, 7)
    for y in (144, 152, 160):
        painter.drawLine(QPointF(79, y + 1), QPointF(121, y - 1))


def lock(painter: QPainter, scene: primitives.Scene) -> None:
    """A door lock with a keypad and a thumb turn."""
    primitives.ground(painter, 100, 177, 106)
    primitives.case(painter, QRectF(56, 20, 88, 155), 21)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("artScreen"))
    painter.drawRoundedRect(QRectF(67, 33, 66, 72), 11, 11)
    for row in range(3):
        for column in range(3):
            primitives.dot(painter, 81.5 + 18.5 * column, 50 + 18.5 * row, 3, theme.colour("artInk"))
    painter.setPen(primitives.edge(1.2))
    painter.setBrush(primitives.body(116, 164))
    painter.drawEllipse(QPointF(100, 140), 24, 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("artEdge", 0.85))
    painter.drawRoundedRect(QRectF(95.5, 121, 9, 38), 4.5, 4.5)
    if scene.led is not primitives.Led.OFF:
        primitives.light(painter, 126, 28, scene.led, 2.4)


def button(painter: QPainter, scene: primitives.Scene) -> None:
    """A wall button with one large key."""
    primitives.ground(painter, 100, 175, 136)
    primitives.case(painter, QRectF(33, 33, 134, 138), 42)
    painter.setPen(primitives.edge())
    painter.setBrush(primitives.body(146, 58))
    painter.drawEllipse(QPointF(100, 102), 43, 43)
    pen = QPen(theme.colour("accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(QRectF(68, 70, 64, 64), 42 * 16, 96 * 16)


def _alpha(name: str, alpha: float) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(alpha)
    return colour
