"""Small pictures in layouts: an icon, a device drawing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import art, icons
from ui.shell import theme
from ui.widgets import paint


class IconView(QWidget):
    """An icon in a colour role, decoration only: what it says is said in words beside it."""

    def __init__(self, name: str, role: str = "text", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self.setFixedSize(size, size)

    def show_icon(self, name: str, role: str | None = None) -> None:
        """Change the icon and, if given, its colour role."""
        self._name = name
        self._role = role or self._role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            with paint.painting(self) as painter:
                icons.paint(painter, QRectF(self.rect()), self._name, theme.colour(self._role))


class ArtView(QWidget):
    """A device drawing, centred, as big as fits between `minimum` and `maximum` pixels a side."""

    def __init__(
        self,
        kind: str = "box",
        *,
        scene: art.Scene | None = None,
        minimum: int = 36,
        maximum: int = 260,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._scene = scene or art.Scene()
        self._maximum = maximum
        self.setMinimumSize(minimum, minimum)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_art(self, kind: str, scene: art.Scene | None = None) -> None:
        """Draw another device, or the same in another state."""
        self._kind = kind
        self._scene = scene or art.Scene()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height(), self._maximum)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(self.rect()).center())
        with paint.painting(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            art.paint(painter, box, self._kind, self._scene)
