"""The camera's production slot, fed with frames: codes are seen once, and nothing runs on when it is off."""

import sys
from collections.abc import Callable
from importlib.resources import as_file, files

import pytest
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

pytest.importorskip("PySide6.QtMultimedia", reason="QtMultimedia needs libpulse0 and libxrandr2")

from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

from companion.scanner import ScanState
from ui.sources.camera import Camera, View
from ui.sources.camera_state import CameraState
from ui.sources.luma import has_luma

PixelFormat = QVideoFrameFormat.PixelFormat
LONG = 20_000
# Without a graphics card, Qt converts frames by itself and says so.
pytestmark = pytest.mark.qt_log_ignore("No RHI backend")


def picture() -> QImage:
    """A 720p picture with the sample label left of its middle."""
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(0xFF707070)
    with as_file(files("companion.protocols.rp1.virtual").joinpath("samples", "rp1.png")) as path:
        label = QImage(str(path)).scaledToWidth(400, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(image)
    painter.drawImage(200, 100, label)
    painter.end()
    return image


class Wanted(Camera):
    """A camera whose page is in front, without a device behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.views: list[View] = []
        self.pictures: list[QImage] = []
        self.states: list[CameraState] = []
        self.seen.connect(self.views.append)
        self.pictured.connect(self.pictures.append)
        self.state_changed.connect(self.states.append)
        self.start()


@pytest.fixture
def camera() -> Wanted:
    return Wanted()


def show(camera: Camera, image: QImage) -> None:
    """A new frame arrives as it does from a real camera: through the sink."""
    assert camera.sink is not None
    camera.sink.setVideoFrame(QVideoFrame(image))


def show_until(qtbot: QtBot, camera: Wanted, image: QImage, sight: ScanState) -> View:
    """Show frames until a verdict comes; returns the view that had it."""

    def seen() -> bool:
        show(camera, image)
        return any(view.sighting.state is sight for view in camera.views)

    qtbot.waitUntil(seen, timeout=LONG)
    return next(view for view in camera.views if view.sighting.state is sight)


def test_a_code_before_the_camera_is_accepted_once_with_its_place(qtbot: QtBot, camera: Wanted) -> None:
    view = show_until(qtbot, camera, picture(), ScanState.ACCEPTED)
    code = view.sighting.code
    assert code is not None and code.commissionable
    assert view.corners is not None
    assert all(0.1 < x < 0.6 and 0.1 < y < 0.9 for x, y in view.corners)
    before = len(camera.views)
    image = picture()
    qtbot.waitUntil(lambda: show(camera, image) or len(camera.views) > before + 6, timeout=LONG)
    accepted = [view for view in camera.views if view.sighting.state is ScanState.ACCEPTED]
    assert len(accepted) == 1
    camera.stop()


def test_the_preview_shows_what_the_camera_sees(qtbot: QtBot, camera: Wanted) -> None:
    show(camera, picture())
    qtbot.waitUntil(lambda: bool(camera.pictures), timeout=LONG)
    assert camera.pictures[0].width() == 1280
    assert camera.state is CameraState.ON
    camera.stop()


def test_an_invalid_frame_at_the_end_of_a_stream_changes_nothing(qtbot: QtBot, camera: Wanted) -> None:
    before = camera.state
    assert camera.sink is not None
    camera.sink.setVideoFrame(QVideoFrame())
    assert camera.state is before
    camera.stop()


def test_a_camera_that_is_off_looks_at_nothing(qtbot: QtBot, camera: Wanted) -> None:
    show_until(qtbot, camera, picture(), ScanState.ACCEPTED)
    camera.stop()
    assert camera.state is CameraState.OFF
    pictures = len(camera.pictures)
    show(camera, picture())
    qtbot.wait(200)
    assert len(camera.pictures) == pictures
    assert camera.state is CameraState.OFF


def test_the_same_code_counts_again_after_the_page_was_left(qtbot: QtBot, camera: Wanted) -> None:
    show_until(qtbot, camera, picture(), ScanState.ACCEPTED)
    camera.stop()
    camera.views.clear()
    camera.start()
    show_until(qtbot, camera, picture(), ScanState.ACCEPTED)
    camera.stop()


def test_without_a_camera_the_state_says_so(qtbot: QtBot, camera: Wanted) -> None:
    if camera.names():
        pytest.skip("this computer has a camera")
    assert camera.states == [CameraState.NONE]
    assert camera.current() == ""
    camera.stop()


def test_without_the_library_there_is_quietly_no_camera(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    camera = Wanted()
    assert camera.state is CameraState.NONE
    camera.stop()


def test_a_camera_that_comes_or_goes_is_noticed(qtbot: QtBot, camera: Wanted) -> None:
    names: list[tuple[str, ...]] = []
    camera.names_changed.connect(names.append)
    assert camera._devices is not None
    QMetaObject.invokeMethod(camera._devices, "videoInputsChanged")
    assert names == [camera.names()]
    camera.stop()


def as_frame(image: QImage, form: PixelFormat) -> QVideoFrame:
    """A frame as a camera gives it: brightness in a plane of its own, or beside colours that are grey."""
    import numpy as np

    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    shades = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), -1)[:, : flat.width()]
    frame = QVideoFrame(QVideoFrameFormat(image.size(), form))
    assert frame.map(QVideoFrame.MapMode.ReadWrite)
    plane = np.frombuffer(frame.bits(0), np.uint8).reshape(-1, frame.bytesPerLine(0))
    if form in (PixelFormat.Format_YUYV, PixelFormat.Format_UYVY):
        plane[:] = 128
        at = int(form == PixelFormat.Format_UYVY)
        plane[:, at : 2 * image.width() : 2] = shades
    else:
        plane[: image.height(), : image.width()] = shades
        for other in range(1, frame.planeCount()):
            np.frombuffer(frame.bits(other), np.uint8)[:] = 128
    frame.unmap()
    return frame


FORMATS = (
    PixelFormat.Format_NV12,
    PixelFormat.Format_YUV420P,
    PixelFormat.Format_YUV422P,
    PixelFormat.Format_YUYV,
    PixelFormat.Format_UYVY,
    PixelFormat.Format_Y8,
)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("width", [1280, 1278])
def test_a_frame_is_looked_at_as_the_camera_gave_it(
    qtbot: QtBot, camera: Wanted, monkeypatch: pytest.MonkeyPatch, form: PixelFormat, width: int
) -> None:
    """No picture is made of it for the decoder, and corners are where they are in the picture."""
    monkeypatch.setattr("ui.sources.files.grey", lambda image: pytest.fail("a picture was converted"))
    image = picture().copy(0, 0, width, 720)

    def accepted() -> list[View]:
        assert camera.sink is not None
        camera.sink.setVideoFrame(as_frame(image, form))
        return [view for view in camera.views if view.sighting.state is ScanState.ACCEPTED]

    qtbot.waitUntil(lambda: bool(accepted()), timeout=LONG)
    (view,) = accepted()
    assert view.corners is not None
    assert all(0.1 < x < 0.6 and 0.1 < y < 0.9 for x, y in view.corners)
    camera.stop()


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.setMirrored(True),
        lambda frame: frame.setRotation(QtVideo.Rotation.Clockwise90),
        lambda frame: None,
    ],
    ids=["mirrored", "turned", "as it is"],
)
def test_what_is_shown_in_another_way_than_it_lies_in_memory_is_read_from_its_picture(
    change: Callable[[QVideoFrame], None], request: pytest.FixtureRequest
) -> None:
    """Else the corners of a code would be drawn where it is not."""
    frame = as_frame(picture(), PixelFormat.Format_NV12)
    change(frame)
    assert has_luma(frame) == ("as it is" in request.node.name)
    assert not has_luma(QVideoFrame(picture())), "colours only"
