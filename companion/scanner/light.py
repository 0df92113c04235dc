"""The secret that a device blinks: from a camera, or from a video file; and a video of one, for tests."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np

from companion.errors import ImageRefused, LightUnread
from companion.files import open_own, unreadable
from companion.light.frame import Beacon
from companion.light.reader import TROUBLES, LightReader, LightState, LightView
from companion.scanner.camera import Capture, camera_frames
from companion.scanner.files.headers import FileKind, kind_and_size
from companion.scanner.files.pictures import timed_frames_of
from companion.scanner.reads import Frame
from companion.scanner.vision import cv2
from companion.secret import Secret

SECONDS = 150.0
"""More than five loops."""

MAX_VIDEO_FRAMES = 20_000
_HEAD_OCTETS = 1 << 16
_LED_RADIUS = 5

Told = Callable[[LightView], None]


def read_light(
    device: int | str = 0,
    *,
    seconds: float = SECONDS,
    on_view: Told | None = None,
    stop: threading.Event | None = None,
    open_capture: Callable[[int | str], Capture] | None = None,
) -> Secret:
    """Look through a camera until a light is read. Blocks: call it in a thread.

    on_view: gets every view. stop: set it to give up, from any thread. Raises CameraUnavailable, and
    LightUnread when the seconds are over or it was given up.
    """
    reader, view = LightReader(), None
    began = time.monotonic()
    with camera_frames(device, stop=stop, open_capture=open_capture) as frames:
        for frame in frames:
            view = reader.see(time.monotonic() - began, frame)
            if on_view is not None:
                on_view(view)
            if view.secret is not None:
                return view.secret
            if time.monotonic() - began > seconds:
                break
    raise LightUnread(_reason(view))


def read_light_video(path: Path, *, on_view: Told | None = None) -> Secret:
    """The secret in a video of the light. Raises FileMissing, FileUnreadable, ImageRefused, LightUnread."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_OCTETS)
    except OSError as error:
        raise unreadable(path, error) from None
    if kind_and_size(head).kind is not FileKind.VIDEO:
        raise ImageRefused("not a video")
    with closing(timed_frames_of(path)) as frames:
        return read_light_frames(islice(frames, MAX_VIDEO_FRAMES), on_view=on_view)


def read_light_frames(frames: Iterable[tuple[float, Frame]], *, on_view: Told | None = None) -> Secret:
    """The secret in frames, each with its time in seconds; there are no others. Raises LightUnread."""
    reader, view, trouble = LightReader(), None, None
    for moment, frame in frames:
        view = reader.see(moment, frame)
        if on_view is not None:
            on_view(view)
        if view.secret is not None:
            return view.secret
        trouble = view if view.state in TROUBLES else trouble
    raise LightUnread(_reason(trouble or view))


def drawn_light(
    beacon: Beacon, *, loops: float = 1.3, fps: float = 30.0, size: tuple[int, int] = (320, 240)
) -> Iterator[tuple[float, Frame]]:
    """A LED that blinks, as a camera with an exposure of half a frame has it: frames with their times.

    They are as secret as what they show. size: width and height in pixels.
    """
    width, height = size
    dark = np.full((height, width, 3), 60, np.uint8)
    place = (width // 2, height // 2)
    for number in range(int(loops * beacon.loop_seconds * fps)):
        lit = beacon.light(number / fps, (number + 0.5) / fps)
        frame = dark.copy()
        shade = int(60 + 190 * lit)
        cv2.circle(frame, place, _LED_RADIUS, (shade, shade, shade), -1)
        yield number / fps, frame


def write_light_video(
    beacon: Beacon,
    path: Path,
    *,
    loops: float = 1.3,
    fps: float = 30.0,
    size: tuple[int, int] = (320, 240),
) -> None:
    """`drawn_light` as a video (AVI, MJPEG), as secret as what it shows and a file of this user alone.

    Raises FileNotOwn, OSError.
    """
    # The library makes files that everybody can read, and keeps the mode of one that is there.
    os.close(open_own(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, size)
    try:
        if not writer.isOpened():
            raise OSError(f"{path.name} can't be written as a video")
        for _, frame in drawn_light(beacon, loops=loops, fps=fps, size=size):
            writer.write(frame)
    finally:
        writer.release()


def _reason(view: LightView | None) -> str:
    """Why, for the error's detail: the state's name."""
    return (view.state if view is not None else LightState.SEARCHING).value
