"""A camera without a window: the newest frame, read in a thread so that a hung driver hangs nobody."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from companion.errors import CameraUnavailable, CodeUnreadable
from companion.model import SetupCode
from companion.scanner.reads import Frame
from companion.scanner.stability import FrameReader, ScanResult
from companion.scanner.vision import cv2

_log = logging.getLogger(__name__)

FIRST_FRAME_SECONDS = 10.0
NEXT_FRAME_SECONDS = 5.0
_POLL_SECONDS = 0.1


class Capture(Protocol):
    """The part of cv2.VideoCapture that is used."""

    def isOpened(self) -> bool: ...

    def read(self) -> tuple[bool, Any]: ...

    def release(self) -> None: ...


@contextmanager
def camera_frames(
    device: int | str = 0,
    *,
    first_frame: float = FIRST_FRAME_SECONDS,
    next_frame: float = NEXT_FRAME_SECONDS,
    stop: threading.Event | None = None,
    open_capture: Callable[[int | str], Capture] | None = None,
) -> Iterator[Iterator[Frame]]:
    """Frames of a camera, newest only: `with camera_frames() as frames: for frame in frames`.

    device: index, or path of a device. Iterating raises CameraUnavailable if there is no camera, if it
    is unplugged, or if no frame comes within the seconds given. The camera is off after the block.
    stop: once it is set, there are no more frames.
    """
    newest: queue.Queue[Frame | None] = queue.Queue(maxsize=1)
    stopped = threading.Event()
    worker = threading.Thread(
        target=_capture, args=(open_capture or _opened, device, newest, stopped), name="camera", daemon=True
    )
    worker.start()
    try:
        yield _frames(newest, first_frame, next_frame, stop or threading.Event())
    finally:
        stopped.set()
        # A driver that hangs keeps its daemon thread; the program does not wait for it.
        worker.join(timeout=1.0)


def read_camera(
    device: int | str = 0,
    *,
    seconds: float = 120.0,
    on_result: Callable[[ScanResult], None] | None = None,
    stop: threading.Event | None = None,
    open_capture: Callable[[int | str], Capture] | None = None,
) -> SetupCode:
    """Look through a camera until a code is accepted, and return it. Blocks: call it in a thread.

    on_result: gets every result, for sentences on the way. stop: set it to give up, from any thread. Raises
    CameraUnavailable, and CodeUnreadable when the seconds are over or it was given up.
    """
    reader = FrameReader()
    deadline = time.monotonic() + seconds
    with camera_frames(device, stop=stop, open_capture=open_capture) as frames:
        for frame in frames:
            sighting = reader.see(frame)
            if on_result is not None:
                on_result(sighting)
            if sighting.code is not None:
                return sighting.code
            if time.monotonic() > deadline:
                break
    raise CodeUnreadable("no code was held in front of the camera")


def _frames(
    newest: queue.Queue[Frame | None], first: float, following: float, stop: threading.Event
) -> Iterator[Frame]:
    deadline = time.monotonic() + first
    while not stop.is_set():
        left = deadline - time.monotonic()
        try:
            frame = newest.get(timeout=max(0.0, min(left, _POLL_SECONDS)))
        except queue.Empty:
            if left > _POLL_SECONDS:
                continue
            raise CameraUnavailable("no frame came in time") from None
        if frame is None:
            raise CameraUnavailable("the camera is missing, in use, or was unplugged")
        yield frame
        deadline = time.monotonic() + following


def _capture(
    opened: Callable[[int | str], Capture],
    device: int | str,
    newest: queue.Queue[Frame | None],
    stopped: threading.Event,
) -> None:
    """Runs in the worker: puts frames, and None when there are no more."""
    try:
        with _released(opened(device)) as capture:
            while capture.isOpened() and not stopped.is_set():
                going, frame = capture.read()
                if not going:
                    break
                _replace(newest, frame)
    except (OSError, RuntimeError, cv2.error):
        _log.info("the camera's driver failed")
    finally:
        _replace(newest, None)


@contextmanager
def _released(capture: Capture) -> Iterator[Capture]:
    try:
        yield capture
    finally:
        capture.release()


def _replace(newest: queue.Queue[Frame | None], frame: Frame | None) -> None:
    with suppress(queue.Empty):
        newest.get_nowait()
    with suppress(queue.Full):
        newest.put_nowait(frame)


def _opened(device: int | str) -> Capture:
    capture: Capture = cv2.VideoCapture(device)
    return capture
