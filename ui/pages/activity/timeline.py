"""A run as a picture: its steps, the messages between computer and device, and a playhead."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.pages.activity.views import MessageView, RunView, SpanView
from ui.shell import theme
from ui.widgets import accessibility, paint

STEPS_AT = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)
NEAR = 6.0
LANE_COMPUTER = 97.0
LANE_DEVICE = 169.0


class RunTimeline(QWidget):
    """Shows a RunView. `moment_chosen` carries seconds: where the user clicked, or moved with the arrows."""

    moment_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunView | None = None
        self._moment = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_run(self, run: RunView) -> None:
        """Show this run, the playhead at its beginning."""
        self._run = run
        self._moment = 0.0
        accessibility.name(self, self.tr("Timeline of {name}").format(name=run.name))
        steps = ", ".join(f"{step.name} {paint.figure(step.end - step.start, 1)} s" for step in run.steps)
        accessibility.describe(self, steps)
        self.update()

    def set_moment(self, seconds: float) -> None:
        """Move the playhead."""
        self._moment = seconds
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 211)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 211)

    # --- where things lie --------------------------------------------------------------------------

    @property
    def _area(self) -> QRectF:
        """Where time runs, from the names to the end."""
        names = (self.tr("Steps"), self.tr("Computer"), self.tr("Device"))
        left = max(paint.text_width(name, "captionStrong") for name in names) + 40
        return QRectF(left, 0, max(40.0, self.width() - left - 28), self.height())

    def _x(self, seconds: float) -> float:
        total = max(0.1, self._run.seconds if self._run else 1.0)
        x = self._area.left() + self._area.width() * min(seconds, total) / total
        return self.width() - x if self.isRightToLeft() else x

    def _seconds(self, x: float) -> float:
        if self.isRightToLeft():
            x = self.width() - x
        total = self._run.seconds if self._run else 1.0
        return min(total, max(0.0, (x - self._area.left()) / self._area.width() * total))

    # --- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._run is None:
            return
        with paint.painting(self) as painter:
            self._paint_scale(painter)
            self._paint_steps(painter, self._run.steps)
            self._paint_lanes(painter)
            for message in self._run.messages:
                self._paint_message(painter, message)
            for span in self._run.quiet:
                self._paint_quiet(painter, span)
            self._paint_playhead(painter)
            if self.hasFocus():
                ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                paint.panel(painter, ring, 10, None, theme.colour("focus"), 2)

    def _paint_scale(self, painter: QPainter) -> None:
        total = self._run.seconds if self._run else 1.0
        every = next((step for step in STEPS_AT if total / step <= 7), STEPS_AT[-1])
        soft = theme.colour("textSecondary")
        for mark in range(0, int(total) + 1, every):
            x = self._x(mark)
            painter.fillRect(QRectF(round(x), 32, 1, self.height() - 48), theme.colour("outline"))
            words = self.tr("{seconds} s").format(seconds=mark) if mark else "0"
            box = QRectF(x - 30, 8, 60, 20)
            paint.text(painter, box, words, "captionTabular", soft, paint.Align.AlignCenter)

    def _paint_steps(self, painter: QPainter, steps: tuple[SpanView, ...]) -> None:
        name_box = paint.mirrored(self, QRectF(4, 41, self._area.left() - 8, 26))
        soft = theme.colour("textSecondary")
        paint.text(painter, name_box, self.tr("Steps"), "caption", soft, paint.leading(self))
        for step in steps:
            one, other = sorted((self._x(step.start), self._x(step.end)))
            box = QRectF(one + 1, 40, max(3.0, other - one - 2), 28)
            ground = theme.colour("sunken" if step.yours else "accentSoft")
            line = theme.colour("outlineStrong" if step.yours else "accentLine")
            paint.panel(painter, box, min(8.0, box.width() / 2), ground, line)
            if box.width() > paint.text_width(step.name, "caption") + 8:
                ink = theme.colour("textSecondary" if step.yours else "onAccentSoft")
                paint.text(painter, box, step.name, "caption", ink, paint.Align.AlignCenter)

    def _paint_lanes(self, painter: QPainter) -> None:
        for y, icon, name in (
            (LANE_COMPUTER, "laptop", self.tr("Computer")),
            (LANE_DEVICE, "devices", self.tr("Device")),
        ):
            box = paint.mirrored(self, QRectF(3, y - 9, 18, 18))
            icons.paint(painter, box, icon, theme.colour("textSecondary"))
            box = paint.mirrored(self, QRectF(27, y - 10, self._area.left() - 31, 20))
            paint.text(painter, box, name, "captionStrong", theme.colour("text"), paint.leading(self))
            one, other = sorted((self._x(0), self._x(self._run.seconds if self._run else 1.0)))
            painter.fillRect(QRectF(one, y - 0.5, other - one, 1.2), theme.colour("outlineStrong"))

    def _paint_message(self, painter: QPainter, message: MessageView) -> None:
        start, end = self._line(message)
        colour = theme.colour("accent" if message.to_device else "text")
        painter.setPen(QPen(colour, 1.6))
        painter.drawLine(start, end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(end, 2.8, 2.8)

    def _line(self, message: MessageView) -> tuple[QPointF, QPointF]:
        lanes = (LANE_COMPUTER, LANE_DEVICE) if message.to_device else (LANE_DEVICE, LANE_COMPUTER)
        return QPointF(self._x(message.sent), lanes[0]), QPointF(self._x(message.arrived), lanes[1])

    def _paint_quiet(self, painter: QPainter, span: SpanView) -> None:
        one, other = sorted((self._x(span.start), self._x(span.end)))
        seconds = self.tr("{seconds} s").format(seconds=paint.figure(span.end - span.start, 1))
        room = other - one - 10
        if room < paint.text_width(seconds, "caption") + 12:
            return
        box = QRectF(one + 5, (LANE_COMPUTER + LANE_DEVICE) / 2 - 24, room, 48)
        paint.panel(painter, box, 8, theme.colour("sunken"))
        line = paint.text_height("caption")
        ink, centre = theme.colour("textSecondary"), paint.Align.AlignCenter
        top = QRectF(box.left() + 4, box.center().y() - line, box.width() - 8, line)
        paint.text(painter, top, span.name, "caption", ink, centre)
        paint.text(painter, top.translated(0, line), seconds, "captionTabular", ink, centre)

    def _paint_playhead(self, painter: QPainter) -> None:
        x = self._x(self._moment)
        words = self.tr("{seconds} s").format(seconds=paint.figure(self._moment))
        painter.fillRect(QRectF(x - 1, 34, 2, self.height() - 56), theme.colour("accent"))
        wide = paint.text_width(words, "captionTabular") + 12
        left = min(max(0.0, x - wide / 2), self.width() - wide)
        box = QRectF(left, self.height() - 30, wide, 20)
        paint.panel(painter, box, 10, theme.colour("accent"))
        ink = theme.colour("onAccent")
        paint.text(painter, box, words, "captionTabular", ink, paint.Align.AlignCenter)

    # --- pointer and keys --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            near = self._message_at(QPointF(event.pos()))
            accessibility.show_tip(event.globalPos(), near.words if near else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._message_at(event.position())
        self.moment_chosen.emit(near.sent if near else self._seconds(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if ahead is None or self._run is None:
            super().keyPressEvent(event)
            return
        if self.isRightToLeft():
            ahead = -ahead
        times = sorted(view.at for view in self._run.events)
        later = [time for time in times if time > self._moment + 1e-6]
        earlier = [time for time in times if time < self._moment - 1e-6]
        if later and ahead > 0:
            self.moment_chosen.emit(later[0])
        elif earlier and ahead < 0:
            self.moment_chosen.emit(earlier[-1])

    def _message_at(self, point: QPointF) -> MessageView | None:
        """The message whose line passes under `point`."""
        if self._run is None or not LANE_COMPUTER - NEAR <= point.y() <= LANE_DEVICE + NEAR:
            return None
        share = (point.y() - LANE_COMPUTER) / (LANE_DEVICE - LANE_COMPUTER)

        def away(message: MessageView) -> float:
            start, end = self._line(message)
            top, low = (start, end) if message.to_device else (end, start)
            return abs(top.x() + (low.x() - top.x()) * share - point.x())

        near = min(self._run.messages, key=away, default=None)
        return near if near is not None and away(near) <= NEAR else None
