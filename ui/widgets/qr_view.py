"""A QR code on screen: dark on light in every theme, or cameras do not read it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint

QUIET_ZONE = 4
LIGHT, DARK = QColor("#FFFFFF"), QColor("#181418")


class QrView(QWidget):
    """Shows modules (rows of a square, True is dark), as large as fits in whole pixels a module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: tuple[tuple[bool, ...], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)

    def show_code(self, modules: tuple[tuple[bool, ...], ...], spoken: str) -> None:
        """Show this; `spoken` says what it is to those who do not see it."""
        self._modules = modules
        accessibility.name(self, spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(272, 272)

    def minimumSizeHint(self) -> QSize:
        side = 2 * (len(self._modules) + 2 * QUIET_ZONE)
        return QSize(max(160, side), max(160, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._modules:
            return
        ratio = self.devicePixelRatioF()
        count = len(self._modules) + 2 * QUIET_ZONE
        module = max(1, int(min(self.width(), self.height()) * ratio / count)) / ratio
        side = module * count
        left = round((self.width() - side) / 2 * ratio) / ratio
        top = round((self.height() - side) / 2 * ratio) / ratio
        with paint.painting(self) as painter:
            paint.panel(painter, QRectF(left, top, side, side), float(theme.token("radius", "banner")), LIGHT)
            painter.setRenderHint(painter.RenderHint.Antialiasing, False)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(DARK)
            for row, line in enumerate(self._modules, QUIET_ZONE):
                for column, dark in enumerate(line, QUIET_ZONE):
                    if dark:
                        painter.drawRect(QRectF(left + column * module, top + row * module, module, module))
