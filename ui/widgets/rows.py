"""Rows in a rounded card: what the table and the lists of records have in common."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QWidget

from ui.shell import theme
from ui.widgets import paint

EDGE = 3
INSET = 20


def prepare_view(view: QAbstractItemView) -> None:
    """Let a card show through `view`, and give it one selected row and smooth scrolling."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.viewport().setAutoFillBackground(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMouseTracking(True)
    theme.apply_stylesheet(view.verticalScrollBar())
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)


def without_highlight(option: QStyleOptionViewItem) -> None:
    """A table fills selected cells before its delegate paints, over round corners: let it fill nothing."""
    palette = QPalette(option.palette)
    palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
    option.palette = palette


def clip(painter: QPainter, view: QAbstractItemView, *, top: bool) -> None:
    """Keep what is painted inside the card's round corners, below always and above where `top`."""
    radius = float(theme.token("radius", "card")) - 1
    area = QRectF(view.viewport().rect())
    if not top:
        area.setTop(-2 * radius)
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)


def ground(
    painter: QPainter, view: QAbstractItemView, option: QStyleOptionViewItem, row: QRect, *, hovered: bool
) -> bool:
    """Paint the ground of `option`'s cell, which lies in `row`; returns True if the row is selected."""
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(option.rect, theme.colour("accentSoft"))
        bar = QRect(row.left(), row.top(), EDGE, row.height())
        if view.isRightToLeft():
            bar.moveRight(row.right())
        painter.fillRect(bar.intersected(option.rect), theme.colour("accent"))
    elif hovered:
        painter.fillRect(option.rect, theme.colour("hover"))
    return selected


def divider(painter: QPainter, rect: QRect, left: int, right: int) -> None:
    """A hairline at the bottom of a row."""
    line = QRect(rect.left() + left, rect.bottom(), rect.width() - left - right, 1)
    painter.fillRect(line, theme.colour("outline"))


def focus(painter: QPainter, view: QWidget, row: QRect) -> None:
    """The focus ring inside the current row, while the view has the keyboard."""
    if view.hasFocus():
        ring = QRectF(row).adjusted(EDGE + 3, 3, -6, -3)
        paint.panel(painter, ring, 8, None, theme.colour("focus"), 2)
