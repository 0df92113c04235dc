"""A door: another way in, with an icon, a title and a hint."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive

LEFT = 12
ICON = 20
TEXT = 42


class Tile(Interactive, QToolButton):
    """A way to bring something in. A `dashed` door is where things may be dropped."""

    def __init__(
        self, icon: str, title: str, hint: str, *, dashed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._hint = hint
        self._dashed = dashed
        self.setText(title)
        accessibility.describe(self, hint)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = max(paint.text_width(self.text(), "strong"), paint.text_width(self._hint, "caption"))
        lines = paint.text_height("strong") + paint.text_height("caption")
        return QSize(TEXT + round(words + 0.5) + LEFT, max(58, round(lines) + 24))

    def minimumSizeHint(self) -> QSize:
        """The title is never cut; the hint may be."""
        title = round(paint.text_width(self.text(), "strong") + 0.5)
        return QSize(TEXT + title + LEFT, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            radius = float(theme.token("radius", "control"))
            if self.focus_shown:
                rect = paint.focus_ring(painter, rect, radius)
                radius -= 4
            ground = theme.colour("window" if self._dashed else "surface")
            fill = theme.mixed(ground, theme.colour("hover"), self.hover)
            line = theme.colour("outlineStrong" if self.isEnabled() else "outline")
            if self.isDown():
                fill = theme.colour("outline")
            paint.panel(painter, rect, radius, fill, line, dashed=self._dashed)

            middle = self.height() / 2
            enabled = self.isEnabled()
            box = QRectF(LEFT, middle - ICON / 2, ICON, ICON)
            icons.paint(
                painter,
                paint.mirrored(self, box),
                self._icon,
                theme.colour("accent" if enabled else "textDisabled"),
            )
            top, under = paint.text_height("strong"), paint.text_height("caption")
            y = middle - (top + under + 1) / 2
            width = self.width() - TEXT - LEFT + 2
            ink = theme.colour("text" if enabled else "textDisabled")
            soft = theme.colour("textSecondary" if enabled else "textDisabled")
            lead = paint.leading(self)
            line_box = paint.mirrored(self, QRectF(TEXT, y, width, top))
            paint.text(painter, line_box, self.text(), "strong", ink, lead)
            line_box = paint.mirrored(self, QRectF(TEXT, y + top + 1, width, under))
            paint.text(painter, line_box, self._hint, "caption", soft, lead)

    def nextCheckState(self) -> None:
        """A door is pushed, never checked."""

    def toolButtonStyle(self) -> Qt.ToolButtonStyle:
        return Qt.ToolButtonStyle.ToolButtonTextOnly
