"""The icon set: one SVG a file, 24 grid, one stroke, one colour, painted at whatever size is asked.

Nothing is read before it is first painted, and nothing is kept as a pixmap: icons are sharp at every scale.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme

FOLDER = Path(__file__).parent
SMALL = 16


def names() -> list[str]:
    """Every icon's name, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Paint icon `name` to fill the square `rect`; small ones get a bolder stroke. Unknown name: KeyError."""
    small = min(rect.width(), rect.height()) <= SMALL
    _renderer(name, colour.name(QColor.NameFormat.HexRgb), colour.alphaF(), small).render(painter, rect)


def icon(name: str, role: str = "text") -> QIcon:
    """`name` as a QIcon for menus, in the colour of `role` at the time it is painted."""
    return QIcon(_Engine(name, role))


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, alpha: float, small: bool) -> QSvgRenderer:
    stroke = theme.token("stroke", "iconSmall" if small else "icon")
    svg = (
        _source(name)
        .replace('stroke="currentColor"', f'stroke="{colour}" stroke-opacity="{alpha:.3f}"')
        .replace('stroke-width="1.75"', f'stroke-width="{stroke}"')
    )
    return QSvgRenderer(QByteArray(svg.encode()))


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    try:
        return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(f"no icon is called {name}") from None


class _Engine(QIconEngine):
    """Paints one of our icons wherever Qt wants a QIcon, following the theme."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "textDisabled" if mode == QIcon.Mode.Disabled else self._role
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        paint(painter, square, self._name, theme.colour(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)
