"""One of two equal answers: a wide button with a sign, a title and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive

SIGN = 40
GAP = 14
PADDING = 16


class Choice(Interactive, QPushButton):
    """An answer that no accident may give: never a default button, deaf to Enter, pressed by mouse or Space.

    icon: name from ui.icons for the sign; title is the answer, sentence says what it means.
    """

    def __init__(self, icon: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._icon = icon
        self._sentence = sentence
        self.be_interactive()
        self.setAutoDefault(False)
        self.setDefault(False)
        accessibility.describe(self, sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_sentence(self, sentence: str) -> None:
        self._sentence = sentence
        accessibility.describe(self, sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = max(paint.text_width(self.text(), "heading"), paint.text_width(self._sentence, "body"))
        lines = paint.text_height("heading") + paint.text_height("body") + 2
        tall = max(int(theme.token("size", "choice")), round(lines) + 24)
        return QSize(round(SIGN + GAP + words) + 2 * PADDING, tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            radius = float(theme.token("radius", "choice"))
            if self.focus_shown:
                rect = paint.focus_ring(painter, rect, radius)
                radius -= 4
            enabled = self.isEnabled()
            line = theme.colour("outlineStrong" if enabled else "outline")
            fill = theme.mixed(theme.colour("surface"), theme.colour("hover"), self.hover)
            if self.isDown():
                fill = theme.colour("outline")
            paint.panel(painter, rect, radius, line if enabled else theme.colour("lip"))
            paint.panel(
                painter, rect.adjusted(0, 0, 0, -1), radius, fill if enabled else theme.colour("sunken"), line
            )
            ink = theme.colour("text" if enabled else "textDisabled")
            soft = theme.colour("textSecondary" if enabled else "textDisabled")

            words = max(paint.text_width(self.text(), "heading"), paint.text_width(self._sentence, "body"))
            room = self.width() - 2 * PADDING
            # The words say it all: the sign is the first to go.
            before = SIGN + GAP if SIGN + GAP + words <= room else 0
            width = min(before + words, room)
            x = (self.width() - width) / 2
            middle = self.height() / 2
            if before:
                self._paint_sign(painter, x, middle, ink)

            top, under = paint.text_height("heading"), paint.text_height("body")
            y = middle - (top + under + 1) / 2
            column = QRectF(x + before, y, width - before + 1, top)
            paint.text(
                painter, paint.mirrored(self, column), self.text(), "heading", ink, paint.leading(self)
            )
            column = QRectF(column.x(), y + top + 1, column.width(), under)
            paint.text(
                painter, paint.mirrored(self, column), self._sentence, "body", soft, paint.leading(self)
            )

    def _paint_sign(self, painter: QPainter, x: float, middle: float, ink: QColor) -> None:
        disc = paint.mirrored(self, QRectF(x, round(middle - SIGN / 2), SIGN, SIGN))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken" if self.hover < 0.5 else "outline"))
        painter.drawEllipse(disc)
        sign = QRectF(0, 0, 20, 20)
        sign.moveCenter(disc.center())
        icons.paint(painter, sign, self._icon, ink)
