"""Chips: a state in a word, and a room to choose."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.banner import Tone
from ui.widgets.interactive import Interactive


class Chip(QWidget):
    """A state, always with a word and mostly an icon; it cannot be clicked."""

    def __init__(
        self, words: str, tone: Tone = Tone.NONE, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(words, tone, icon=icon)

    def show_state(self, words: str, tone: Tone, *, icon: str = "") -> None:
        """Say something else in place."""
        self._words, self._tone, self._icon = words, tone, icon or tone.icon
        accessibility.name(self, words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = 20 if self._icon else 0
        width = 20 + icon + paint.text_width(self._words, "captionStrong")
        tall = max(int(theme.token("size", "chip")), round(paint.text_height("caption")) + 11)
        return QSize(round(width + 0.5), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            paint.panel(painter, rect, rect.height() / 2, theme.colour(self._tone.ground))
            ink = theme.colour(self._tone.ink)
            x = 10.0
            if self._icon:
                box = QRectF(x - 1, rect.center().y() - 7, 14, 14)
                icons.paint(painter, paint.mirrored(self, box), self._icon, ink)
                x += 18
            line = QRectF(x, 0, self.width() - x - 9, self.height())
            box = paint.mirrored(self, line)
            paint.text(painter, box, self._words, "captionStrong", ink, paint.leading(self))


class RoomChip(Interactive, QPushButton):
    """A choice among a few, such as a room; a tick appears when it is chosen. An icon makes it an action."""

    def __init__(self, words: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self.setCheckable(not icon)
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        icon = 20 if self._icon or self.isChecked() else 0
        tall = max(36, round(paint.text_height("strong")) + 18)
        return QSize(round(28 + icon + paint.text_width(self.text(), "strong") + 0.5), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        checked = self.isChecked()
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            if self.focus_shown:
                rect = paint.focus_ring(painter, rect, rect.height() / 2)
            ground = theme.colour("accentSoft" if checked else "surface")
            fill = theme.mixed(ground, theme.colour("hover"), 0 if checked else self.hover)
            line = theme.colour("accent" if checked else "outlineStrong")
            width = float(theme.token("stroke", "selected" if checked else "control"))
            paint.panel(painter, rect, rect.height() / 2, fill, line, width)
            ink = theme.colour("onAccentSoft" if checked else "text")
            if not self.isEnabled():
                ink = theme.colour("textDisabled")
            x = 14.0
            icon = self._icon or ("check" if checked else "")
            if icon:
                box = QRectF(x - 1, self.height() / 2 - 8, 16, 16)
                icons.paint(painter, paint.mirrored(self, box), icon, ink)
                x += 20
            box = paint.mirrored(self, QRectF(x, 0, self.width() - x - 12, self.height()))
            paint.text(painter, box, self.text(), "strong", ink, paint.leading(self))
