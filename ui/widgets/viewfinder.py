"""The camera's picture with a frame that snaps to the code it found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import paint

Corners = Sequence[tuple[float, float]]
Circle = tuple[float, float, float]
REST = 0.46
OUTSIDE = 0.34
LEAST_RING = 26.0


class Viewfinder(QWidget):
    """Shows frames, cut to fill the widget, and a frame of four corners over them.

    `show_frame` takes any QImage; `show_code` takes the code's corners as fractions of the picture's sides,
    in order around the code, or None when it is gone. `show_light` takes away that frame and rings a light.
    `set_mirrored` shows all of it as in a mirror.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = QImage()
        self._mirrored = False
        self._waiting = ""
        self._goal: Corners | None = None
        self._lights = False
        self._light: Circle | None = None
        self._from: list[QPointF] = []
        self._snap = QVariantAnimation(self)
        self._snap.setStartValue(0.0)
        self._snap.setEndValue(1.0)
        self._snap.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._snap.valueChanged.connect(lambda _: self.update())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_frame(self, image: QImage) -> None:
        """Show the newest picture; a null image shows the dark ground."""
        self._frame = image
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Show the picture, and the frame around a code, as in a mirror."""
        self._mirrored = mirrored
        self.update()

    def set_waiting(self, words: str) -> None:
        """What to say while there is no picture yet."""
        self._waiting = words
        self.update()

    def show_code(self, corners: Corners | None) -> None:
        """Move the frame to the code; None moves it back to rest. A code that stays is followed at once."""
        if corners is not None and len(corners) != 4:
            corners = None
        follows = self._goal is not None and corners is not None
        start = self._quad()
        self._goal = corners
        duration = theme.motion("snap")
        if follows or not duration or not self.isVisible():
            self._snap.stop()
            self._from = []
        else:
            self._from = start
            self._snap.setDuration(duration)
            self._snap.start()
        self.update()

    def show_light(self, wanted: bool, circle: Circle | None = None) -> None:
        """Look for a light and not for a code. circle: where it is, middle and radius as fractions of the
        picture's sides (the radius of its width)."""
        self._lights, self._light = wanted, circle
        self.update()

    @property
    def light(self) -> Circle | None:
        """The light that is ringed."""
        return self._light

    @property
    def is_mirrored(self) -> bool:
        return self._mirrored

    @property
    def has_code(self) -> bool:
        return self._goal is not None

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = float(theme.token("radius", "stage"))
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), radius, radius)
        with paint.painting(self) as painter:
            painter.setClipPath(whole)
            painter.fillRect(self.rect(), theme.colour("scrim"))
            if not self._frame.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                self._paint_picture(painter)
            if not self._lights:
                self._paint_frame(painter, whole)
            elif self._light is not None and not self._frame.isNull():
                self._paint_ring(painter, *self._light)
            if self._frame.isNull() and self._waiting:
                self._paint_waiting(painter)

    def _paint_picture(self, painter: QPainter) -> None:
        painter.save()
        if self._mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.drawImage(self._picture_rect(), self._frame)
        painter.restore()

    def _paint_waiting(self, painter: QPainter) -> None:
        middle = QRectF(self.rect()).center()
        box = QRectF(0, 0, 42, 42)
        box.moveCenter(middle)
        icons.paint(painter, box, "camera", theme.colour("viewfinder", 0.8))
        side = min(self.width(), self.height()) * REST
        line = QRectF(16, middle.y() + side / 2 + 20, self.width() - 32, paint.text_height("body"))
        ink = theme.colour("onScrim")
        paint.text(painter, line, self._waiting, "body", ink, paint.Align.AlignCenter)

    def _paint_frame(self, painter: QPainter, whole: QPainterPath) -> None:
        quad = self._quad()
        hole = QPainterPath()
        hole.addPolygon(QPolygonF(quad))
        hole.closeSubpath()
        if self._goal is not None:
            painter.fillPath(whole.subtracted(hole), theme.colour("scrim", OUTSIDE))
        corners = _corner_paths(quad)
        ink = theme.colour("viewfinder")
        if self._frame.isNull():
            ink.setAlphaF(0.5)
        for colour, width in ((theme.colour("scrim"), 8.0), (ink, 4.5)):
            self._stroke(painter, corners, colour, width)

    def _paint_ring(self, painter: QPainter, x: float, y: float, radius: float) -> None:
        picture = self._picture_rect()
        middle = QPointF(
            picture.x() + (1 - x if self._mirrored else x) * picture.width(),
            picture.y() + y * picture.height(),
        )
        path = QPainterPath()
        path.addEllipse(middle, *(2 * [max(LEAST_RING, radius * picture.width())]))
        for colour, width in ((theme.colour("scrim"), 8.0), (theme.colour("viewfinder"), 4.5)):
            self._stroke(painter, path, colour, width)

    def _stroke(self, painter: QPainter, path: QPainterPath, colour: QColor, width: float) -> None:
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _picture_rect(self) -> QRectF:
        """Where the picture lies so that it fills the widget and its middle stays in the middle."""
        wide, tall = max(1, self._frame.width()), max(1, self._frame.height())
        scale = max(self.width() / wide, self.height() / tall)
        rect = QRectF(0, 0, wide * scale, tall * scale)
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def _quad(self) -> list[QPointF]:
        """The four points of the frame now, on their way if it snaps."""
        end = self._target()
        if self._snap.state() != QVariantAnimation.State.Running or len(self._from) != 4:
            return end
        share = float(self._snap.currentValue())
        return [a + (b - a) * share for a, b in zip(self._from, end, strict=True)]

    def _target(self) -> list[QPointF]:
        if self._goal is not None and not self._frame.isNull():
            picture = self._picture_rect()
            found = [
                QPointF(
                    picture.x() + (1 - x if self._mirrored else x) * picture.width(),
                    picture.y() + y * picture.height(),
                )
                for x, y in self._goal
            ]
            return _grown(found, 8.0)
        side = min(self.width(), self.height()) * REST
        rect = QRectF(0, 0, side, side)
        rect.moveCenter(QRectF(self.rect()).center())
        return [rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()]


def _grown(points: list[QPointF], by: float) -> list[QPointF]:
    """The points, each `by` pixels further from their middle."""
    middle = QPointF(sum(p.x() for p in points) / 4, sum(p.y() for p in points) / 4)
    grown = []
    for point in points:
        away = point - middle
        length = (away.x() ** 2 + away.y() ** 2) ** 0.5 or 1.0
        grown.append(point + away * (by * 1.4 / length))
    return grown


def _corner_paths(quad: list[QPointF]) -> QPainterPath:
    """Four rounded corners, each along the two edges of the quad that meet there."""
    path = QPainterPath()
    for index, corner in enumerate(quad):
        before, after = quad[index - 1], quad[(index + 1) % 4]
        shortest = min(_length(before - corner), _length(after - corner)) or 1.0
        arm, bend = shortest * 0.25, min(14.0, shortest * 0.12)
        path.moveTo(corner + _unit(before - corner) * arm)
        path.lineTo(corner + _unit(before - corner) * bend)
        path.quadTo(corner, corner + _unit(after - corner) * bend)
        path.lineTo(corner + _unit(after - corner) * arm)
    return path


def _length(vector: QPointF) -> float:
    return float((vector.x() ** 2 + vector.y() ** 2) ** 0.5)


def _unit(vector: QPointF) -> QPointF:
    return vector / (_length(vector) or 1.0)
