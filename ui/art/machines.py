"""Things of a workshop: development board, bridge, and the plain box for whatever is unknown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.art import primitives
from ui.shell import theme

BOARD = "#2F6A51"
BOARD_EDGE = "#235440"
GOLD = "#D8AE55"
RED = "#E07A6E"


def board(painter: QPainter, scene: primitives.Scene) -> None:
    """A development board with its radio module, two keys and a USB socket."""
    primitives.ground(painter, 100, 180, 100)
    painter.setPen(QPen(QColor(BOARD_EDGE), primitives.EDGE))
    painter.setBrush(QColor(BOARD))
    painter.drawRoundedRect(QRectF(59, 18, 82, 156), 7, 7)
    for row in range(13):
        for x in (64.5, 135.5):
            primitives.dot(painter, x, 30 + 11.3 * row, 2.3, QColor(GOLD))

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(BOARD_EDGE))
    painter.drawRect(QRectF(75, 26, 50, 22))
    antenna = QPainterPath(QPointF(79, 44))
    for step, x in enumerate((79, 86, 86, 94, 94, 102, 102, 110, 110, 121)):
        antenna.lineTo(x, 32 if step % 4 in (0, 1) else 43)
    painter.setPen(QPen(QColor(GOLD), 2.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(antenna)
    painter.setPen(primitives.edge(1.2))
    painter.setBrush(primitives.body(46, 96))
    painter.drawRoundedRect(QRectF(74.5, 47, 51, 48), 2, 2)

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("artScreen"))
    painter.drawRoundedRect(QRectF(77, 105, 20, 18), 2, 2)
    painter.setBrush(QColor(RED))
    painter.drawRoundedRect(QRectF(107, 109, 10, 7), 1.5, 1.5)
    for x in (82, 118):
        painter.setPen(primitives.edge(1))
        painter.setBrush(theme.colour("artMetal"))
        painter.drawRoundedRect(QRectF(x - 7, 134, 14, 12), 3, 3)
        primitives.dot(painter, x, 140, 3.6, theme.colour("artScreen"))
    painter.setPen(primitives.edge(1.2))
    painter.setBrush(theme.colour("artMetal"))
    painter.drawRoundedRect(QRectF(84.5, 160, 31, 18), 4, 4)


def bridge(painter: QPainter, scene: primitives.Scene) -> None:
    """A flat bridge with a row of lights."""
    primitives.ground(painter, 100, 141, 160)
    primitives.case(painter, QRectF(21, 76, 158, 63), 31)
    painter.setPen(QPen(theme.colour("artEdge"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(48, 92), QPointF(152, 92))
    for index in range(5):
        colour = theme.colour("accent") if index < 3 else theme.colour("artEdge")
        primitives.dot(painter, 73 + 13.4 * index, 117, 3.4, colour)


def box(painter: QPainter, scene: primitives.Scene) -> None:
    """A device of which nothing is known but that it is there."""
    primitives.ground(painter, 100, 168, 140)
    primitives.case(painter, QRectF(36, 40, 128, 124), 30)
    pen = QPen(theme.colour("artEdge"), 6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rune = QPainterPath(QPointF(82, 84))
    for x, y in ((118, 120), (100, 138), (100, 66), (118, 84), (82, 120)):
        rune.lineTo(x, y)
    painter.drawPath(rune)
    primitives.light(painter, 145, 60, scene.led)
