"""The brightness of a camera's frame, as the camera gave it: in most formats it is a plane of its own.

The conversion to a picture for the screen, and from that to grey, costs as much as a look for codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Format = QVideoFrameFormat.PixelFormat
_PLANES = frozenset(
    {
        _Format.Format_NV12,
        _Format.Format_NV21,
        _Format.Format_YUV420P,
        _Format.Format_YUV422P,
        _Format.Format_YV12,
        _Format.Format_IMC1,
        _Format.Format_IMC2,
        _Format.Format_IMC3,
        _Format.Format_IMC4,
        _Format.Format_Y8,
    }
)
"""The first plane is the brightness, one octet a pixel."""

_PACKED = {_Format.Format_YUYV: 0, _Format.Format_UYVY: 1}
"""Two octets a pixel; where the brightness is in them."""


def has_luma(frame: QVideoFrame) -> bool:
    """True if its brightness is what is to be seen of it: not one that has to be turned or mirrored, nor one
    of another format."""
    form = frame.pixelFormat()
    return (form in _PLANES or form in _PACKED) and not _is_turned(frame)


@contextmanager
def luma(frame: QVideoFrame) -> Iterator[NDArray[np.uint8] | None]:
    """Rows x columns of a frame that `has_luma`, valid inside the block; None: its memory is out of reach."""
    from companion.scanner import luma_of_bits

    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        yield None
        return
    try:
        bits, stride = frame.bits(0), frame.bytesPerLine(0)
        if len(bits) < stride * frame.height():
            yield None
        else:
            place = _PACKED.get(frame.pixelFormat())
            yield luma_of_bits(bits, frame.width(), frame.height(), stride, place=place)
    finally:
        frame.unmap()


def _is_turned(frame: QVideoFrame) -> bool:
    """Its picture is another one than its memory: turned, mirrored, from the bottom up, or a part of it."""
    form, upright = frame.surfaceFormat(), QtVideo.Rotation.None_
    return (
        frame.rotation() != upright
        or form.rotation() != upright
        or frame.mirrored()
        or form.isMirrored()
        or form.scanLineDirection() != QVideoFrameFormat.Direction.TopToBottom
        or form.viewport().size() != form.frameSize()
    )
