"""Grounds: the card that holds content and the stage behind a drawing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import paint


class Card(QFrame):
    """A raised surface. Put content into `body`, a vertical layout with the card's padding."""

    def __init__(self, *, padding: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inset = int(theme.token("layout", "cardPadding")) if padding is None else padding
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(inset, inset, inset, inset + 1)
        self.body.setSpacing(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            paint.card(painter, QRectF(self.rect()), float(theme.token("radius", "card")))


class Inset(QFrame):
    """A sunken ground inside a card. Put content into `body`."""

    def __init__(self, *, padding: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "banner"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour("sunken"))


class Stage(QFrame):
    """The ground behind drawings: no line, takes what room there is and shrinks before anything else."""

    def __init__(self, *, minimum: int = 180, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minimum = minimum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.setSpacing(8)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(200, self._minimum))

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "stage"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour("artBack"))


class Line(QWidget):
    """A hairline between two things of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour("outline"))
