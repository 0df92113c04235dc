"""A camera that is missing, busy, hung or unplugged ends in one sentence, and never hangs the program."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from companion.errors import CameraUnavailable, CodeUnreadable
from companion.scanner import ScanResult, camera_frames, read_camera
from companion.scanner.camera import Capture
from tests.scanner.frames import symbol

CODE = '{"ver":"v1","name":"PROV_A","pop":"k3d9x7q1","transport":"ble"}'


class FakeCapture:
    """Gives frames, then fails; waits for `hold` before each if there is one."""

    def __init__(self, frames: list[Any], *, opens: bool = True, hold: threading.Event | None = None) -> None:
        self.frames = list(frames)
        self.opens = opens
        self.hold = hold
        self.released = threading.Event()

    def isOpened(self) -> bool:
        return self.opens

    def read(self) -> tuple[bool, Any]:
        if self.hold is not None:
            self.hold.wait(10)
        return (True, self.frames.pop(0)) if self.frames else (False, None)

    def release(self) -> None:
        self.released.set()


def opener(capture: FakeCapture) -> Callable[[int | str], Capture]:
    return lambda device: capture


class Endless(FakeCapture):
    """The same frame for ever, at the pace of its reader."""

    def read(self) -> tuple[bool, Any]:
        self.released.wait(0.002)
        return True, self.frames[0]


def test_a_code_held_in_front_of_the_camera_is_returned() -> None:
    capture = Endless([symbol(CODE)])
    told: list[ScanResult] = []
    code = read_camera(open_capture=opener(capture), on_result=told.append)
    assert code.payload.name == "PROV_A"
    assert told[-1].code is code
    assert capture.released.wait(5)


def test_nothing_in_front_of_the_camera_ends_in_time() -> None:
    with pytest.raises(CodeUnreadable):
        read_camera(seconds=0.0, open_capture=opener(Endless([np.zeros((90, 90), np.uint8)])))


@pytest.mark.parametrize("frames", [[], [np.zeros((90, 90, 3), np.uint8)]], ids=["busy", "unplugged"])
def test_a_camera_that_stops_is_unavailable(frames: list[Any]) -> None:
    capture = FakeCapture(frames)
    with pytest.raises(CameraUnavailable):
        read_camera(open_capture=opener(capture))
    assert capture.released.wait(5)


def test_no_camera_is_unavailable() -> None:
    with pytest.raises(CameraUnavailable):
        read_camera(open_capture=opener(FakeCapture([], opens=False)))


def test_a_driver_that_raises_is_unavailable() -> None:
    def failing(device: int | str) -> Capture:
        raise OSError("no such device")

    with pytest.raises(CameraUnavailable):
        read_camera(open_capture=failing)


def test_a_hung_driver_does_not_hang_the_program() -> None:
    hold = threading.Event()
    capture = FakeCapture([np.zeros((90, 90, 3), np.uint8)], hold=hold)
    with (
        pytest.raises(CameraUnavailable, match="in time"),
        camera_frames(first_frame=0.05, open_capture=opener(capture)) as frames,
    ):
        next(frames)
    hold.set()
    assert capture.released.wait(5)


def test_giving_up_ends_the_look_at_once() -> None:
    hold, stop = threading.Event(), threading.Event()
    capture = FakeCapture([np.zeros((90, 90, 3), np.uint8)], hold=hold)
    threading.Timer(0.05, stop.set).start()
    with camera_frames(first_frame=60.0, stop=stop, open_capture=opener(capture)) as frames:
        assert list(frames) == []
        hold.set()
    with pytest.raises(CodeUnreadable):
        read_camera(stop=stop, open_capture=opener(Endless([symbol(CODE)])))


def test_a_slow_reader_gets_the_newest_frame() -> None:
    taken = threading.Event()

    class Counting(FakeCapture):
        def read(self) -> tuple[bool, Any]:
            if not self.frames:
                taken.wait(10)
                return False, None
            return True, self.frames.pop(0)

        def isOpened(self) -> bool:
            if not self.frames:
                drained.set()
            return True

    drained = threading.Event()
    capture = Counting([np.full((4, 4), shade, np.uint8) for shade in range(9)])
    with camera_frames(open_capture=opener(capture)) as frames:
        assert drained.wait(5)
        assert next(frames)[0, 0] == 8
        taken.set()
        with pytest.raises(CameraUnavailable):
            next(frames)


def test_no_device_with_that_name_is_unavailable() -> None:
    with pytest.raises(CameraUnavailable):
        read_camera("/dev/video-that-is-not-there")
