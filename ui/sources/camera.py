"""The camera: names, hot-plug, permission, a preview, and the codes or the blinking light that it sees.

QtMultimedia is imported when the camera is first wanted. Where it can't be loaded (a Linux without
libpulse or libxrandr) there is quietly no camera; every other way to bring a code still works.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QLoggingCategory,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QImage

from ui.sources.camera_state import CameraState
from ui.sources.latest_worker import LatestWorker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtMultimedia import (
        QCamera,
        QCameraDevice,
        QMediaCaptureSession,
        QMediaDevices,
        QVideoFrame,
        QVideoSink,
    )

    from companion.light.reader import LightReader, LightView
    from companion.model import SetupCode
    from companion.scanner import FrameReader
    from companion.scanner.stability import ScanResult

# What is optional in QtMultimedia's back end is announced as a warning on every start.
QUIET = "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg*=false\nqt.multimedia.plugin*=false"
PREVIEW_SIDE = 1280
# A camera that another app holds may open and give nothing, without a word.
SILENCE_MILLISECONDS = 8000


@dataclass(frozen=True)
class View:
    """What one frame showed: the scanner's verdict, and the corners of its first code as fractions (0 to 1)
    of the picture's sides, or None."""

    sighting: ScanResult
    corners: tuple[tuple[float, float], ...] | None


class Moment(NamedTuple):
    """A frame, or the picture of one whose brightness has to be computed; seconds: when it was taken."""

    seconds: float
    frame: QVideoFrame | QImage


class Camera(QObject):
    """Runs one camera. `pictured` carries QImages for the preview; `seen` a View of each frame that was
    looked at for codes; `lit` a LightView of each that was looked at for a light; `state_changed` a
    CameraState; `names_changed` the names of all cameras."""

    pictured = Signal(object)
    seen = Signal(object)
    lit = Signal(object)
    state_changed = Signal(object)
    names_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CameraState.OFF
        self._wanted = False
        self._chosen = ""
        self._devices: QMediaDevices | None = None
        self._camera: QCamera | None = None
        self._sink: QVideoSink | None = None
        self._session: QMediaCaptureSession | None = None
        self._reader: FrameReader | None = None
        self._light: LightReader | None = None
        self._wants_light = False
        self._previews = LatestWorker(_preview, "preview", self)
        self._previews.done.connect(self._on_preview)
        self._decoding = LatestWorker(self._decode, "decoder", self)
        self._decoding.done.connect(self._on_decoded)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MILLISECONDS)
        self._silence.timeout.connect(lambda: self._set_state(CameraState.BUSY))
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state)

    # --- what the scan page wants ------------------------------------------------------------------

    def start(self) -> None:
        """Show what the camera sees. Asks for nothing: without permission the state says so."""
        self._wanted = True
        if not self._load():
            self._set_state(CameraState.NONE)
            return
        self.names_changed.emit(self.names())
        self._open()

    def stop(self) -> None:
        """Switch the camera off; the page was left."""
        self._wanted = False
        self._close()
        self._previews.stop()
        self._decoding.stop()
        self._reader = None
        self.read_light(False)
        self._set_state(CameraState.OFF)

    def read_light(self, wanted: bool) -> None:
        """Look for the light by which a device shows a secret, from now on and in place of codes."""
        self._wants_light = wanted
        self._light = None

    def find(self) -> tuple[str, ...]:
        """The same as `names`, also where none was wanted yet: it loads what knows them."""
        return self.names() if self._load() else ()

    def names(self) -> tuple[str, ...]:
        """The names of the cameras."""
        return tuple(device.description() for device in self._found())

    def current(self) -> str:
        """The name of the camera in use, or of the one that would be used."""
        device = self._pick()
        return device.description() if device is not None else ""

    def choose(self, name: str) -> None:
        """Use the camera of this name from now on."""
        self._chosen = name
        if self._wanted and self._load():
            self._close()
            self._open()

    def take(self, codes: Iterable[SetupCode]) -> None:
        """The user was asked which of these is meant: none of them asks or counts again."""
        if self._reader is not None:
            for code in codes:
                self._reader.take(code)

    def forget(self) -> None:
        """What was seen so far counts as new: the page was cleared while the camera stayed on."""
        self._reader = None

    def ask_permission(self) -> None:
        """Let the system ask the user. Call it after the page said why."""
        app = QCoreApplication.instance()
        if app is not None:
            app.requestPermission(QCameraPermission(), self, lambda _: self._open())

    # --- the production slot -----------------------------------------------------------------------

    def take_frame(self, frame: QVideoFrame) -> None:
        """A frame of the camera, or of a test: kept for the preview and the decoder, newest only."""
        if not self._wanted or not frame.isValid():
            return
        self._silence.start()
        self._set_state(CameraState.ON)
        from ui.sources.luma import has_luma

        now = Moment(_seconds_of(frame), frame)
        self._previews.give(now)
        if has_luma(frame):
            self._decoding.give(now)

    def _on_preview(self, pictures: tuple[Moment | None, QImage]) -> None:
        if self._wanted:
            whole, preview = pictures
            if whole is not None:
                self._decoding.give(whole)
            self.pictured.emit(preview)

    def _on_decoded(self, view: View | LightView) -> None:
        if isinstance(view, View):
            self.seen.emit(view)
        elif self._wants_light:
            self.lit.emit(view)

    def _decode(self, moment: Moment) -> View | LightView:
        """On the decoder's thread: a frame with its brightness in it, or the picture of another one."""
        from ui.sources.files import grey
        from ui.sources.luma import luma

        seconds, seen = moment
        if isinstance(seen, QImage):
            return self._look(seconds, grey(seen))
        with luma(seen) as rows:
            return self._look(seconds, rows if rows is not None else grey(seen.toImage()))

    def _look(self, seconds: float, rows: NDArray[np.uint8]) -> View | LightView:
        if not self._wants_light:
            return self._view(rows)
        reader = self._light
        if reader is None:
            from companion.light.reader import LightReader

            reader = self._light = LightReader()
        return reader.see(seconds, rows)

    def _view(self, rows: NDArray[np.uint8]) -> View:
        reader = self._reader
        if reader is None:
            from companion.scanner import FrameReader

            reader = self._reader = FrameReader()
        sighting = reader.see(rows)
        if not sighting.reads:
            return View(sighting, None)
        tall, wide = rows.shape
        return View(sighting, tuple((x / wide, y / tall) for x, y in sighting.reads[0].corners))

    # --- the device --------------------------------------------------------------------------------

    @property
    def sink(self) -> QVideoSink | None:
        """Where frames arrive; None until the camera was wanted once."""
        return self._sink

    def _load(self) -> bool:
        """Import QtMultimedia and make the sink. False where it can't be loaded."""
        if self._sink is not None:
            return True
        QLoggingCategory.setFilterRules(QUIET)
        try:
            from PySide6.QtMultimedia import QMediaCaptureSession, QMediaDevices, QVideoSink
        except ImportError:
            return False
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self.take_frame)
        session = QMediaCaptureSession(self)
        session.setVideoSink(self._sink)
        self._session = session
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._on_plugged)
        return True

    def _open(self) -> None:
        """Open the chosen camera, or the default one, if the user lets us."""
        app = QCoreApplication.instance()
        device = self._pick()
        if app is None or not self._wanted or self._session is None:
            return
        permission = app.checkPermission(QCameraPermission())
        if device is None:
            self._set_state(CameraState.NONE)
        elif permission == Qt.PermissionStatus.Undetermined:
            self._set_state(CameraState.ASK)
        elif permission == Qt.PermissionStatus.Denied:
            self._set_state(CameraState.DENIED)
        elif self._camera is None:
            from PySide6.QtMultimedia import QCamera

            self._camera = QCamera(device, self)
            self._camera.errorOccurred.connect(self._on_error)
            self._session.setCamera(self._camera)
            self._set_state(CameraState.STARTING)
            self._silence.start()
            self._camera.start()

    def _close(self) -> None:
        self._silence.stop()
        camera, self._camera = self._camera, None
        if camera is not None and self._session is not None:
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]  # Qt takes none; the stub does not know
            camera.deleteLater()

    def _found(self) -> list[QCameraDevice]:
        if self._devices is None:
            return []
        from PySide6.QtMultimedia import QMediaDevices

        return QMediaDevices.videoInputs()

    def _pick(self) -> QCameraDevice | None:
        found = self._found()
        chosen = [device for device in found if device.description() == self._chosen]
        default = [device for device in found if device.isDefault()]
        return next(iter((*chosen, *default, *found)), None)

    def _on_plugged(self) -> None:
        """A camera came or went: start with the first one, leave one that is gone."""
        self.names_changed.emit(self.names())
        if self._camera is not None and self._camera.cameraDevice() not in self._found():
            self._close()
        if self._wanted and self._camera is None:
            self._open()

    def _on_error(self, *_: object) -> None:
        self._silence.stop()
        self._set_state(CameraState.BUSY)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """The user comes back, perhaps from the system's settings, where the camera was allowed."""
        if state is Qt.ApplicationState.ApplicationActive and self.state is CameraState.DENIED:
            self._open()

    def _set_state(self, state: CameraState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)


def _seconds_of(frame: QVideoFrame) -> float:
    """When the camera took it; where it does not say, when it came."""
    microseconds = frame.startTime()
    return microseconds / 1e6 if microseconds > 0 else time.monotonic()


def _preview(moment: Moment) -> tuple[Moment | None, QImage] | None:
    """The frame as a picture for the decoder, None if it needs none, and no larger than a preview needs; on
    a worker.
    """
    from ui.sources.luma import has_luma

    frame = moment.frame
    assert not isinstance(frame, QImage)
    whole = frame.toImage()
    if whole.isNull():
        return None
    preview = whole
    if max(whole.width(), whole.height()) > PREVIEW_SIDE:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        preview = whole.scaled(PREVIEW_SIDE, PREVIEW_SIDE, keep, smooth)
    return None if has_luma(frame) else Moment(moment.seconds, whole), preview
