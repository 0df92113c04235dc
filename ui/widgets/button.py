"""The push button in its five kinds."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive

PADDING = 18
ICON = 20
GAP = 8
TRAILING = 16


class ButtonKind(Enum):
    """PRIMARY: the one thing to do. SECONDARY: any other. QUIET: no box, accent. MUTED: no box, grey.
    DANGER: destroys or gives away."""

    PRIMARY = auto()
    SECONDARY = auto()
    QUIET = auto()
    MUTED = auto()
    DANGER = auto()


class Button(Interactive, QPushButton):
    """A button with words, an icon before them and, for "go on" buttons, one after them.

    icon, trailing: names from ui.icons, or "". The words shorten with an ellipsis before anything clips.
    """

    def __init__(
        self,
        words: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        *,
        icon: str = "",
        trailing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.kind = kind
        self._icon = icon
        self._trailing = trailing
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(kind is ButtonKind.PRIMARY)
        theme.set_font(self, "strong")
        if not words:
            accessibility.name(self, icon)

    def set_kind(self, kind: ButtonKind) -> None:
        """Be the one thing to do, or no longer."""
        if kind is not self.kind:
            self.kind = kind
            self.setAutoDefault(kind is ButtonKind.PRIMARY)
            self.update()

    def set_icon(self, name: str) -> None:
        """Put another icon before the words."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._content_width() + 0.5) + 2 * self._padding(), theme.control_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            radius = float(theme.token("radius", "control"))
            if self.focus_shown:
                rect = paint.focus_ring(painter, rect, radius)
                radius -= 4
            fill, line = self._shape()
            if fill is not None or line is not None:
                paint.panel(painter, rect, radius, fill, line)
            self._paint_content(painter)

    def _padding(self) -> int:
        return PADDING if self.text() else 10

    def _content_width(self) -> float:
        width = paint.text_width(self.text(), "strong") if self.text() else 0.0
        if self._icon:
            width += ICON + (GAP if self.text() else 0)
        if self._trailing:
            width += TRAILING + GAP - 1
        return width

    def _shape(self) -> tuple[QColor | None, QColor | None]:
        """Fill and line for the state the button is in."""
        if not self.isEnabled():
            boxless = self.kind in (ButtonKind.QUIET, ButtonKind.MUTED)
            return (None, None) if boxless else (theme.colour("sunken"), theme.colour("outline"))
        if self.kind is ButtonKind.PRIMARY:
            if self.isDown():
                return theme.colour("accentPressed"), None
            return theme.mixed(theme.colour("accent"), theme.colour("accentHover"), self.hover), None
        if self.kind in (ButtonKind.QUIET, ButtonKind.MUTED):
            if self.isDown():
                return theme.colour("outline"), None
            return (theme.colour("hover", self.hover), None) if self.hover else (None, None)
        danger = self.kind is ButtonKind.DANGER
        line = theme.colour("danger" if danger else "outlineStrong")
        if self.isDown():
            return theme.colour("outline"), line
        under = theme.colour("dangerSoft" if danger else "hover")
        return theme.mixed(theme.colour("surface"), under, self.hover), line

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.colour("textDisabled")
        return theme.colour(
            {
                ButtonKind.PRIMARY: "onAccent",
                ButtonKind.SECONDARY: "text",
                ButtonKind.QUIET: "accent",
                ButtonKind.MUTED: "textSecondary",
                ButtonKind.DANGER: "danger",
            }[self.kind]
        )

    def _paint_content(self, painter: QPainter) -> None:
        ink = self._ink()
        room = self.width() - 2 * self._padding()
        width = min(self._content_width(), room)
        boxless = self.kind in (ButtonKind.QUIET, ButtonKind.MUTED)
        x = self._padding() if boxless else (self.width() - width) / 2
        middle = self.height() / 2
        if self._icon:
            box = QRectF(x, middle - ICON / 2, ICON, ICON)
            icons.paint(painter, paint.mirrored(self, box), self._mirrored_icon(self._icon), ink)
            x += ICON + GAP
            width -= ICON + (GAP if self.text() else 0)
        words = width - (TRAILING + GAP - 1 if self._trailing else 0)
        if self.text():
            box = QRectF(x, 0, words + 1, self.height())
            paint.text(painter, paint.mirrored(self, box), self.text(), "strong", ink, paint.leading(self))
        if self._trailing:
            box = QRectF(x + words + GAP - 1, middle - TRAILING / 2, TRAILING, TRAILING)
            icons.paint(painter, paint.mirrored(self, box), self._mirrored_icon(self._trailing), ink)

    def _mirrored_icon(self, name: str) -> str:
        """Arrows point the other way where text runs right to left."""
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return name
        swaps = {"arrow-left": "arrow-right", "arrow-right": "arrow-left", "chevron-right": "chevron-left"}
        return swaps.get(name, name)
