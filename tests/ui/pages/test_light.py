"""A device that blinks its secret, before the camera of the scan page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

pytest.importorskip("PySide6.QtMultimedia", reason="QtMultimedia needs libpulse0 and libxrandr2")

from PySide6.QtMultimedia import QVideoFrame

from companion.claims import Evidence
from companion.light.frame import CHIPS, PREAMBLE, Beacon, secret_of
from companion.light.reader import LightState, LightView, Ring
from companion.protocols import recognise
from companion.protocols.rp1.virtual import factory
from companion.scanner.stability import ScanResult, ScanState
from companion.secret import Secret
from tests.ui.support.doors import choose_channel
from tests.ui.support.stage import LONG, Stage, stage
from ui.flow.state import Page
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.sources.camera import Camera, Moment, View
from ui.sources.camera_state import CameraState
from ui.widgets import Button
from ui.widgets.camera_overlay import ReadingBar

pytestmark = pytest.mark.qt_log_ignore("No RHI backend")
FPS, CHIP = 30.0, 0.04
RING = Ring(0.25, 0.5, 0.03)


@pytest.fixture
def devices() -> list[Any]:
    return []


@pytest.fixture
def scene(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, devices: list[Any]
) -> Iterator[Stage]:
    with stage(qtbot, tmp_path, monkeypatch, devices=devices) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot) -> ScanPage:
    made = ScanPage()
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show_camera(CameraState.ON, ("Desk",), "Desk")
    made.show()
    return made


def open_light(page: ScanPage) -> None:
    choose_channel(page, "Blinking light")


def bar(page: ScanPage) -> ReadingBar:
    return page.findChild(ReadingBar)


def cancel(page: ScanPage) -> None:
    (button,) = [each for each in page.findChildren(Button) if each.text() == "Cancel"]
    assert button.isVisible()
    button.click()


def secret_in(beacon: Beacon) -> Secret:
    chip = beacon.loop_seconds / CHIPS
    bits = [beacon.is_lit((at + 0.5) * chip) for at in range(len(PREAMBLE), CHIPS, 2)]
    read = secret_of(bits)
    assert read is not None
    return read


def test_a_device_whose_light_was_read_is_set_up(scene: Stage, devices: list[Any]) -> None:
    scene.qtbot.waitUntil(lambda: bool(devices) and scene.router.flow.radio is not None, timeout=LONG)
    open_light(scene.router.scan)
    secret = secret_in(devices[0].show_light())
    scene.router.sources.camera.lit.emit(LightView(LightState.READ, RING, 1.0, secret))
    assert not bar(scene.router.scan).isVisible()
    scene.until(Page.CONFIRMATION)
    scene.press_primary()
    scene.until(Page.NETWORK)
    session = scene.router.flow.known.session
    assert session is not None and Evidence.SHOWN_SECRET in session.evidence


def test_the_camera_reads_a_light_from_its_frames(qtbot: QtBot) -> None:
    """As many frames as it needs, without waiting for a camera."""
    camera, secret = Camera(), Secret(bytes(range(16)))
    beacon = Beacon(secret, CHIP)
    camera.read_light(True)
    for number in range(int(2 * beacon.loop_seconds * FPS)):
        grey = np.full((60, 80), 60, np.uint8)
        grey[28:31, 20:23] = int(60 + 190 * beacon.light(number / FPS, (number + 0.5) / FPS))
        image = QImage(grey.data, 80, 60, 80, QImage.Format.Format_Grayscale8).copy()
        view = camera._decode(Moment(1 + number / FPS, image))
        assert isinstance(view, LightView)
        if view.secret is not None:
            break
    assert view.secret == secret and view.ring is not None
    assert (view.ring.x, view.ring.y) == (pytest.approx(0.27, abs=0.03), pytest.approx(0.5, abs=0.05))
    camera.read_light(False)
    assert isinstance(camera._decode(Moment(9.0, image)), View)


def test_the_time_of_a_frame_is_the_cameras_own(qtbot: QtBot) -> None:
    from ui.sources.camera import _seconds_of

    frame = QVideoFrame(QImage(8, 8, QImage.Format.Format_RGB32))
    frame.setStartTime(2_500_000)
    assert _seconds_of(frame) == 2.5


@pytest.mark.parametrize("state", LightState)
def test_every_state_is_said_and_the_light_is_ringed(page: ScanPage, state: LightState) -> None:
    sources = CodeSources(page, lambda _command: None, page)
    open_light(page)
    sources.camera.lit.emit(LightView(state, RING, 0.5))
    assert bar(page).isVisible() and bar(page).share == 0.5
    assert page.viewfinder.light == (0.25, 0.5, 0.03)
    assert bar(page).accessibleName()
    page.viewfinder.grab()


def test_codes_are_read_again_after_cancelling(page: ScanPage) -> None:
    sources = CodeSources(page, lambda _command: None, page)
    asked: list[bool] = []
    sources.camera.read_light = asked.append  # type: ignore[method-assign]  # what the camera is told
    heading = page.title()
    open_light(page)
    assert page.title() != heading
    cancel(page)
    assert page.title() == heading and not bar(page).isVisible()
    # A frame that was looked at meanwhile begins nothing.
    begun: list[object] = []
    sources.secret_shown.connect(begun.append)
    sources.camera.lit.emit(LightView(LightState.READ, RING, 1.0, Secret(bytes(16))))
    assert begun == [] and asked == [True, False]


def test_a_code_ends_the_reading_and_so_does_another_page(page: ScanPage) -> None:
    sources = CodeSources(page, lambda _command: None, page)
    code = recognise(factory.label(factory.sample()))
    open_light(page)
    sources.camera.seen.emit(View(ScanResult(ScanState.ACCEPTED, (code,)), None))
    assert not bar(page).isVisible()
    open_light(page)
    sources.leave()
    assert not bar(page).isVisible()
