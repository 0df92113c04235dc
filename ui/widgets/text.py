"""Labels of the type scale: they wrap without upsetting layouts, elide, and follow the theme."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme

_PALETTE_ROLES = {
    "text": QPalette.ColorRole.WindowText,
    "textSecondary": QPalette.ColorRole.PlaceholderText,
    "accent": QPalette.ColorRole.Accent,
}


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
        self._words = ""
        self._style = style
        self._role = role
        self._elide = elide
        self.setAlignment(align)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setFont(theme.font(style))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._colour()
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show `words`; the same words again cost nothing."""
        if words == self._words and self.text():
            return
        self._words = words
        if self.wordWrap():
            height = theme.line_height(self._style)
            body = escape(words).replace("\n", "<br>")
            super().setText(f'<p style="line-height:{height}%; margin:0">{body}</p>' if words else "")
            self.setAccessibleName(words)
        else:
            super().setText(words)

    def words(self) -> str:
        """The text as it was given."""
        return self._words

    def set_role(self, role: str) -> None:
        """Change the colour role, such as "danger"."""
        if role != self._role:
            self._role = role
            self._colour()

    def minimumSizeHint(self) -> QSize:
        """One line; a wrapped or elided label may be as narrow as a few letters."""
        metrics = self.fontMetrics()
        if self.wordWrap():
            return QSize(metrics.averageCharWidth() * 6, metrics.height())
        if self._elide:
            return QSize(min(metrics.averageCharWidth() * 5, self.sizeHint().width()), metrics.height())
        return super().minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(theme.font(self._style))
        elif event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self.setToolTip("" if self._fits() else self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide or self._fits():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        words = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.contentsRect(), int(self.alignment()), words)
        painter.end()

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self._words) <= self.width()

    def _colour(self) -> None:
        """Roles that a QPalette knows follow the theme by themselves; the others are put in its text role."""
        known = _PALETTE_ROLES.get(self._role)
        self.setForegroundRole(known or QPalette.ColorRole.WindowText)
        palette = QPalette()
        if known is None:
            palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._role))
        self.setPalette(palette)
