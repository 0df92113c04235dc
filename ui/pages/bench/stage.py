"""The stage of the bench: one line to read from two metres, and below it the devices in work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.model import Step
from ui import icons
from ui.pages.bench.views import PromptView, TrackView
from ui.shell import theme
from ui.widgets import Choice, Label, Line, Tone, accessibility, paint

DISC = 72
STEPS = len(Step)
BAR_GAP = 3
CALM = (Tone.NONE, Tone.INFO)
"""Nothing is wrong, and nothing is done yet."""


class PromptStage(QFrame):
    """Passive: shows a PromptView and TrackViews; `answered` carries True for "they match".

    The two answers are equal, wake after a second, and no key of a scanner reaches them.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.INFO
        self._asked = ""
        self._shown = 0
        self._disc = _Disc()
        self._title = Label("", "title", elide=True)
        self._sentence = Label("", "body", wrap=True)
        self.large = _Large()
        self.match = Choice("equal", self.tr("They match"), self.tr("The device shows this number"))
        self.differ = Choice("differ", self.tr("They differ"), self.tr("Or the device shows nothing"))
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.timeout.connect(lambda: self._enable(True))
        self.match.clicked.connect(lambda: self._answer(True))
        self.differ.clicked.connect(lambda: self._answer(False))
        self._answers = QWidget()
        self._tracks = [_Track() for _ in range(2)]
        self._line = Line()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out()

    def show_prompt(self, view: PromptView) -> None:
        """What is to be done now."""
        self._tone = view.tone
        self._disc.show_icon(view.icon, view.tone)
        self._title.setText(view.title)
        ink = "text" if view.tone in CALM else view.tone.ink
        self._title.set_role(ink)
        self._sentence.setText(view.sentence)
        self.large.show_words(view.large, ink)
        accessibility.name(self, ". ".join(part for part in (view.title, view.large, view.sentence) if part))
        self._answers.setVisible(view.asks)
        self._show_tracks(not view.asks)
        if view.asks and self._asked != view.large:
            self._enable(False)
            self._guard.start(theme.motion("compareGuard"))
        self._asked = view.large if view.asks else ""
        self.update()

    def show_tracks(self, views: Sequence[TrackView]) -> None:
        """The first devices in work; the table has them all."""
        self._shown = min(len(views), len(self._tracks))
        for track, view in zip(self._tracks, views, strict=False):
            track.show_track(view)
        self._show_tracks(not self._asked)

    def _show_tracks(self, wanted: bool) -> None:
        """Who compares a number looks at nothing else."""
        self._line.setVisible(wanted and self._shown > 0)
        for place, track in enumerate(self._tracks):
            track.setVisible(wanted and place < self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = "artBack" if self._tone is Tone.NONE else self._tone.ground
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "stage"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour(ground))

    def _enable(self, enabled: bool) -> None:
        for button in (self.match, self.differ):
            button.setEnabled(enabled)

    def _answer(self, matches: bool) -> None:
        self._enable(False)
        self.answered.emit(matches)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(16)
        answers.addWidget(self.match, 1)
        answers.addWidget(self.differ, 1)
        tracks = QHBoxLayout()
        tracks.setSpacing(24)
        for track in self._tracks:
            tracks.addWidget(track, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.large)
        column.addWidget(self._answers)
        column.addStretch(1)
        column.addWidget(self._line)
        column.addLayout(tracks)
        self._answers.hide()


class _Disc(QWidget):
    """What the line is about, as a sign."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "camera", Tone.INFO
        self.setFixedSize(DISC, DISC)

    def show_icon(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = "accent" if self._tone in CALM else self._tone.ink
        with paint.painting(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ground))
            painter.drawEllipse(QRectF(self.rect()))
            box = QRectF(self.rect()).adjusted(20, 20, -20, -20)
            icons.paint(painter, box, self._icon, theme.colour("onAccent"))


class _Large(QWidget):
    """The line itself: as large as its width allows, never cut in two."""

    STYLES = ("compare", "display", "title", "heading")

    def __init__(self) -> None:
        super().__init__()
        self.words, self._role = "", "text"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, role: str) -> None:
        self.words, self._role = words, role
        accessibility.name(self, words)
        accessibility.tip(self, words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(paint.text_height("compare")))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        fitting = (style for style in self.STYLES if paint.text_width(self.words, style) <= self.width())
        style = next(fitting, self.STYLES[-1])
        with paint.painting(self) as painter:
            lead = paint.leading(self)
            paint.text(painter, QRectF(self.rect()), self.words, style, theme.colour(self._role), lead)


class _Track(QWidget):
    """A device in work: its name, its step, its seconds, and six bars."""

    def __init__(self) -> None:
        super().__init__()
        self._view: TrackView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_track(self, view: TrackView) -> None:
        self._view = view
        words = (view.name, view.step, view.seconds)
        accessibility.name(self, ", ".join(word for word in words if word))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, round(paint.text_height("strong")) + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        line = paint.text_height("strong")
        lead, trail = paint.leading(self), paint.trailing(self)
        with paint.painting(self) as painter:
            end = paint.text_width(view.seconds, "captionTabular") + 4
            box = QRectF(self.width() - end, 0, end, line)
            ink = theme.colour("accent")
            paint.text(painter, paint.mirrored(self, box), view.seconds, "captionTabular", ink, trail)
            room = self.width() - end - 8
            name = min(paint.text_width(view.name, "strong") + 2, room * 0.7)
            box = paint.mirrored(self, QRectF(0, 0, name, line))
            paint.text(painter, box, view.name, "strong", theme.colour("text"), lead)
            box = paint.mirrored(self, QRectF(name + 10, 0, max(0.0, room - name - 10), line))
            paint.text(painter, box, view.step, "body", theme.colour("textSecondary"), lead)
            self._paint_bars(painter, QPointF(0, line + 6), view.done)

    def _paint_bars(self, painter: object, at: QPointF, done: int) -> None:
        wide = (self.width() - BAR_GAP * (STEPS - 1)) / STEPS
        for step in range(STEPS):
            bar = QRectF(at.x() + step * (wide + BAR_GAP), at.y(), wide, 4)
            role = "accent" if step < done else "accentLine" if step == done else "outline"
            paint.panel(painter, paint.mirrored(self, bar), 2, theme.colour(role))  # type: ignore[arg-type]
