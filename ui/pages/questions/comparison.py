"""The compare page: is the number on the device the same? No key, no habit and no haste may answer it."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import art
from ui.pages.views import ComparisonView
from ui.shell import theme
from ui.widgets import Button, ButtonKind, Choice, IconView, Label, PageFrame, accessibility, paint

ROOM_FOR_DRAWINGS = 200
ROOM_FOR_LEAD = 480


class ComparisonPage(PageFrame):
    """Passive: shows a ComparisonView; `answered` carries True for "they match". Answers wake after 1 s.

    The device's drawing has blank places for digits, so that nobody compares two drawings on one screen. A
    virtual device is no drawing of one: it stands beside the page, and the page has this computer alone.
    """

    answered = Signal(bool)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        self._stage = _ComparisonStage()
        self.match = Choice("equal", self.tr("They match"), "")
        self.differ = Choice("differ", self.tr("They differ"), "")
        self._left = Label("", "caption", role="textSecondary", elide=True)
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.timeout.connect(self._wake)
        self._clock = QElapsedTimer()
        self._seconds = 0.0
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._show_rest)
        self._lay_out()
        self.match.clicked.connect(lambda: self._answer(True))
        self.differ.clicked.connect(lambda: self._answer(False))

    def show_question(self, view: ComparisonView) -> None:
        """Ask: shows the number, starts the guard and the countdown."""
        self._stage.show_number(view)
        if view.beside:
            self.set_title(self.tr("Does the device show this number?"))
            self.set_lead(self.tr("The virtual device is beside this page. Compare all six digits."))
            self.match.set_sentence(self.tr("It shows {number} too").format(number=view.number))
            self.differ.set_sentence(self.tr("Or it shows nothing"))
        else:
            self.set_title(self.tr("Does your device show this number?"))
            self.set_lead(
                self.tr("Look at the real device, not at the drawing: does it show these six digits?")
            )
            self.match.set_sentence(self.tr("My device shows {number} too").format(number=view.number))
            self.differ.set_sentence(self.tr("Or my device shows nothing"))
        self._seconds = view.seconds
        self._clock.restart()
        self._ticks.start()
        for button in (self.match, self.differ):
            button.setEnabled(False)
        self._guard.start(theme.motion("compareGuard"))
        self._show_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The number is seen whole in every window: an explanation makes room for it."""
        super().resizeEvent(event)
        self.show_lead(self.height() >= theme.scaled(ROOM_FOR_LEAD))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticks.stop()

    def _wake(self) -> None:
        for button in (self.match, self.differ):
            button.setEnabled(True)

    def _answer(self, matched: bool) -> None:
        for button in (self.match, self.differ):
            button.setEnabled(False)
        self._ticks.stop()
        self.answered.emit(matched)

    def _show_rest(self) -> None:
        rest = max(0, math.ceil(self._seconds - self._clock.elapsed() / 1000))
        if rest > 30:
            self._left.setText(self.tr("Keyboard shortcuts are off here. Check, then choose."))
            self._left.set_role("textSecondary")
        else:
            self._left.setText(self.tr("{seconds} s left to compare").format(seconds=rest))
            self._left.set_role("warning")

    def _lay_out(self) -> None:
        answers = QHBoxLayout()
        answers.setSpacing(16)
        answers.addWidget(self.match, 1)
        answers.addWidget(self.differ, 1)
        warning = QHBoxLayout()
        warning.setSpacing(8)
        warning.addStretch(1)
        warning.addWidget(IconView("info", "textSecondary", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        sentence = self.tr("If they differ, stop: someone may be intercepting the connection.")
        warning.addWidget(Label(sentence, "body", role="textSecondary", wrap=True, letters=200))
        warning.addStretch(1)
        self.body.setSpacing(0)
        self.body.addWidget(self._stage, 1)
        self.body.addSpacing(20)
        self.body.addLayout(answers)
        self.body.addSpacing(16)
        self.body.addLayout(warning)
        self.body.addSpacing(2)
        cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        cancel.clicked.connect(self.cancelled)
        self.add_left(cancel)
        self.add_right(self._left)


def _blank(mark: str) -> str:
    return mark if mark == "-" else "0"


class _ComparisonStage(QWidget):
    """This computer with the number, the device with blank places, and a question between them."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._device = ""
        self._kind = "sensor"
        self._beside = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_number(self, view: ComparisonView) -> None:
        number = view.number
        self._number, self._device, self._kind, self._beside = number, view.device, view.kind, view.beside
        spoken = " ".join(number.replace("-", ","))
        accessibility.name(self, self.tr("This computer shows {digits}").format(digits=spoken))
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        under = 24 + round(paint.text_height("strong"))
        return QSize(400, under + 12 + round(paint.text_height("title")) if self._beside else 132)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "stage"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour("artBack"))
            line = paint.text_height("strong")
            caption = self.height() - 24 - line
            if self._beside:
                self._paint_alone(painter, QRectF(0, 0, self.width(), caption), line)
                return
            half = self.width() / 2
            left = QRectF(0, 0, half, caption)
            right = QRectF(half, 0, half, caption)
            if self.height() < ROOM_FOR_DRAWINGS:
                self._paint_plain(painter, paint.mirrored(self, left), paint.mirrored(self, right))
            else:
                self._paint_laptop(painter, paint.mirrored(self, left))
                self._paint_device(painter, paint.mirrored(self, right))
            ink = theme.colour("text")
            for column, words in (
                (left, self.tr("On this computer")),
                (right, self.tr("Look at your {device}").format(device=self._device)),
            ):
                box = QRectF(column.left() + 24, caption, half - 48, line)
                centre = paint.Align.AlignCenter
                paint.text(painter, paint.mirrored(self, box), words, "strong", ink, centre)
            self._paint_question(painter)

    def _paint_alone(self, painter: QPainter, area: QRectF, line: float) -> None:
        """This computer in the middle."""
        if self.height() < ROOM_FOR_DRAWINGS:
            self._paint_screen(painter, area, self._number)
        else:
            self._paint_laptop(painter, area)
        box = QRectF(24, area.bottom(), self.width() - 48, line)
        ink, centre = theme.colour("text"), paint.Align.AlignCenter
        paint.text(painter, box, self.tr("On this computer"), "strong", ink, centre)

    def _paint_laptop(self, painter: QPainter, area: QRectF) -> None:
        side = min(area.width() - 112, (area.height() - 46) / 0.66)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QPointF(area.center().x(), area.top() + 31 + side * 0.38))
        art.paint(painter, box, "laptop", art.Scene(display=self._number))

    def _paint_device(self, painter: QPainter, area: QRectF) -> None:
        side = min(area.width() - 60, (area.height() - 38) / 0.83)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QPointF(area.center().x(), area.top() + 26 + side * 0.41))
        slots = "".join(_blank(mark) for mark in self._number)
        scene = art.Scene(slots=slots, caption=self.tr("Look here"), led=art.Led.JOINING)
        art.paint(painter, box, self._kind, scene)

    def _paint_plain(self, painter: QPainter, left: QRectF, right: QRectF) -> None:
        """Without room for drawings, the number stays as large as it can."""
        self._paint_screen(painter, left, self._number)
        self._paint_screen(painter, right, "")

    def _paint_screen(self, painter: QPainter, area: QRectF, words: str) -> None:
        """A display alone, with words or with blank places for the number."""
        inset = 26 if area.height() > paint.text_height("display") + 26 else 12
        screen = QRectF(0, 0, min(area.width() - 80, 300), area.height() - inset)
        screen.moveCenter(QPointF(area.center().x(), area.center().y() + 6))
        paint.panel(painter, screen, 10, theme.colour("artScreen"))
        if words:
            ink = theme.colour("artInk")
            style = "display" if screen.height() >= paint.text_height("display") else "title"
            paint.text(painter, screen, words, style, ink, paint.Align.AlignCenter)
        else:
            art.paint_slots(painter, screen, "".join(_blank(mark) for mark in self._number))

    def _paint_question(self, painter: QPainter) -> None:
        middle = QPointF(self.width() / 2, self.height() * 0.44)
        pen = QPen(theme.colour("accentLine"), 1.6)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(middle.x(), 28), QPointF(middle.x(), self.height() - 28))
        painter.setPen(QPen(theme.colour("accentLine"), 1.6))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(middle, 22, 22)
        box = QRectF(middle.x() - 20, middle.y() - 20, 40, 40)
        paint.text(painter, box, "?", "heading", theme.colour("accent"), paint.Align.AlignCenter)
