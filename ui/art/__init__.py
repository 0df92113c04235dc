"""Device drawings: the same device is the same drawing everywhere, at every size, in both schemes.

Each drawing is a function that draws in a box of 200 x 200 with colours from the art roles of the tokens.
`paint` scales that box; `KINDS` names the drawings; protocols may bring their own (`protocol_drawing`).
What a device's display shows is an argument (`Scene`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.art import protocol_drawing
from ui.art.home_devices import bulb, button, lock, plug
from ui.art.laptop import laptop
from ui.art.machines import board, box, bridge
from ui.art.primitives import BOX, Led, Scene, slots
from ui.art.sensor import sensor

__all__ = ["KINDS", "Led", "Scene", "paint", "paint_slots"]

KINDS: dict[str, Callable[[QPainter, Scene], None]] = {
    "sensor": sensor,
    "plug": plug,
    "bulb": bulb,
    "lock": lock,
    "board": board,
    "button": button,
    "bridge": bridge,
    "box": box,
    "laptop": laptop,
}


def paint_slots(painter: QPainter, screen: QRectF, pattern: str) -> None:
    """Blank digit places in the middle of a display; see `Scene.slots`."""
    tall = screen.height() * 0.5
    slots(painter, QRectF(screen.left(), screen.center().y() - tall / 2, screen.width(), tall), pattern)


def paint(painter: QPainter, rect: QRectF, kind: str, scene: Scene | None = None) -> None:
    """Draw `kind` (an unknown one is the plain box) to fill the square `rect`."""
    scene = scene or Scene()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / BOX, rect.height() / BOX)
    if scene.faded:
        painter.setOpacity(painter.opacity() * 0.55)
    if not protocol_drawing.paint(painter, kind):
        KINDS.get(kind, box)(painter, scene)
    painter.restore()
