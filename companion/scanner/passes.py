"""Other looks at a frame that the first look missed. Each takes a grey frame and returns a Scan."""

from __future__ import annotations

import numpy as np

from companion.scanner import engines
from companion.scanner.reads import Frame, Quad, Read, Scan
from companion.scanner.vision import cv2

# A rescue works on a piece of this many pixels a side, which bounds its price.
STILL_PIECE = 600
LIVE_PIECE = 400
_MARGIN = 0.25
_MIN_SIDE = 16

_LOWER = 0.8
_GAPS = np.ones((5, 5), np.uint8)

# No frame is enlarged beyond this, so that memory is bounded.
_MAX_PIXELS = 40_000_000


def grey(frame: Frame) -> Frame:
    """A frame in grey. Raises ValueError unless it is uint8 grey, BGR or BGRA, and not empty."""
    if frame.dtype != np.uint8 or frame.size == 0:
        raise ValueError("a frame holds uint8 pixels")
    if frame.ndim == 2:
        return np.ascontiguousarray(frame)
    if frame.ndim == 3 and frame.shape[2] in (3, 4):
        code = cv2.COLOR_BGR2GRAY if frame.shape[2] == 3 else cv2.COLOR_BGRA2GRAY
        converted: Frame = cv2.cvtColor(frame, code)
        return converted
    raise ValueError("a frame is grey, BGR or BGRA")


def scaled(image: Frame, scale: float) -> Scan:
    """zxing-cpp on the frame at another size: smaller closes gaps and noise, larger helps small codes."""
    if image.size * scale * scale > _MAX_PIXELS:
        return Scan()
    return engines.moved(engines.zxing(_resized(image, scale)), scale)


def second_threshold(image: Frame) -> Scan:
    """zxing-cpp with one threshold for the whole frame: reads through shadows of glare."""
    return engines.zxing(image, global_threshold=True)


def second_opinion(image: Frame) -> Scan:
    """zbar at half size, at a quarter of its price."""
    return engines.moved(engines.zbar(_resized(image, 0.5)), 0.5)


def sharpened(image: Frame) -> Scan:
    return engines.zxing(_sharp(image, 2.0))


def equalised(image: Frame) -> Scan:
    """With the contrast of each part stretched: codes in shade, behind haze, in one shade of another."""
    return engines.zxing(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(image))


def local_threshold(image: Frame) -> Scan:
    """Black and white by the shade of 31 pixels around: thin modules, and light that falls off."""
    how, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
    return engines.zxing(cv2.adaptiveThreshold(image, 255, how, kind, 31, 5))


def lower(image: Frame) -> Scan:
    """At four fifths of its height: a code that is printed or seen too high."""
    squeezed: Frame = cv2.resize(image, None, fx=1, fy=_LOWER, interpolation=cv2.INTER_AREA)
    scan = engines.zxing(squeezed)
    return Scan(
        tuple(Read(read.text, read.raw, _heightened(read.corners)) for read in scan.reads),
        tuple(_heightened(quad) for quad in scan.unread),
    )


def smoothed(image: Frame) -> Scan:
    """Twice as large and soft: small codes in noise."""
    if image.size * 4 > _MAX_PIXELS:
        return Scan()
    return engines.moved(engines.zxing(cv2.GaussianBlur(_resized(image, 2.0), (0, 0), 2.0)), 2.0)


def closed(image: Frame) -> Scan:
    """With light gaps of up to four pixels closed, then dark ones: half blocks between a terminal's rows."""
    opened = cv2.morphologyEx(image, cv2.MORPH_OPEN, _GAPS)
    return engines.zxing(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, _GAPS))


def dotted(image: Frame) -> Scan:
    """Blurred, at three sizes: modules that are dots, six to twenty pixels apart, flow together."""
    reads: list[Read] = []
    for scale in (1.0, 0.65, 0.4):
        soft = cv2.GaussianBlur(_resized(image, scale), (0, 0), 3.0)
        reads += engines.moved(engines.zxing(soft), scale).reads
    return Scan(tuple(reads))


def _heightened(quad: Quad) -> Quad:
    a, b, c, d = ((x, y / _LOWER) for x, y in quad)
    return (a, b, c, d)


def rescue(image: Frame, quad: Quad, attempt: int, side: int) -> Scan:
    """One more attempt at a region where a code was seen, brought to `side` pixels.

    The treatments take turns; `attempt` counts them.
    """
    left, top, right, bottom = _around(image, quad)
    piece = image[top:bottom, left:right]
    if min(piece.shape) < _MIN_SIDE:
        return Scan()
    scale = side / max(piece.shape)
    large = _resized(piece, scale)
    treatment = attempt % 4
    if treatment == 0:
        scan = engines.zxing(_sharp(large, side / 100))
    elif treatment == 1:
        scan = engines.zxing(large, global_threshold=True)
    elif treatment == 2:
        scan = engines.zbar(large)
    else:
        scan = engines.zxing(_sharp(_resized(large, 0.5), side / 200), global_threshold=True)
        scan = engines.moved(scan, 0.5)
    return engines.moved(scan, scale, (left, top))


RESCUES = 4


def _resized(image: Frame, scale: float) -> Frame:
    height, width = image.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    made: Frame = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    return made


def _sharp(image: Frame, sigma: float) -> Frame:
    """Unsharp mask: undoes part of a blur of about `sigma` pixels."""
    blurred = cv2.GaussianBlur(image, (0, 0), sigma)
    made: Frame = cv2.addWeighted(image, 3.0, blurred, -2.0, 0)
    return made


def _around(image: Frame, quad: Quad) -> tuple[int, int, int, int]:
    """The upright box around a quad with its quiet zone, inside the image."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    margin = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys))
    height, width = image.shape
    return (
        int(max(0, min(xs) - margin)),
        int(max(0, min(ys) - margin)),
        int(min(width, max(xs) + margin)),
        int(min(height, max(ys) + margin)),
    )
