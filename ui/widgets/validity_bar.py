"""How much of a certificate's life is left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

SHORT = 0.1


def paint_validity(painter: QPainter, rect: QRectF, left: float, *, mirrored: bool = False) -> None:
    """A bar in `rect` with the share `left` (0 to 1) filled from its start; amber when little is left."""
    radius = rect.height() / 2
    paint.panel(painter, rect, radius, theme.colour("outline"))
    if left > 0:
        wide = max(rect.height(), rect.width() * min(1.0, left))
        start = rect.right() - wide if mirrored else rect.left()
        filled = QRectF(start, rect.top(), wide, rect.height())
        paint.panel(painter, filled, radius, theme.colour("warning" if left < SHORT else "success"))


class ValidityBar(QWidget):
    """A 6 px bar over its whole width; `name` says in words what it shows ("30 of 30 days left")."""

    def __init__(self, left: float = 1.0, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = left
        accessibility.name(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_left(self, left: float, name: str) -> None:
        self._left = left
        accessibility.name(self, name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            paint_validity(painter, QRectF(self.rect()), self._left, mirrored=self.isRightToLeft())
