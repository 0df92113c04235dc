"""A layout that goes on in the next line when a line is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Puts its items side by side at their wished size and breaks lines where they do not fit.

    centred: lines stand in the middle; otherwise they start where text starts.
    """

    def __init__(self, *, spacing: int = 8, centred: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._centred = centred
        # Qt asks for the same widths hundreds of times before a page stands.
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """An item is another one, or wants another size."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Lay the lines into `rect`; returns the height they take."""
        y = rect.y()
        for line in self._lines(rect.width()):
            sizes = [item.sizeHint().boundedTo(QSize(rect.width(), 10_000)) for item in line]
            tall = max(size.height() for size in sizes)
            used = sum(size.width() for size in sizes) + self.spacing() * (len(line) - 1)
            x = rect.x() + (max(0, rect.width() - used) // 2 if self._centred else 0)
            for item, size in zip(line, sizes, strict=True):
                if move:
                    spot = QRect(QPoint(x, y + (tall - size.height()) // 2), size)
                    parent = self.parentWidget()
                    direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
                    item.setGeometry(QStyle.visualRect(direction, rect, spot))
                x += size.width() + self.spacing()
            y += tall + self.spacing()
        return max(0, y - rect.y() - self.spacing())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if not lines or room < wanted + self.spacing():
                lines.append([item])
                room = width - wanted
            else:
                lines[-1].append(item)
                room -= wanted + self.spacing()
        return lines
