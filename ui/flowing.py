"""A row of widgets that goes on in the next line when it is full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flowing(QWidget):
    """Holds widgets of their own size, left to right (or right to left), line by line."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Hold these instead; those that are not kept are deleted."""
        for old in self._widgets:
            if old not in widgets:
                old.hide()
                old.deleteLater()
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._place(self.width())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.heightForWidth(max(self.width(), 200)))

    def heightForWidth(self, width: int) -> int:
        return self._lines(width)[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())
        self.updateGeometry()

    def _place(self, width: int) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for widget, spot in zip(self._widgets, self._lines(width)[0], strict=True):
            if mirrored:
                spot.moveRight(width - spot.left() - 1)
            widget.setGeometry(spot)

    def _lines(self, width: int) -> tuple[list[QRect], int]:
        """Where each widget goes in `width`, and the height of it all."""
        spots: list[QRect] = []
        corner, tall = QPoint(0, 0), 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if corner.x() and corner.x() + size.width() > width:
                corner = QPoint(0, corner.y() + tall + self._spacing)
                tall = 0
            spots.append(QRect(corner, size))
            corner.setX(corner.x() + size.width() + self._spacing)
            tall = max(tall, size.height())
        return spots, corner.y() + tall
