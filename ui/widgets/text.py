"""Labels of the type scale: they wrap without upsetting layouts, elide, and follow the theme."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from companion.plain_text import plain
from ui.shell import theme
from ui.widgets import accessibility

# A wrapped text asks for this many letters of width, and makes do with fewer.
WISHED_LETTERS = 44
LEAST_LETTERS = 7
# Text is kept broken at so many widths: a layout tries a few, dragging the window's edge tries hundreds.
KEPT_WIDTHS = 8


class Label(QLabel):
    """Words in one step of the type scale ("title", "body", ...) and one colour role.

    wrap: the text may take several lines and asks for the height they need, and for `letters` of width.
    elide: the text stays on one line and ends in an ellipsis where it does not fit (tooltip: all of it).
    The words are plain text always, one paragraph: markup in them, such as a device's own name, is shown as
    it is, and characters of control or direction are replaced (`companion.plain_text`).
    """

    def __init__(
        self,
        words: str = "",
        style: str = "body",
        *,
        role: str = "text",
        wrap: bool = False,
        elide: bool = False,
        letters: int = WISHED_LETTERS,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter,
        parent: QWidget | None = None,
    ) -> None:
        self._broken: dict[int, _Lines] = {}
        super().__init__(parent)
        self._style = style
        self._role = role
        self._elide = elide
        self._letters = letters
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align)
        self.setWordWrap(wrap)
        theme.set_font(self, style)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show `words`; the same words again cost nothing."""
        shown = plain(words)
        if shown != self.text():
            self._broken.clear()
            super().setText(shown)
            self._give_tip()

    def words(self) -> str:
        """The text that is shown."""
        return self.text()

    def set_role(self, role: str) -> None:
        """Change the colour role, such as "danger"."""
        if role != self._role:
            self._role = role
            self.update()

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        return math.ceil(self._lines(width).height)

    def changeEvent(self, event: QEvent) -> None:
        self._broken.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        if not self.wordWrap():
            return super().sizeHint()
        metrics = QFontMetricsF(self.font())
        wished = metrics.horizontalAdvance(self.text())
        width = math.ceil(min(wished + 1, metrics.averageCharWidth() * self._letters))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line; a wrapped or elided label may be as narrow as a few letters."""
        if not self.wordWrap() and not self._elide:
            return super().minimumSizeHint()
        metrics = QFontMetricsF(self.font())
        letters = math.ceil(metrics.averageCharWidth() * LEAST_LETTERS)
        return QSize(min(letters, self.sizeHint().width()), math.ceil(metrics.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(self._role if self.isEnabled() else "textDisabled"))
        if self.wordWrap():
            lines = self._lines(self.width())
            spare = max(0.0, self.height() - lines.height)
            share = 0.0 if self.alignment() & Qt.AlignmentFlag.AlignTop else 0.5
            lines.layout.draw(painter, QPointF(0, math.floor(spare * share)))
        else:
            align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
            words = self.text()
            if self._elide:
                words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width())
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            flags = align | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine
            painter.drawText(self.rect(), int(flags), words)
        painter.end()

    def style_name(self) -> str:
        """The step of the type scale."""
        return self._style

    def _lines(self, width: int) -> _Lines:
        """The words broken at `width`. A layout asks for the same few widths dozens of times while it
        settles, and the last of them is painted."""
        lines = self._broken.get(width)
        if lines is None:
            if len(self._broken) >= KEPT_WIDTHS:
                self._broken.clear()
            lines = self._broken[width] = _Lines(self, width)
        return lines

    def _give_tip(self) -> None:
        if self._elide:
            accessibility.tip(self, "" if self._fits() else self.text())

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.width()


class _Lines:
    """A label's words broken into lines of `width`; the first line is as tall as its font, the next lines
    follow at the type scale's pitch."""

    def __init__(self, label: Label, width: int) -> None:
        font = QFont(label.font())
        align = QStyle.visualAlignment(label.layoutDirection(), label.alignment())
        option = QTextOption((align & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.layout = QTextLayout(label.text(), font)
        self.layout.setTextOption(option)
        tall = QFontMetricsF(font).height()
        pitch = round(tall * theme.line_pitch(label.style_name()))
        self.height = tall
        self.layout.beginLayout()
        y = 0.0
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, y))
            self.height = y + tall
            y += pitch
        self.layout.endLayout()
