"""Brush work that every painted widget shares: panels, cards, focus rings, text that elides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from companion.plain_text import plain
from ui.shell import theme

Align = Qt.AlignmentFlag


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """An antialiased painter on `widget`, ended whatever happens."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def area(painter: QPainter, rect: QRectF, fill: QColor) -> None:
    """A rectangle without a line. The first paint has it from here: QPainter.fillRect takes a gradient's name
    too, and PySide makes all 169 of them before it looks."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRect(rect)


def panel(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1.0,
    *,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose line, if any, lies wholly inside `rect`."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    pen = QPen(line, width)
    if dashed:
        pen.setDashPattern([4 / width, 3.2 / width])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    half = width / 2
    inner = max(0.0, radius - half)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner)


def card(
    painter: QPainter, rect: QRectF, radius: float, *, line: str = "outline", fill: str = "surface"
) -> None:
    """A surface with a hairline and a 1 px lip below, which stands in for a shadow."""
    panel(painter, rect, radius, theme.colour("lip"))
    panel(painter, rect.adjusted(0, 0, 0, -1), radius, theme.colour(fill), theme.colour(line))


def focus_ring(painter: QPainter, rect: QRectF, radius: float) -> QRectF:
    """The ring at the edge of `rect`; returns what is left inside its gap for the control's own shape."""
    width = float(theme.token("stroke", "focus"))
    panel(painter, rect, radius, None, theme.colour("focus"), width)
    inset = width + float(theme.token("stroke", "focusGap"))
    return rect.adjusted(inset, inset, -inset, -inset)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    style: str,
    colour: QColor,
    align: Align = Align.AlignLeft | Align.AlignVCenter,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line of plain text in `rect`, elided where it does not fit. `align` is as seen on the screen.

    The words run in their own direction: "−48 dBm" stays whole in a window that runs right to left.
    """
    font = theme.font(style)
    painter.setFont(font)
    painter.setPen(colour)
    line = QFontMetricsF(font).elidedText(plain(words), elide, rect.width() + 0.5)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    flags = align | Align.AlignAbsolute | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), line)


def figure(value: float, places: int = 2) -> str:
    """A number as its readers write it."""
    return QLocale().toString(float(value), "f", places)


def text_width(words: str, style: str) -> float:
    """The advance of `words` in pixels."""
    return QFontMetricsF(theme.font(style)).horizontalAdvance(plain(words))


def text_height(style: str) -> float:
    return QFontMetricsF(theme.font(style)).height()


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """QStyle.visualRect without its rounding: `rect`, meant for left to right, in the widget's direction."""
    if widget.layoutDirection() == Qt.LayoutDirection.LeftToRight:
        return rect
    return QRectF(widget.width() - rect.right(), rect.y(), rect.width(), rect.height())


def leading(widget: QWidget) -> Align:
    """The side where a line of text starts, as seen on the screen."""
    right_to_left = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return (Align.AlignRight if right_to_left else Align.AlignLeft) | Align.AlignVCenter


def trailing(widget: QWidget) -> Align:
    """The side where a line of text ends, as seen on the screen."""
    right_to_left = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return (Align.AlignLeft if right_to_left else Align.AlignRight) | Align.AlignVCenter
