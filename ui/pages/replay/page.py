"""A replay: what it is of, the pages of its run, and the way through them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from companion.plain_text import filled
from ui.pages.activity.replay import ReplayBar
from ui.pages.activity.views import RunView
from ui.pages.replay.stage import ReplayStage
from ui.shell import theme
from ui.widgets import Button, ButtonKind, accessibility, paint
from ui.widgets.ribbon import Ribbon
from ui.widgets.text import Label


class ReplayPage(QWidget):
    """`left`: back to where the run is listed. `row_wanted`: the event to be at; -1 is before the first."""

    left = Signal()
    row_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunView | None = None
        self.ribbon = Ribbon(
            "play",
            self.tr("Replay"),
            self.tr("Nothing here reaches a device."),
            self.tr("Back to Activity"),
        )
        self.stage = ReplayStage()
        self.bar = ReplayBar()
        self.before = Button("", ButtonKind.QUIET, icon="chevron-left")
        self.after = Button("", ButtonKind.QUIET, icon="chevron-right")
        self.scrubber = Scrubber()
        self._words = Label("", "body", elide=True)
        self._place = Label("", "caption", role="textSecondary")
        accessibility.name(self.before, self.tr("Previous event"))
        accessibility.name(self.after, self.tr("Next event"))
        self.before.setToolTip(self.tr("Previous event"))
        self.after.setToolTip(self.tr("Next event"))
        accessibility.name(self.scrubber, self.tr("Events of the run"))
        self._lay_out()
        self.ribbon.left.connect(self.left)
        self.bar.row_wanted.connect(self.row_wanted)
        self.before.clicked.connect(lambda: self.bar.step(-1))
        self.after.clicked.connect(lambda: self.bar.step(1))
        self.scrubber.valueChanged.connect(self._scrub)

    def show_run(self, run: RunView) -> None:
        """Another run, at its beginning."""
        self._run = run
        self.ribbon.set_sentence(
            filled(
                self.tr("Nothing here reaches a device. {name}, {summary}"),
                {"name": run.name, "summary": run.summary},
            )
        )
        self.bar.show_moments([event.at for event in run.events])
        self.scrubber.setRange(0, max(0, len(run.events) - 1))
        self.scrubber.setEnabled(len(run.events) > 1)

    def show_row(self, row: int, now: str) -> None:
        """What was told last, and when. now: how long after the run began, in words."""
        events = self._run.events if self._run is not None else ()
        self.scrubber.blockSignals(True)
        self.scrubber.setValue(row)
        self.scrubber.blockSignals(False)
        self.bar.set_row(row)
        self.before.setEnabled(row > 0)
        self.after.setEnabled(row < len(events) - 1)
        words = events[row].words if 0 <= row < len(events) else ""
        if self._run is not None and row == len(events) - 1:
            # Not every run has a page for its end.
            words = self._run.outcome or words
        self._words.setText(words)
        self.show_time(row, now)
        accessibility.describe(self.scrubber, words)

    def show_time(self, row: int, now: str) -> None:
        """The seconds go on while nothing is told."""
        count = len(self._run.events) if self._run is not None else 0
        self._place.setText(
            self.tr("Event {number} of {count}, {time}").format(number=row + 1, count=count, time=now)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back; nothing is lost. The page that is shown is read with the keys for that."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stage.scroll_page(1 if event.key() == Qt.Key.Key_PageUp else -1)
        else:
            super().keyPressEvent(event)

    def _scrub(self, row: int) -> None:
        self.bar.stop()
        self.row_wanted.emit(row)

    def _lay_out(self) -> None:
        margin = int(theme.token("layout", "pageMargin"))
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.before, self.bar, self.after):
            buttons.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._words, 1)
        line.addWidget(self._place)
        along = QVBoxLayout()
        along.setSpacing(0)
        along.addLayout(line)
        along.addWidget(self.scrubber)
        foot = _Foot()
        row = QHBoxLayout(foot)
        row.setContentsMargins(margin, 10, margin, 10)
        row.setSpacing(24)
        row.addLayout(buttons)
        row.addLayout(along, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ribbon)
        column.addWidget(self.stage, 1)
        column.addWidget(foot)


class Scrubber(QSlider):
    """A place among a run's events: to be dragged, or moved with the arrow keys."""

    KNOB = 13.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumHeight(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            half, y = self.KNOB / 2, self.height() / 2
            share = (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())
            x = half + share * (self.width() - self.KNOB)
            done = QRectF(2, y - 1, x - 2, 2)
            rail = QRectF(2, y - 1, self.width() - 4, 2)
            accent = theme.colour("accent" if self.isEnabled() else "outlineStrong")
            painter.fillRect(rail, theme.colour("outlineStrong" if self.isEnabled() else "outline"))
            painter.fillRect(paint.mirrored(self, done), accent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            centre = self.width() - x if self.isRightToLeft() else x
            painter.drawEllipse(QPointF(centre, y), half, half)
            if self.hasFocus():
                ring = QRectF(centre - half - 3, y - half - 3, self.KNOB + 6, self.KNOB + 6)
                paint.panel(painter, ring, half + 3, None, theme.colour("focus"), 2)


class _Foot(QFrame):
    """Stands out from the pages above: it is none of theirs."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour("accentSoft"))
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour("accentLine"))
