"""The scanner against plain zxing-cpp and plain zbar, on seeded frames made here."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import mean
from typing import Any

import cv2
import numpy as np
import zxingcpp

from companion.scanner import LiveDecoder, decode_bgr
from tests.bench import Row
from tests.scanner.frames import Frame, aiming, desk, hard

EMPTY_FRAMES = 8
LOOKS = 48
HARD_FRAMES = 80
SEQUENCES = 6
FRAME_MS = 1000 / 30
TEXT = "MT:Y.K9042C00KA0648G00"

Decoder = Callable[[Frame], list[str]]


def run() -> list[Row]:
    cv2.setNumThreads(1)
    return [_without_a_code(), _in_the_window(), *_of_the_camera(), *_rates(), *_aiming()]


def plain(frame: Frame) -> list[str]:
    """zxing-cpp as it comes: grey, QR codes, everything else at its default."""
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) if frame.ndim == 3 else frame
    return [code.text for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)]


def zbar(frame: Frame) -> list[str]:
    from pyzbar import pyzbar

    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    codes = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data.decode(errors="replace") for code in codes]


def _without_a_code() -> Row:
    """The price of waiting: mean CPU of a 720p frame that holds no code."""
    frames = [desk(_rng(number)) for number in range(EMPTY_FRAMES)]
    live = LiveDecoder()
    taken: dict[Decoder, list[float]] = {live: [], plain: []}
    for frame in frames * LOOKS:
        for decoder, times in taken.items():
            times.append(_cpu_ms(decoder, frame)[0])
    return Row(
        "frame without a code, LiveDecoder", mean(taken[live]), "plain zxing-cpp", mean(taken[plain]), 1.35
    )


def _in_the_window() -> Row:
    """The same from a picture on, as of a camera whose frames are colours only, against zxing-cpp on a frame
    that is grey already."""
    from PySide6.QtGui import QImage

    from ui.sources.files import grey

    frames = [desk(_rng(number)) for number in range(EMPTY_FRAMES)]
    colours = [np.ascontiguousarray(cv2.cvtColor(frame, cv2.COLOR_BGR2BGRA)) for frame in frames]
    form = QImage.Format.Format_RGB32
    images = [QImage(each.data, each.shape[1], each.shape[0], each.strides[0], form) for each in colours]
    shades = [cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) for frame in frames]
    live = LiveDecoder()
    ours, theirs = [], []
    for image, shade in zip(images * LOOKS, shades * LOOKS, strict=True):
        ours.append(_cpu_ms(lambda _, image=image: live(grey(image)), shade)[0])
        theirs.append(_cpu_ms(plain, shade)[0])
    return Row("camera's RGB frame", mean(ours), "plain zxing-cpp, grey given", mean(theirs), 1.6)


def _of_the_camera() -> list[Row]:
    """The same from a frame as cameras give it, whose brightness the window takes as it is."""
    try:
        from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat
    except ImportError:  # a Linux without libpulse or libxrandr
        return []
    from ui.sources.luma import has_luma, luma

    shades = [cv2.cvtColor(desk(_rng(number)), cv2.COLOR_BGR2GRAY) for number in range(EMPTY_FRAMES)]
    rows = []
    for form, octets in (
        (QVideoFrameFormat.PixelFormat.Format_NV12, 1),
        (QVideoFrameFormat.PixelFormat.Format_YUYV, 2),
    ):
        frames = [_camera_frame(shade, form, octets) for shade in shades]
        live = LiveDecoder()

        def look(frame: QVideoFrame, live: LiveDecoder = live) -> list[str]:
            assert has_luma(frame)
            with luma(frame) as brightness:
                assert brightness is not None
                return live(brightness)

        ours, theirs = [], []
        for frame, shade in zip(frames * LOOKS, shades * LOOKS, strict=True):
            ours.append(_cpu_ms(lambda _, frame=frame: look(frame), shade)[0])
            theirs.append(_cpu_ms(plain, shade)[0])
        name = form.name.removeprefix("Format_")
        rows.append(
            Row(f"camera's {name} frame", mean(ours), "plain zxing-cpp, grey given", mean(theirs), 1.35)
        )
    return rows


def _camera_frame(shade: Frame, form: Any, octets: int) -> Any:
    """A QVideoFrame of this brightness. octets: to a pixel of its first plane."""
    from PySide6.QtCore import QSize
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    height, width = shade.shape
    frame = QVideoFrame(QVideoFrameFormat(QSize(width, height), form))
    assert frame.map(QVideoFrame.MapMode.ReadWrite)
    plane = np.frombuffer(frame.bits(0), np.uint8).reshape(-1, frame.bytesPerLine(0))
    plane[:height, : width * octets : octets] = shade
    frame.unmap()
    return frame


def _rates() -> list[Row]:
    """Frames at the edge of what can be read: how many are missed, and that none is misread."""
    frames = [hard(_rng(1000 + number), TEXT) for number in range(HARD_FRAMES)]
    decoders: dict[str, Decoder] = {
        "stills": decode_bgr,
        "LiveDecoder": _patient,
        "zxing-cpp": plain,
        "zbar": zbar,
    }
    missed = {name: _missed(decoder, frames) for name, decoder in decoders.items() if _is_there(decoder)}
    return [
        Row(f"hard frames missed, {ours}", missed[ours], f"plain {reference}", missed[reference], 1.0, "%")
        for ours in ("stills", "LiveDecoder")
        for reference in ("zxing-cpp", "zbar")
        if missed.get(reference)
    ]


def _patient(frame: Frame) -> list[str]:
    """A camera that looks at the same frame for half a second."""
    live = LiveDecoder()
    for _ in range(15):
        texts = live(frame)
        if texts:
            return texts
    return []


def _missed(decoder: Decoder, frames: Sequence[Frame]) -> float:
    read = [decoder(frame) for frame in frames]
    assert all(texts in ([], [TEXT]) for texts in read), "a code was misread"
    return 100 * read.count([]) / len(frames)


def _is_there(decoder: Decoder) -> bool:
    """False for zbar on a machine without libzbar."""
    try:
        decoder(np.zeros((8, 8, 3), np.uint8))
    except ImportError:
        return False
    return True


def _aiming() -> list[Row]:
    """A label comes into view at 30 frames a second: when it is read, and what that costs."""
    sequences = [aiming(_rng(2000 + number), TEXT) for number in range(SEQUENCES)]
    live = LiveDecoder()
    ours, theirs = [], []
    for sequence in sequences:
        live.reset()
        ours.append(_first_read(live, sequence))
        theirs.append(_first_read(plain, sequence))
    ours_ms, ours_load = (mean(values) for values in zip(*ours, strict=True))
    plain_ms = mean(until for until, _ in theirs)
    return [
        Row("time to the first read while aiming, LiveDecoder", ours_ms, "plain zxing-cpp", plain_ms, 1.05),
        Row("CPU in a second of aiming at 30 fps, LiveDecoder", ours_load * 1000, "one core", 1000.0, 0.2),
    ]


def _first_read(decoder: Decoder, sequence: Sequence[Frame]) -> tuple[float, float]:
    """ms until a text is read, and the load of a core until then; frames that come meanwhile are dropped."""
    clock = cpu = 0.0
    number = 0
    while number < len(sequence):
        clock = max(clock, number * FRAME_MS)
        taken, texts = _cpu_ms(decoder, sequence[number])
        clock += taken
        cpu += taken
        if texts:
            break
        number = max(number + 1, int(np.ceil(clock / FRAME_MS)))
    return clock, cpu / max(clock, FRAME_MS)


def _cpu_ms(decoder: Decoder, frame: Frame) -> tuple[float, list[str]]:
    began = time.thread_time()
    texts = decoder(frame)
    return (time.thread_time() - began) * 1000, texts


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng([30, seed])
