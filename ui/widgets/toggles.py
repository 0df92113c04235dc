"""On or off: the tick for a thing that will be used, the switch for a thing that acts at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive


class Tick(Interactive, QCheckBox):
    """A check box with its words."""

    BOX = 18

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.be_interactive()

    def sizeHint(self) -> QSize:
        tall = max(int(theme.token("size", "touchMinimum")), round(paint.text_height("body")) + 14)
        return QSize(self.BOX + 16 + round(paint.text_width(self.text(), "strong") + 0.5), tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(90, self.sizeHint().width()), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            box = QRectF(1, self.height() / 2 - self.BOX / 2, self.BOX, self.BOX)
            placed = paint.mirrored(self, box)
            radius = float(theme.token("radius", "tick"))
            enabled = self.isEnabled()
            if self.isChecked():
                paint.panel(painter, placed, radius, theme.colour("accent" if enabled else "textDisabled"))
                icons.paint(painter, placed.adjusted(2, 2, -2, -2), "check", theme.colour("onAccent"))
            else:
                fill = theme.mixed(theme.colour("surface"), theme.colour("hover"), self.hover)
                line = theme.colour("outlineStrong" if enabled else "outline")
                paint.panel(painter, placed, radius, fill, line, 1.3)
            if self.focus_shown:
                ring = QRectF(self.rect()).adjusted(-0.0, 1, 0, -1)
                paint.panel(painter, ring, 8, None, theme.colour("focus"), 2)
            ink = theme.colour("text" if enabled else "textDisabled")
            style = "strong" if self.isChecked() else "body"
            line_box = QRectF(self.BOX + 13, 0, self.width() - self.BOX - 14, self.height())
            lead = paint.leading(self)
            paint.text(painter, paint.mirrored(self, line_box), self.text(), style, ink, lead)


class Switch(Interactive, QCheckBox):
    """A switch without words beside it; `name` is what it switches."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessibility.name(self, name)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(38, 26)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            track = QRectF(4, 4, 30, 18)
            on = self.isChecked()
            enabled = self.isEnabled()
            if on:
                role = ("accentHover" if self.hover > 0.5 else "accent") if enabled else "textDisabled"
                paint.panel(painter, track, 9, theme.colour(role))
            else:
                line = theme.colour("outlineStrong" if enabled else "outline")
                fill = theme.mixed(theme.colour("surface"), theme.colour("hover"), self.hover)
                paint.panel(painter, track, 9, fill, line, 1.3)
            x = 25.0 if on != self.isRightToLeft() else 13.0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("onAccent" if on else "outlineStrong"))
            painter.drawEllipse(QPointF(x, 13), 6 if on else 5, 6 if on else 5)
            if self.focus_shown:
                ring = QRectF(self.rect())
                paint.panel(painter, ring, 13, None, theme.colour("focus"), 2)
