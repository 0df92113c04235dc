"""What stands in the camera's place when there is no picture: why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.sources.camera_state import CameraState, settings_address
from ui.widgets import Button, FlowLayout, Label, Stage, paint

ART = (128, 96)


class NoCamera(Stage):
    """One of four reasons, each with its way out. Not an error: the doors beside it all work."""

    permission_wanted = Signal()
    settings_wanted = Signal()
    retry_wanted = Signal()
    doctor_wanted = Signal()
    virtual_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(minimum=240, parent=parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = Label("", "heading", wrap=True, align=centre)
        self._sentence = Label("", "body", role="textSecondary", wrap=True, align=centre)
        self._sentence.setMaximumWidth(theme.scaled(330))
        self._allow = Button(self.tr("Allow the camera"), icon="camera")
        self._settings = Button(self.tr("Open the settings"), icon="settings")
        self._retry = Button(self.tr("Try again"), icon="refresh")
        self._doctor = Button(self.tr("What is missing?"), icon="info")
        self._virtual = Button(self.tr("Try a virtual device"), icon="lab")
        self._allow.clicked.connect(self.permission_wanted)
        self._settings.clicked.connect(self.settings_wanted)
        self._retry.clicked.connect(self.retry_wanted)
        self._doctor.clicked.connect(self.doctor_wanted)
        self._virtual.clicked.connect(self.virtual_wanted)

        narrow = QHBoxLayout()
        narrow.addStretch(1)
        narrow.addWidget(self._sentence, 100)
        narrow.addStretch(1)
        buttons = FlowLayout(spacing=12, centred=True)
        for button in (self._allow, self._settings, self._retry, self._doctor, self._virtual):
            buttons.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addStretch(3)
        column.addWidget(_FramedCamera(), 0, centre)
        column.addSpacing(20)
        column.addWidget(self._title)
        column.addLayout(narrow)
        column.addSpacing(22)
        column.addLayout(buttons)
        column.addStretch(3)
        self.body.addLayout(column)
        self.show_reason(CameraState.NONE)

    def show_reason(self, state: CameraState) -> None:
        """Say why there is no picture."""
        title, sentence = {
            CameraState.ASK: (
                self.tr("Use the camera?"),
                self.tr("The image is only used to find codes. It never leaves this computer."),
            ),
            CameraState.DENIED: (
                self.tr("Camera access is off"),
                self.tr("Allow it in the system's privacy settings. It then starts automatically."),
            ),
            CameraState.BUSY: (
                self.tr("No image from the camera"),
                self.tr("Another app may be using it. Close that app, or connect another camera."),
            ),
        }.get(
            state,
            (
                self.tr("No camera found"),
                self.tr(
                    "Connect one and it starts automatically. If one is connected, another app may "
                    "be using it or access may be off."
                ),
            ),
        )
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._allow.setVisible(state is CameraState.ASK)
        self._settings.setVisible(state is CameraState.DENIED and bool(settings_address()))
        self._retry.setVisible(state in (CameraState.BUSY, CameraState.DENIED))
        self._doctor.setVisible(state not in (CameraState.ASK, CameraState.DENIED, CameraState.BUSY))


class _FramedCamera(QWidget):
    """A camera between the corners of a frame."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(*ART)

    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            pen = QPen(theme.colour("accentLine"), 4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            self._corners(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))
            box = QRectF(0, 0, 42, 42)
            box.moveCenter(QRectF(self.rect()).center())
            icons.paint(painter, box, "camera", theme.colour("accent"))

    def _corners(self, painter: QPainter, rect: QRectF) -> None:
        arm, bend = 28.0, 9.0
        for corner, x, y in (
            (rect.topLeft(), 1, 1),
            (rect.topRight(), -1, 1),
            (rect.bottomRight(), -1, -1),
            (rect.bottomLeft(), 1, -1),
        ):
            path = QPainterPath(corner + QPointF(x * arm, 0))
            path.lineTo(corner + QPointF(x * bend, 0))
            path.quadTo(corner, corner + QPointF(0, y * bend))
            path.lineTo(corner + QPointF(0, y * arm))
            painter.drawPath(path)
