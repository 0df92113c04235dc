"""The drawings that protocols bring themselves: SVG pictures which their declarations name.

They show the device alone: no light, no display. One that can't be read is the plain box.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from ui.art import primitives

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

log = logging.getLogger(__name__)

PREFIX = "protocol:"
LARGEST = 1_000_000
"""Octets of a picture."""


def kind_of(protocol: str) -> str:
    """What `ui.art.paint` takes for the drawing of a protocol's own."""
    return PREFIX + protocol


def paint(painter: QPainter, kind: str) -> bool:
    """Draw it in the box of 200 x 200. False if `kind` is none of these, or its picture can't be read."""
    if not kind.startswith(PREFIX):
        return False
    from companion.protocols import installed

    declared = installed().protocols.get(kind.removeprefix(PREFIX))
    renderer = _renderer(declared.drawing) if declared is not None and declared.drawing is not None else None
    if renderer is None:
        return False
    renderer.render(painter, QRectF(0, 0, primitives.BOX, primitives.BOX))
    return True


@lru_cache(maxsize=32)
def _renderer(drawing: Callable[[], Traversable]) -> QSvgRenderer | None:
    try:
        with drawing().open("rb") as file:
            picture = file.read(LARGEST + 1)
    except Exception as error:  # another distribution's code, called while a page is painted
        log.warning("a protocol's drawing can't be read: %s", type(error).__name__)
        return None
    renderer = QSvgRenderer(QByteArray(picture)) if len(picture) <= LARGEST else None
    return renderer if renderer is not None and renderer.isValid() else None
