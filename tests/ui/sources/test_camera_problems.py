"""A camera that is busy, silent, unplugged or forbidden: one clear sentence on the page, and a way on.

Qt's camera is played by a stand-in, so that every state can be had on a computer without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QMetaObject, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

pytest.importorskip("PySide6.QtMultimedia", reason="QtMultimedia needs libpulse0 and libxrandr2")

from PySide6.QtMultimedia import QVideoFrame

from companion.scanner.stability import ScanResult, ScanState
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.no_camera import NoCamera
from ui.pages.scan.page import ScanPage
from ui.sources import camera as camera_module
from ui.sources import camera_choice
from ui.sources.camera_state import CameraState
from ui.widgets import Button, Label

pytestmark = pytest.mark.qt_log_ignore("No RHI backend")
GRANTED, DENIED = Qt.PermissionStatus.Granted, Qt.PermissionStatus.Denied


class Device:
    """What Qt knows of a camera that is plugged in."""

    def __init__(self, name: str) -> None:
        self.name = name

    def description(self) -> str:
        return self.name

    def isDefault(self) -> bool:
        return False


class Qcamera(QObject):
    """QCamera without a camera; `made` holds every one that was opened."""

    errorOccurred = Signal(object, str)
    made: ClassVar[list[Qcamera]] = []

    def __init__(self, device: Device, parent: QObject) -> None:
        super().__init__(parent)
        self.device = device
        self.runs = False
        Qcamera.made.append(self)

    def cameraDevice(self) -> Device:
        return self.device

    def start(self) -> None:
        self.runs = True

    def stop(self) -> None:
        self.runs = False


class CaptureSession:
    """QMediaCaptureSession that takes any camera."""

    def setCamera(self, camera: object) -> None:
        self.camera = camera


class System:
    """The application as the camera asks it for permission."""

    def __init__(self) -> None:
        self.status = GRANTED
        self.asked: list[Callable[[object], None]] = []

    def instance(self) -> System:
        return self

    def checkPermission(self, _permission: object) -> Qt.PermissionStatus:
        return self.status

    def requestPermission(
        self, _permission: object, _context: QObject, then: Callable[[object], None]
    ) -> None:
        self.asked.append(then)


class CameraBench:
    """A scan page with a camera of which everything is known."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.page = ScanPage()
        qtbot.addWidget(self.page)
        self.scanning = CodeSources(self.page, lambda _command: None)
        self.camera = self.scanning.camera
        self.system = System()
        self.plugged = [Device("Integrated camera")]
        Qcamera.made = []
        assert self.camera._load()
        self.camera._session = CaptureSession()  # type: ignore[assignment]  # the part of it that is used
        monkeypatch.setattr(self.camera, "_found", lambda: list(self.plugged))
        monkeypatch.setattr(camera_module, "QCoreApplication", self.system)
        monkeypatch.setattr("PySide6.QtMultimedia.QCamera", Qcamera)
        self.page.resize(960, 640)
        self.page.show()

    def replug(self, *names: str) -> None:
        """These cameras are there now."""
        kept = {device.name: device for device in self.plugged}
        self.plugged = [kept.get(name) or Device(name) for name in names]
        assert self.camera._devices is not None
        QMetaObject.invokeMethod(self.camera._devices, "videoInputsChanged")

    def show(self, image: QImage | None = None) -> None:
        """The camera gives a picture."""
        assert self.camera.sink is not None
        if image is None:
            image = QImage(320, 240, QImage.Format.Format_RGB32)
            image.fill(0xFF808080)
        self.camera.sink.setVideoFrame(QVideoFrame(image))

    @property
    def words(self) -> str:
        """What stands in the picture's place, "" while there is one."""
        (place,) = self.page.findChildren(NoCamera)
        return " ".join(label.text() for label in place.findChildren(Label)) if place.isVisible() else ""

    @property
    def ways(self) -> set[str]:
        """The buttons that are offered there."""
        (place,) = self.page.findChildren(NoCamera)
        return {button.text() for button in place.findChildren(Button) if button.isVisible()}

    def press(self, words: str) -> None:
        (button,) = [b for b in self.page.findChildren(Button) if b.text() == words and b.isVisible()]
        button.click()


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[CameraBench]:
    made = CameraBench(qtbot, monkeypatch)
    yield made
    made.scanning.leave()


def test_a_camera_that_another_app_holds_says_so_and_is_tried_again(bench: CameraBench) -> None:
    bench.scanning.enter()
    (first,) = Qcamera.made
    assert first.runs
    first.errorOccurred.emit(object(), "device is in use")
    assert "Another app may be using it" in bench.words
    assert "in use" not in bench.words
    bench.press("Try again")
    assert not first.runs
    assert Qcamera.made[-1].runs
    bench.show()
    assert bench.camera.state is CameraState.ON
    assert bench.words == ""


def test_a_camera_that_opens_but_gives_no_picture_is_not_waited_for_forever(
    qtbot: QtBot, bench: CameraBench
) -> None:
    bench.camera._silence.setInterval(10)
    bench.scanning.enter()
    assert bench.camera.state is CameraState.STARTING
    qtbot.waitUntil(lambda: bench.camera.state is CameraState.BUSY)
    assert "No image from the camera" in bench.words
    bench.camera._silence.setInterval(10_000)
    bench.show()
    assert bench.words == ""


def test_a_camera_unplugged_in_the_middle_says_so_and_starts_again_when_it_is_back(
    bench: CameraBench,
) -> None:
    bench.scanning.enter()
    bench.show()
    assert bench.words == ""
    (first,) = Qcamera.made
    first.errorOccurred.emit(object(), "device lost")
    bench.replug()
    assert "No camera found" in bench.words
    assert not first.runs
    bench.replug("Integrated camera")
    assert Qcamera.made[-1] is not first
    bench.show()
    assert bench.words == ""


def test_another_camera_takes_over_from_one_that_was_unplugged(bench: CameraBench) -> None:
    bench.scanning.enter()
    bench.replug("Integrated camera", "USB camera")
    assert len(Qcamera.made) == 1
    bench.replug("USB camera")
    assert Qcamera.made[-1].device.name == "USB camera"
    assert bench.camera.current() == "USB camera"


def test_permission_is_explained_before_it_is_asked(bench: CameraBench) -> None:
    bench.system.status = Qt.PermissionStatus.Undetermined
    bench.scanning.enter()
    assert "never leaves this computer" in bench.words
    assert not bench.system.asked
    assert not Qcamera.made
    bench.press("Allow the camera")
    (answer,) = bench.system.asked
    bench.system.status = GRANTED
    answer(object())
    assert Qcamera.made[-1].runs


@pytest.mark.parametrize("address", ["", "settings:camera"])
def test_denied_permission_leads_to_the_settings_and_back(
    bench: CameraBench, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    opened: list[str] = []
    for module in ("ui.pages.scan.no_camera", "ui.pages.scan.sources.camera"):
        monkeypatch.setattr(f"{module}.settings_address", lambda: address)
    monkeypatch.setattr(
        "ui.pages.scan.sources.camera.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    bench.system.status = DENIED
    bench.scanning.enter()
    assert "Camera access is off" in bench.words
    assert "privacy settings" in bench.words
    assert ("Open the settings" in bench.ways) == bool(address)
    if address:
        bench.press("Open the settings")
        assert opened == [address]
    bench.system.status = GRANTED
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert Qcamera.made[-1].runs


def test_the_camera_is_off_when_the_page_is_left_whatever_comes(bench: CameraBench) -> None:
    bench.scanning.enter()
    bench.show()
    bench.scanning.leave()
    assert not Qcamera.made[-1].runs
    bench.replug("Integrated camera", "USB camera")
    assert len(Qcamera.made) == 1
    assert bench.camera.state is CameraState.OFF


def test_the_chosen_camera_and_its_mirror_are_remembered(
    bench: CameraBench, qtbot: QtBot, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    bench.replug("Integrated camera", "USB camera")
    bench.scanning.remember(settings)
    bench.scanning.enter()
    bench.page.camera_chosen.emit("USB camera")
    bench.page.mirror_wanted.emit(True)
    assert Qcamera.made[-1].device.name == "USB camera"
    again = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    settings.sync()
    assert camera_choice.load(again) == camera_choice.CameraChoice("USB camera", True)
    page = ScanPage()
    qtbot.addWidget(page)
    later = CodeSources(page, lambda _command: None)
    later.remember(again)
    later._camera._on_state(CameraState.ON)
    assert later.camera._chosen == "USB camera"
    assert page.viewfinder.is_mirrored


def test_a_mirrored_preview_flips_the_picture_and_the_frame_around_the_code(bench: CameraBench) -> None:
    view = bench.page.viewfinder
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    for x in range(50):
        for y in range(100):
            image.setPixel(x, y, 0xFFFF0000)
    bench.page.show_frame(image)
    bench.page.show_sighting(((0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2)))
    middle, edge = view.height() // 2, view.width() // 5
    left = view.grab().toImage().pixelColor(edge, middle)
    frame = sum(point.x() for point in view._target()) / 4
    bench.page.show_camera(CameraState.ON, ("Integrated camera",), "Integrated camera", mirrored=True)
    right = view.grab().toImage().pixelColor(view.width() - edge, middle)
    assert left == right
    assert left.red() > 2 * left.green()
    assert frame < view.width() / 2
    assert sum(point.x() for point in view._target()) / 4 == pytest.approx(view.width() - frame)


def test_a_frame_that_is_looked_at_while_the_page_is_left_shows_nothing(
    bench: CameraBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.scanning.enter()
    bench.show()
    seen = camera_module.View(ScanResult(ScanState.LOOKING), ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    shown: list[object] = []
    monkeypatch.setattr(bench.page, "show_sighting", shown.append)
    bench.scanning._camera._on_seen(seen)
    assert shown == [seen.corners]
    bench.scanning.leave()
    bench.scanning._camera._on_seen(seen)
    assert shown == [seen.corners]
