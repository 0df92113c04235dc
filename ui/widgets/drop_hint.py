"""What would come of something that is dragged over the window, shown over the part that takes it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.picture import IconView
from ui.widgets.text import Label

GROUND = 0.8
"""How much of the page the frame's ground covers."""
WIDTH, MARGIN, DISC = 380, 12, 56


class DropHint(QWidget):
    """Lies over its window and takes no mouse. One for each window, made by `over`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.takes = False
        self._frame = QRect()
        self._icon = IconView("file", "onAccentSoft", 24)
        self._words = Label("", "section", wrap=True)
        self._name = Label("", "caption", role="textSecondary", elide=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._words)
        texts.addWidget(self._name)
        self._panel = QWidget(self)
        self._row = row = QHBoxLayout(self._panel)
        row.setContentsMargins(16 + (DISC - 24) // 2, 16, 20, 16)
        row.setSpacing(16 + (DISC - 24) // 2)
        self._icon.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        self.hide()

    def show_words(self, target: QWidget, words: str, name: str, *, takes: bool) -> None:
        """target: what would take it; words: what would come of it, or why nothing; name: of the file"""
        self.takes = takes
        self._icon.show_icon("file" if takes else "ban", "onAccentSoft" if takes else "warning")
        self._words.setText(words)
        self._name.setText(name)
        self._name.setVisible(bool(name))
        accessibility.name(self, words)
        self.setGeometry(self._window.rect())
        corner = target.mapTo(self._window, target.rect().topLeft())
        self._frame = QRect(corner, target.size()).intersected(self.rect())
        self._lay_out()
        self.raise_()
        self.show()
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _lay_out(self) -> None:
        wide = min(theme.scaled(WIDTH), self.width() - 4 * MARGIN)
        tall = max(DISC + 32, self._row.heightForWidth(wide))
        place = QRect(0, 0, wide, tall)
        place.moveCenter(self._frame.center())
        # It is read whole, however small the part is that takes the file.
        inside = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        place.moveLeft(max(inside.left(), min(place.left(), inside.right() - wide)))
        place.moveTop(max(inside.top(), min(place.top(), inside.bottom() - tall)))
        self._panel.setGeometry(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            frame = QRectF(self._frame).adjusted(MARGIN / 2, MARGIN / 2, -MARGIN / 2, -MARGIN / 2)
            radius = float(theme.token("radius", "card"))
            line = theme.colour("accent" if self.takes else "outlineStrong")
            paint.panel(painter, frame, radius, theme.colour("window", GROUND), line, 2, dashed=self.takes)
            panel = QRectF(self._panel.geometry())
            paint.card(painter, panel, radius, line="outlineStrong")
            disc = QRectF(self._icon.geometry()).translated(panel.topLeft())
            around = QRectF(0, 0, DISC, DISC)
            around.moveCenter(disc.center())
            paint.panel(
                painter, around, DISC / 2, theme.colour("accentSoft" if self.takes else "warningSoft")
            )


def over(widget: QWidget) -> DropHint:
    """That of the widget's window."""
    window = widget.window()
    return window.findChild(DropHint) or DropHint(window)


def hide(widget: QWidget) -> None:
    """Nothing is dragged over the widget any more."""
    hint = widget.window().findChild(DropHint)
    if hint is not None:
        hint.hide()
