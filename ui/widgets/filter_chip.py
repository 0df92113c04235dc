"""A filter: what it is set to with a cross, or its name with an arrow that opens its values."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import paint
from ui.widgets.interactive import Interactive

MOST_WIDE = 260


class FilterChip(Interactive, QPushButton):
    """`opened`: its values are wanted. `removed`: it was set, and is to take nothing away any more."""

    opened = Signal()
    removed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name = name
        self.value = ""
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: (self.removed if self.value else self.opened).emit())

    def set_value(self, value: str) -> None:
        """What it is set to, in words; "" for nothing."""
        self.value = value
        self.setText(self.tr("{name}: {value}").format(name=self._name, value=value) if value else self._name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        tall = max(36, round(paint.text_height("strong")) + 18)
        wide = round(46 + paint.text_width(self.text(), "strong") + 0.5)
        return QSize(min(wide, MOST_WIDE), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.value and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        is_set = bool(self.value)
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            if self.focus_shown:
                rect = paint.focus_ring(painter, rect, rect.height() / 2)
            ground = theme.colour("accentSoft" if is_set else "surface")
            fill = theme.mixed(ground, theme.colour("hover"), 0 if is_set else self.hover)
            line = theme.colour("accent" if is_set else "outlineStrong")
            width = float(theme.token("stroke", "selected" if is_set else "control"))
            paint.panel(painter, rect, rect.height() / 2, fill, line, width)
            ink = theme.colour("onAccentSoft" if is_set else "text")
            box = QRectF(self.width() - 28, self.height() / 2 - 7, 14, 14)
            icons.paint(painter, paint.mirrored(self, box), "cross" if is_set else "chevron-down", ink)
            box = paint.mirrored(self, QRectF(14, 0, self.width() - 44, self.height()))
            paint.text(painter, box, self.text(), "strong", ink, paint.leading(self))
