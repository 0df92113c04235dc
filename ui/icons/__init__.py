"""The icon set: one SVG a file, 24 grid, one stroke, one colour, painted at whatever size is asked.

Nothing is read before it is first painted, and widgets keep no pixmaps: icons are sharp at every scale.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.shell import theme

FOLDER = Path(__file__).parent
SMALL = 16


def names() -> list[str]:
    """Every icon's name, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Paint icon `name` to fill the square `rect`; small ones get a bolder stroke. Unknown name: KeyError."""
    small = min(rect.width(), rect.height()) <= SMALL
    _renderer(name, colour.name(QColor.NameFormat.HexRgb), colour.alphaF(), small).render(painter, rect)


def pixmap(name: str, side: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """`name` as a pixmap of `side` points at `ratio` device pixels a point, for menus and window icons."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(painter, QRectF(0, 0, side, side), name, colour)
    finally:
        painter.end()
    return made


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
