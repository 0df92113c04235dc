"""The rail at the side of the window: the mark, the places, and the settings at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.shell.sections import Section
from ui.widgets import accessibility, paint
from ui.widgets.interactive import Interactive
from ui.widgets.mark import Mark

PILL = QSize(52, 32)


class RailEntry(NamedTuple):
    """One entry: the section that it leads to, label and icon; `low` ones stand at the bottom."""

    section: Section
    label: str
    icon: str
    low: bool = False


class RailButton(Interactive, QToolButton):
    """Icon in a pill, label below; a dot as badge says that something there wants to be seen."""

    def __init__(self, place: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._badge = ""
        self.setText(place.label)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.be_interactive()

    def set_badge(self, sentence: str) -> None:
        """Show a dot that means `sentence` ("2 need you"); "" takes it away."""
        self._badge = sentence
        accessibility.describe(self, sentence)
        accessibility.tip(self, sentence)
        self.update()

    def sizeHint(self) -> QSize:
        wide = round(paint.text_width(self.text(), "microStrong")) + 12
        return QSize(
            max(int(theme.token("layout", "rail")), wide), 38 + round(paint.text_height("micro")) + 17
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        current = self.isChecked()
        with paint.painting(self) as painter:
            pill = QRectF((self.width() - PILL.width()) / 2, 4, PILL.width(), PILL.height())
            if current:
                paint.panel(painter, pill, PILL.height() / 2, theme.colour("accentSoft"))
            elif self.hover or self.isDown():
                ground = theme.colour("outline", 1.0 if self.isDown() else 0.6 * self.hover)
                paint.panel(painter, pill, PILL.height() / 2, ground)
            if self.focus_shown:
                paint.panel(painter, pill, PILL.height() / 2, None, theme.colour("focus"), 2)
            box = QRectF(0, 0, 24, 24)
            box.moveCenter(pill.center())
            ink = "onAccentSoft" if current else "textSecondary"
            icons.paint(painter, box, self.place.icon, theme.colour(ink))
            if self._badge:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("warning"))
                painter.drawEllipse(QPointF(pill.center().x() + 13, pill.top() + 7), 4, 4)
            line = QRectF(2, pill.bottom() + 4, self.width() - 4, paint.text_height("micro") + 2)
            style = "microStrong" if current else "micro"
            role = "text" if current or self.hover > 0.5 else "textSecondary"
            paint.text(painter, line, self.text(), style, theme.colour(role), paint.Align.AlignCenter)


class Rail(QFrame):
    """The places of the app; `chosen` carries the Section that the user went to."""

    chosen = Signal(object)

    def __init__(self, places: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._buttons: dict[Section, RailButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 25, 0, 10)
        column.setSpacing(0)
        column.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(27)
        for place in places:
            if not place.low:
                column.addWidget(self._button(place))
        column.addStretch(1)
        for place in places:
            if place.low:
                column.addWidget(self._button(place))

    def _button(self, place: RailEntry) -> RailButton:
        button = RailButton(place)
        self._buttons[place.section] = button
        self._group.addButton(button)
        button.clicked.connect(lambda: self.chosen.emit(place.section))
        return button

    def set_current(self, section: Section) -> None:
        """Mark the place that is shown; does not emit `chosen`."""
        self._buttons[section].setChecked(True)

    def current(self) -> Section:
        """The section that is shown."""
        return next(section for section, button in self._buttons.items() if button.isChecked())

    def set_badge(self, section: Section, sentence: str) -> None:
        self._buttons[section].set_badge(sentence)

    def button(self, section: Section) -> RailButton:
        return self._buttons[section]

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            paint.area(painter, QRectF(self.rect()), theme.colour("rail"))
            edge = QRectF(self.width() - 1, 0, 1, self.height())
            paint.area(painter, paint.mirrored(self, edge), theme.colour("outline"))
