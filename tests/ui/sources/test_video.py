"""A recorded video through Qt's own player into the camera's production slot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

pytest.importorskip("PySide6.QtMultimedia", reason="QtMultimedia needs libpulse0 and libxrandr2")

from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame

from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.scanner import ScanState
from companion.scanner.files.pictures import frames_of
from tests.scanner.frames import desk, scene
from ui.sources.camera import Camera, View

LONG = 30_000
pytestmark = pytest.mark.qt_log_ignore("No RHI backend", "qt.multimedia")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second and a half at 30 fps: an empty desk, the sample label, an empty desk."""
    path = tmp_path_factory.mktemp("video") / "aiming.avi"
    rng = np.random.default_rng(11)
    label = scene(rng, rp1_factory.label(rp1_factory.sample()), "plain", 480, 640)
    empty = desk(rng, 480, 640)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 30, (640, 480))
    assert writer.isOpened()
    for frame in [empty] * 10 + [label] * 25 + [empty] * 10:
        writer.write(frame)
    writer.release()
    return path


@pytest.fixture
def camera() -> Iterator[Camera]:
    made = Camera()
    made.start()
    yield made
    made.stop()


def accepted(views: list[View]) -> list[View]:
    return [view for view in views if view.sighting.state is ScanState.ACCEPTED]


def test_the_code_of_a_played_video_is_accepted_once(qtbot: QtBot, camera: Camera, recording: Path) -> None:
    views: list[View] = []
    camera.seen.connect(views.append)
    player = QMediaPlayer()
    player.setVideoSink(camera.sink)
    player.setSource(QUrl.fromLocalFile(str(recording)))
    ended, failed = QMediaPlayer.MediaStatus.EndOfMedia, QMediaPlayer.MediaStatus.InvalidMedia
    player.play()
    qtbot.waitUntil(lambda: player.mediaStatus() in (ended, failed), timeout=LONG)
    if player.mediaStatus() == failed:
        pytest.skip(f"this computer's QtMultimedia plays no MJPG: {player.errorString()}")
    qtbot.waitUntil(lambda: bool(accepted(views)), timeout=LONG)
    (view,) = accepted(views)
    code = view.sighting.code
    assert code is not None and code.commissionable
    assert view.corners is not None
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in view.corners)


def test_every_frame_of_a_video_through_the_slot_is_followed(
    qtbot: QtBot, camera: Camera, recording: Path
) -> None:
    """The same recording frame by frame, which no machine is too slow for."""
    views: list[View] = []
    camera.seen.connect(views.append)
    assert camera.sink is not None
    for number, frame in enumerate(frames_of(recording), start=1):
        height, width = frame.shape[:2]
        image = QImage(frame.tobytes(), width, height, width * 3, QImage.Format.Format_BGR888)
        camera.sink.setVideoFrame(QVideoFrame(image.convertToFormat(QImage.Format.Format_RGB32)))
        qtbot.waitUntil(lambda wanted=number: len(views) == wanted, timeout=LONG)
    sights = [view.sighting.state for view in views]
    assert sights[:10] == [ScanState.LOOKING] * 10
    assert sights[10:12] == [ScanState.AGREEING, ScanState.ACCEPTED]
    assert set(sights[12:]) == {ScanState.LOOKING}
    assert [view.corners is not None for view in views] == [False] * 10 + [True] * 25 + [False] * 10
