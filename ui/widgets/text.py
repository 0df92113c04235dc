"""Labels of the type scale: they wrap without upsetting layouts, elide, and follow the theme."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme

_PALETTE_ROLES = {
    "text": QPalette.ColorRole.WindowText,
    "textSecondary": QPalette.ColorRole.PlaceholderText,
    "accent": QPalette.ColorRole.Accent,
}
# A wrapped text asks for this many letters of width, and makes do with fewer.
WISHED_LETTERS = 44
LEAST_LETTERS = 7


class Label(QLabel):
    """Words in one step of the type scale ("title", "body", ...) and one colour role.

    wrap: the text may take several lines and asks for the height they need.
    elide: the text stays on one line and ends in an ellipsis where it does not fit (tooltip: all of it).
    The words are plain text always; markup in them, such as a device's own name, is shown as it is.
    """

    def __init__(
        self,
        words: str = "",
        style: str = "body",
        *,
        role: str = "text",
        wrap: bool = False,
        elide: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._role = role
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align)
        self.setWordWrap(wrap)
        self.setFont(theme.font(style))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._colour()
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show `words`; the same words again cost nothing."""
        if words != self.text():
            super().setText(words)

    def words(self) -> str:
        """The text as it was given."""
        return self.text()

    def set_role(self, role: str) -> None:
        """Change the colour role, such as "danger"."""
        if role != self._role:
            self._role = role
            self._colour()

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        return math.ceil(_Lines(self, width).height)

    def sizeHint(self) -> QSize:
        if not self.wordWrap():
            return super().sizeHint()
        metrics = QFontMetricsF(self.font())
        lines = self.text().split("\n")
        wished = max(metrics.horizontalAdvance(line) for line in lines)
        width = math.ceil(min(wished + 1, metrics.averageCharWidth() * WISHED_LETTERS))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line; a wrapped or elided label may be as narrow as a few letters."""
        if not self.wordWrap() and not self._elide:
            return super().minimumSizeHint()
        metrics = QFontMetricsF(self.font())
        letters = math.ceil(metrics.averageCharWidth() * LEAST_LETTERS)
        return QSize(min(letters, self.sizeHint().width()), math.ceil(metrics.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(theme.font(self._style))
        elif event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self.setToolTip("" if self._fits() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.wordWrap() and (not self._elide or self._fits()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, self.foregroundRole()))
        if self.wordWrap():
            lines = _Lines(self, self.width())
            spare = max(0.0, self.height() - lines.height)
            align = self.alignment()
            share = 0.0 if align & Qt.AlignmentFlag.AlignTop else 0.5
            lines.layout.draw(painter, QPointF(0, math.floor(spare * share)))
        else:
            words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.contentsRect(), int(self.alignment()), words)
        painter.end()

    def style_name(self) -> str:
        """The step of the type scale."""
        return self._style

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.width()

    def _colour(self) -> None:
        """Roles that a QPalette knows follow the theme by themselves; the others are put in its text role."""
        known = _PALETTE_ROLES.get(self._role)
        self.setForegroundRole(known or QPalette.ColorRole.WindowText)
        palette = QPalette()
        if known is None:
            palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._role))
        self.setPalette(palette)


class _Lines:
    """A label's words broken into lines of `width`; the first line is as tall as its font, the next lines
    follow at the type scale's pitch."""

    def __init__(self, label: Label, width: int) -> None:
        font = QFont(label.font())
        option = QTextOption(label.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(label.layoutDirection())
        self.layout = QTextLayout(label.text().replace("\n", "\u2028"), font)
        self.layout.setTextOption(option)
        tall = QFontMetricsF(font).height()
        pitch = round(tall * theme.pitch(label.style_name()))
        self.height = tall
        self.layout.beginLayout()
        y = 0.0
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, y))
            self.height = y + tall
            y += pitch
        self.layout.endLayout()
