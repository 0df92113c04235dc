"""A column that scrolls up and down and never sideways, and a row that does the opposite."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.shell import theme

MARGIN = 24
"""Between what is brought into sight and the edge."""


def bring_into_sight(widget: QWidget) -> None:
    """Scroll what it is in until it is seen, once it is laid out."""

    def scroll() -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and widget.isVisible():
            above.ensureWidgetVisible(widget, 0, MARGIN)

    QTimer.singleShot(0, widget, scroll)


class ColumnScroll(QScrollArea):
    """Frameless and clear; asks for the width that its content needs beside the scroll bar."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = inner
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        theme.apply_stylesheet(self.verticalScrollBar())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the content's least width changes, so does ours; QScrollArea tells its layout nothing."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """No more than the least: a column that scrolls takes what is left."""
        return self.minimumSizeHint().expandedTo(self.minimumSize())

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inner.minimumSizeHint().width() + bar, 48)


class RowScroll(QScrollArea):
    """Frameless and clear, as high as its content; for what has no end sideways."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = inner
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        theme.apply_stylesheet(self.horizontalScrollBar())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """More content may need the scroll bar, and room for it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self._inner.minimumSizeHint().width() > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        self.setFixedHeight(self._inner.sizeHint().height() + bar)
