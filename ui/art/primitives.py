"""Strokes and fills that all drawings share, in the 200 x 200 box."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QLinearGradient, QPainter, QPen, QRadialGradient

from companion.plain_text import plain
from ui.shell import theme

BOX = 200.0
EDGE = 1.6


class Led(Enum):
    """What a device's light says: its colour role, or no light."""

    OFF = ""
    JOINING = "viewfinder"
    GOOD = "success"
    BAD = "danger"


@dataclass(frozen=True)
class Scene:
    """The state a device is drawn in.

    display: large line on its display; caption: small line under it. slots: blank digit places instead of
    the large line, such as "000-000" for six (never the digits themselves). faded: the device has ended.
    """

    display: str = "21.4°"
    caption: str = ""
    slots: str = ""
    led: Led = Led.OFF
    faded: bool = False


def edge(width: float = EDGE, role: str = "artEdge") -> QPen:
    """The outline pen."""
    return QPen(theme.colour(role), width)


def body(top: float, bottom: float) -> QBrush:
    """The vertical gradient of a device's body between two heights."""
    gradient = QLinearGradient(0, top, 0, bottom)
    gradient.setColorAt(0, theme.colour("artBody"))
    gradient.setColorAt(1, theme.colour("artShade"))
    return QBrush(gradient)


def ground(painter: QPainter, middle: float, y: float, width: float) -> None:
    """The soft shadow that a device stands on."""
    painter.save()
    painter.translate(middle, y)
    painter.scale(1, 0.13)
    gradient = QRadialGradient(QPointF(0, 0), width / 2)
    strength = 0.5 if theme.is_dark() else 0.2
    gradient.setColorAt(0, QColor.fromRgbF(0, 0, 0, strength))
    gradient.setColorAt(0.6, QColor.fromRgbF(0, 0, 0, strength * 0.45))
    gradient.setColorAt(1, QColor.fromRgbF(0, 0, 0, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawEllipse(QPointF(0, 0), width / 2, width / 2)
    painter.restore()


def case(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A body: gradient, outline, and the light that its inner edge catches."""
    painter.setPen(edge())
    painter.setBrush(body(rect.top(), rect.bottom()))
    painter.drawRoundedRect(rect, radius, radius)
    shine = theme.colour("artEdge", 0.28) if theme.is_dark() else theme.colour("artBody", 0.9)
    painter.setPen(QPen(shine, 1.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(4.5, 4.5, -4.5, -4.5), radius - 4.5, radius - 4.5)


def dot(painter: QPainter, x: float, y: float, radius: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(x, y), radius, radius)


def light(painter: QPainter, x: float, y: float, led: Led, radius: float = 3.2) -> None:
    """A light with its glow; a dark speck when it is off."""
    if led is Led.OFF:
        dot(painter, x, y, radius * 0.8, theme.colour("artEdge"))
        return
    colour = led_colour(led)
    glow = QColor(colour)
    glow.setAlphaF(0.3)
    dot(painter, x, y, radius * 2.4, glow)
    dot(painter, x, y, radius, colour)


def led_colour(led: Led) -> QColor:
    """The light's colour; joining is the viewfinder's, darkened a little where the body is white."""
    colour = theme.colour(led.value)
    if led is Led.JOINING and not theme.is_dark():
        return theme.mixed(colour, theme.colour("accent"), 0.28)
    return colour


def words(painter: QPainter, rect: QRectF, text: str, pixels: float, role: str, weight: int = 600) -> None:
    """A centred line that shrinks until it fits `rect`."""
    text = plain(text)
    font = theme.font("display")
    font.setWeight(QFont.Weight(weight))
    font.setPixelSize(100)
    painter.save()
    painter.setFont(font)
    wide = painter.fontMetrics().horizontalAdvance(text)
    size = min(pixels, rect.width() / wide * 100 if wide else pixels)
    factor = size / 100
    painter.translate(rect.center())
    painter.scale(factor, factor)
    painter.setPen(theme.colour(role))
    box = QRectF(-wide, -100, 2 * wide, 200)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def slots(painter: QPainter, rect: QRectF, pattern: str) -> None:
    """Blank digit places as high as `rect`, in its middle: one for each mark that is not a hyphen."""
    tall = rect.height()
    wide, gap, hyphen = tall * 0.48, tall * 0.26, tall * 0.6
    total = sum(hyphen if mark == "-" else wide for mark in pattern) + gap * (len(pattern) - 1)
    x, y = rect.center().x() - total / 2, rect.center().y()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for mark in pattern:
        if mark == "-":
            painter.setPen(QPen(theme.colour("artInk"), tall * 0.13))
            painter.drawLine(QPointF(x + tall * 0.09, y), QPointF(x + hyphen - tall * 0.09, y))
            x += hyphen + gap
        else:
            painter.setPen(QPen(theme.colour("artInk"), tall * 0.076))
            painter.drawRoundedRect(QRectF(x, y - tall / 2, wide, tall), tall * 0.06, tall * 0.06)
            x += wide + gap
