"""A notice that stays until it is answered: a soft ground, an icon, a bold line, a sentence."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.picture import IconView
from ui.widgets.text import Label


class Tone(Enum):
    """What a notice or chip says of its subject: (ground role, ink role, icon)."""

    INFO = ("accentSoft", "onAccentSoft", "info")
    GOOD = ("successSoft", "success", "check")
    WARNING = ("warningSoft", "warning", "clock")
    DANGER = ("dangerSoft", "danger", "warning")
    NONE = ("hover", "textSecondary", "")

    @property
    def ground(self) -> str:
        return self.value[0]

    @property
    def ink(self) -> str:
        return self.value[1]

    @property
    def icon(self) -> str:
        return self.value[2]


class Banner(QFrame):
    """Tone, title, sentence; a button may be added below with `add_action`.

    stacked: the sentence has the whole width, for narrow columns.
    wide: as high as its words in a wide card, not as in the narrow one that it would ask for.
    """

    def __init__(
        self,
        tone: Tone = Tone.INFO,
        title: str = "",
        sentence: str = "",
        *,
        icon: str = "",
        stacked: bool = False,
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = IconView(icon or tone.icon, tone.ink)
        self._title = Label("", "strong", wrap=True)
        self._sentence = Label("", "body", wrap=True)
        self._words = QVBoxLayout()
        self._words.setSpacing(3)
        row = self._row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 16, 12)
        column.setSpacing(4)
        column.addLayout(row)
        if stacked:
            row.addWidget(self._title, 1)
            column.addLayout(self._words)
        else:
            self._words.addWidget(self._title)
            row.addLayout(self._words, 1)
        self._words.addWidget(self._sentence)
        self._actions: QHBoxLayout | None = None
        height = QSizePolicy.Policy.Preferred if wide else QSizePolicy.Policy.Minimum
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, height)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_notice(tone, title, sentence, icon=icon)

    def show_notice(self, tone: Tone, title: str, sentence: str, *, icon: str = "") -> None:
        """Say something else in place."""
        self._tone = tone
        self._icon.show_icon(icon or tone.icon, tone.ink)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        accessibility.name(self, f"{title}. {sentence}" if title and sentence else title or sentence)
        self.update()

    def add_action(self, button: QWidget) -> None:
        """Put a button under the sentence, after those that are there."""
        if self._actions is None:
            self._actions = QHBoxLayout()
            self._actions.setSpacing(8)
            self._actions.addStretch(1)
            self._words.addSpacing(8)
            self._words.addLayout(self._actions)
        self._actions.insertWidget(self._actions.count() - 1, button)

    def add_line(self, widget: QWidget) -> None:
        """Put a widget under the sentence, in the whole width."""
        self._words.addSpacing(6)
        self._words.addWidget(widget)

    def add_beside(self, button: QWidget) -> None:
        """Put a button at the end of the line, for wide banners."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "banner"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour(self._tone.ground))
