"""A light's video through the production path; a camera; and what is said where nothing is read."""

import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from companion.errors import FileMissing, ImageRefused, LightUnread
from companion.light.frame import Beacon
from companion.light.reader import LightState, LightView
from companion.scanner import read_light, read_light_video, write_light_video
from companion.secret import Secret
from tests.scanner.test_camera import Endless, FakeCapture, opener

SECRET = Secret(np.random.default_rng(11).bytes(16))
SIZE = (160, 120)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("light") / "light.avi"
    write_light_video(Beacon(SECRET, 0.04), path, loops=1.3, size=SIZE)
    return path


def test_a_recorded_video_is_read(video: Path) -> None:
    assert video.stat().st_mode & 0o777 == 0o600
    views: list[LightView] = []
    assert read_light_video(video, on_view=views.append) == SECRET
    assert [views[0].state, views[-1].state] == [LightState.SEARCHING, LightState.READ]
    ring = views[-1].ring
    assert ring is not None and abs(ring.x - 0.5) < 0.03 and abs(ring.y - 0.5) < 0.03


def test_a_video_that_ends_too_early_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "short.avi"
    write_light_video(Beacon(SECRET, 0.04), path, loops=0.3, size=SIZE)
    with pytest.raises(LightUnread):
        read_light_video(path)


def test_what_is_no_video_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_light_video(tmp_path / "none.avi")
    (tmp_path / "text.avi").write_text("no video")
    with pytest.raises(ImageRefused):
        read_light_video(tmp_path / "text.avi")
    with pytest.raises(FileNotFoundError):
        write_light_video(Beacon(SECRET), tmp_path / "absent" / "light.avi")


def test_a_camera_without_a_light_ends_in_time() -> None:
    dark = Endless([np.zeros((120, 160), np.uint8)])
    with pytest.raises(LightUnread) as unread:
        read_light(seconds=0.0, open_capture=opener(dark))
    assert unread.value.detail == "searching"


def test_whoever_gives_up_is_not_kept_waiting() -> None:
    stop = threading.Event()
    dark = Endless([np.zeros((120, 160), np.uint8)])
    with pytest.raises(LightUnread):
        read_light(stop=stop, on_view=lambda view: stop.set(), open_capture=opener(dark))


def test_a_camera_before_a_light_reads_it(video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames of the video at their own times, as a camera gives them."""
    capture, frames = cv2.VideoCapture(str(video)), []
    while (got := capture.read())[0]:
        frames.append(got[1])
    shown: list[Any] = []

    class Paced(FakeCapture):
        def read(self) -> tuple[bool, Any]:
            # Newest only: the next one comes once this one was looked at.
            taken.wait(10)
            taken.clear()
            return super().read()

    taken = threading.Event()
    taken.set()
    monkeypatch.setattr("companion.scanner.light.time.monotonic", lambda: len(shown) / 30)

    def see(view: LightView) -> None:
        shown.append(view)
        taken.set()

    assert read_light(on_view=see, open_capture=opener(Paced(frames))) == SECRET
