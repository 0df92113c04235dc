"""Who of many knows something: a disc for each with a tick, and a bar for each site."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.text import Label

MOST = 64
"""Devices that are shown one by one; of more, each site has a bar."""
IN_A_ROW = 8
DISC, PITCH = 22.0, 32.0
_TICK = 14.0
_BAR = 6


class CoverageMap(QWidget):
    """One disc for each, eight in a row: with a tick for who knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._know = self._of = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_share(self, know: int, of: int, spoken: str) -> None:
        """spoken: the same for those who do not see it. Nothing is shown of more than MOST."""
        self._know, self._of = know, of
        accessibility.name(self, spoken)
        self.setVisible(0 < of <= MOST)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = math.ceil(self._of / IN_A_ROW)
        return QSize(round((IN_A_ROW - 1) * PITCH + DISC), round(max(0, rows - 1) * PITCH + DISC))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        inset = (DISC - _TICK) / 2
        with paint.painting(self) as painter:
            for place in range(min(self._of, MOST)):
                row, column = divmod(place, IN_A_ROW)
                disc = paint.mirrored(self, QRectF(column * PITCH, row * PITCH, DISC, DISC))
                if place >= self._know:
                    paint.panel(painter, disc, DISC / 2, None, theme.colour("outlineStrong"), 1.4)
                    continue
                paint.panel(painter, disc, DISC / 2, theme.colour("success"))
                tick = disc.adjusted(inset, inset, -inset, -inset)
                icons.paint(painter, tick, "check", theme.colour("surface"))


class SiteShare(QWidget):
    """A site, how many of its devices know, and the same as a bar."""

    def __init__(
        self, site: str, share: str, know: int, of: int, *, bar: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._share = know / of if of else 0.0
        line = QHBoxLayout()
        line.addWidget(Label(site, "body", wrap=True), 1)
        line.addWidget(Label(share, "body", role="textSecondary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _BAR + 4 if bar else 0)
        column.addLayout(line)
        self._has_bar = bar

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._has_bar:
            return
        ground = QRectF(0, self.height() - _BAR, self.width(), _BAR)
        with paint.painting(self) as painter:
            paint.panel(painter, ground, _BAR / 2, theme.colour("outline"))
            if self._share:
                full = QRectF(ground)
                full.setWidth(max(_BAR, ground.width() * self._share))
                paint.panel(painter, paint.mirrored(self, full), _BAR / 2, theme.colour("success"))
