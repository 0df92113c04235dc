"""What lies over the camera's picture: the choice of camera, what was read, and how far a reading is."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive
from ui.widgets.menu import Menu
from ui.widgets.text import Label

GROUND = 0.86
OCTETS = 16
"""Parts of the bar: the octets of a secret."""

LEVELS = 20
"""Columns of the meter."""

_BAR, _GAP = 4.0, 4.0
_COLUMN, _METER_HEIGHT = 3.0, 30.0
_METER = round(2 * _COLUMN * LEVELS)


class CameraPicker(Interactive, QPushButton):
    """The camera's name; a press offers the others, and to mirror the picture.

    chosen: a name. mirror_wanted: whether the picture is to be shown as in a mirror.
    """

    chosen = Signal(str)
    mirror_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.be_interactive()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Camera"))
        self._menu = Menu(self)
        self.clicked.connect(lambda: self._menu.open_below(self))

    def show_cameras(self, names: Sequence[str], current: str, *, mirrored: bool = False) -> None:
        """Offer `names`, with `current` in use and its picture mirrored or not."""
        self.setText(current)
        accessibility.describe(self, current)
        self._menu.clear()
        for name in names:
            self._menu.offer(name, partial(self.chosen.emit, name), chosen=name == current)
        self._menu.addSeparator()
        flip = partial(self.mirror_wanted.emit, not mirrored)
        self._menu.offer(self.tr("Mirror the picture"), flip, chosen=mirrored)
        self.setVisible(bool(names))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(round(70 + paint.text_width(self.text(), "captionStrong")), 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(120, self.sizeHint().width()), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            paint.panel(painter, rect, 16, theme.colour("scrim", GROUND if not self.isDown() else 1.0))
            if self.hover:
                paint.panel(painter, rect, 16, theme.colour("onScrim", 0.1 * self.hover))
            if self.focus_shown:
                paint.panel(painter, rect.adjusted(1, 1, -1, -1), 15, None, theme.colour("viewfinder"), 2)
            ink = theme.colour("onScrim")
            middle = self.height() / 2
            icons.paint(painter, paint.mirrored(self, QRectF(12, middle - 8, 16, 16)), "camera", ink)
            box = QRectF(self.width() - 27, middle - 7, 14, 14)
            icons.paint(painter, paint.mirrored(self, box), "chevron-down", ink)
            line = paint.mirrored(self, QRectF(36, 0, self.width() - 69, self.height()))
            paint.text(painter, line, self.text(), "captionStrong", ink, paint.leading(self))


class ReadBar(QFrame):
    """What the camera read: a tick, the code's title, what comes next, and what is going on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "strong", role="onScrim", wrap=True)
        self._sentence = Label("", "caption", role="onScrim", wrap=True)
        self._note = Label("", "caption", role="onScrim")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        self._row = row
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addSpacing(36)
        row.addLayout(words, 1)
        row.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = "check"
        # What lies under the words, in pixels.
        self._below = 0

    def height_at(self, width: int) -> int:
        """The height that its words take at this width."""
        return self._row.totalHeightForWidth(width)

    def show_read(self, title: str, sentence: str, note: str = "") -> None:
        """Say what was read."""
        for label, words in ((self._title, title), (self._sentence, sentence), (self._note, note)):
            label.setText(words)
            label.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            paint.panel(painter, QRectF(self.rect()), 12, theme.colour("scrim", GROUND))
            disc = paint.mirrored(self, QRectF(12, (self.height() - self._below) / 2 - 14, 28, 28))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("viewfinder"))
            painter.drawEllipse(disc)
            icons.paint(painter, disc.adjusted(6, 6, -6, -6), self._icon, theme.colour("scrim"))


class ReadingBar(ReadBar):
    """How far the reading of a secret is: a bar with a part for each octet, or what is in the way of it; and
    how loud it was lately, where it is heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._below = 14
        self._row.setContentsMargins(16, 8, 16, 8 + self._below)
        self._levels: deque[float] | None = None

    def show_reading(
        self, title: str, sentence: str, share: float, icon: str, *, level: float | None = None
    ) -> None:
        """share, level: 0 to 1; no level: it is nothing that is heard."""
        if level is None:
            self._levels = None
        else:
            self._levels = deque([0.0] * LEVELS, LEVELS) if self._levels is None else self._levels
            self._levels.append(level)
        room = 0 if self._levels is None else _METER + 12
        self._row.setContentsMargins(16, 8, 16 + room, 8 + self._below)
        if sentence != self._sentence.text():
            accessibility.name(self, f"{title}. {sentence}")
        self.show_read(title, sentence)
        self._share, self._icon = share, icon
        self.update()

    @property
    def share(self) -> float:
        return self._share

    @property
    def levels(self) -> tuple[float, ...]:
        """What the meter shows, the oldest first; none where nothing is heard."""
        return tuple(self._levels or ())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._levels is not None:
            self._paint_levels(self._levels)
        whole = self.width() - 32
        wide = (whole - _GAP * (OCTETS - 1)) / OCTETS
        with paint.painting(self) as painter:
            for place in range(OCTETS):
                part = QRectF(16 + place * (wide + _GAP), self.height() - 16, wide, _BAR)
                rest = paint.mirrored(self, part)
                paint.panel(painter, rest, _BAR / 2, theme.colour("onScrim", 0.25))
                filled = min(1.0, self._share * OCTETS - place)
                if filled > 0:
                    part.setWidth(max(_BAR, wide * filled))
                    paint.panel(painter, paint.mirrored(self, part), _BAR / 2, theme.colour("viewfinder"))

    def _paint_levels(self, levels: deque[float]) -> None:
        """The meter: a column for each of the last levels, the newest at the end of the line."""
        left, middle = self.width() - 16 - _METER, (self.height() - self._below) / 2
        with paint.painting(self) as painter:
            for place, level in enumerate(levels):
                tall = max(_COLUMN, level * _METER_HEIGHT)
                column = QRectF(left + place * 2 * _COLUMN, middle - tall / 2, _COLUMN, tall)
                share = 1.0 if level > 0 else 0.25
                paint.panel(
                    painter, paint.mirrored(self, column), _COLUMN / 2, theme.colour("onScrim", share)
                )
