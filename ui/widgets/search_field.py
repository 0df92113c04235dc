"""A line to search with, its glass inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint


class SearchField(QLineEdit):
    """Searches as it is typed (`textChanged`). `name` is the placeholder and what a screen reader says.

    `emptied`: Backspace was pressed where nothing is left
    """

    emptied = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        accessibility.name(self, name)
        self.setClearButtonEnabled(False)
        theme.set_font(self, "body")
        theme.apply_stylesheet(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._place_text()

    def sizeHint(self) -> QSize:
        return QSize(268, theme.control_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.control_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text() and not event.isAutoRepeat():
            self.emptied.emit()
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with paint.painting(self) as painter:
            box = QRectF(12, self.height() / 2 - 10, 20, 20)
            icons.paint(painter, paint.mirrored(self, box), "search", theme.colour("textSecondary"))

    def _place_text(self) -> None:
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(0 if right_to_left else 26, 0, 26 if right_to_left else 0, 0)
