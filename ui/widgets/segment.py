"""A segmented switch: a few views of the same thing, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive


class Segment(QFrame):
    """Options side by side; `chosen` carries the index of the one that the user picked."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessibility.name(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        for index, option in enumerate(options):
            button = _Option(option)
            accessibility.describe(button, name)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.idClicked.connect(self.chosen)
        self.set_current(0)

    def set_current(self, index: int) -> None:
        """Choose without emitting `chosen`."""
        self._group.button(index).setChecked(True)

    def set_words(self, index: int, words: str) -> None:
        """Call an option something else."""
        self._group.button(index).setText(words)
        self._group.button(index).updateGeometry()

    def offer(self, index: int, offered: bool) -> None:
        """Show an option, or hide it; a hidden one is not chosen."""
        self._group.button(index).setVisible(offered)
        if not offered and self.current() == index:
            self.set_current(0)

    def focus_current(self) -> None:
        """Put the keyboard on what is chosen."""
        self._group.button(self.current()).setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> int:
        return self._group.checkedId()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "control"))
            line = theme.colour("outlineStrong")
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour("sunken"), line)


class _Option(Interactive, QPushButton):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), "strong")
        return QSize(round(width + 0.5) + 28, theme.control_height() - 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            radius = float(theme.token("radius", "control")) - 3
            checked = self.isChecked()
            if checked:
                paint.panel(painter, rect, radius, theme.colour("accentSoft"), theme.colour("accent"), 1.6)
            elif self.hover or self.isDown():
                paint.panel(painter, rect, radius, theme.colour("outline", 0.7 * max(self.hover, 0.5)))
            if self.focus_shown:
                inner = rect.adjusted(4, 4, -4, -4) if checked else rect.adjusted(1, 1, -1, -1)
                paint.panel(painter, inner, radius - 2, None, theme.colour("focus"), 2)
            ink = theme.colour("onAccentSoft" if checked else "textSecondary")
            box = rect.adjusted(6, 0, -6, 0)
            paint.text(painter, box, self.text(), "strong", ink, paint.Align.AlignCenter)
