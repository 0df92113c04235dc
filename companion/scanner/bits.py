"""A picture that a program holds in memory, in grey as the scanner takes it."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from companion.scanner.reads import Frame
from companion.scanner.vision import cv2

Bits: TypeAlias = bytes | bytearray | memoryview


def grey_of_bits(bits: Bits, width: int, height: int, row_octets: int, *, blue_first: bool = True) -> Frame:
    """Grey of four octets a pixel, as a copy. The fourth, alpha or nothing, is ignored.

    row_octets: from one row to the next. blue_first: B, G, R, A; else R, G, B, A.
    Raises ValueError if there are not enough bits.
    """
    order = cv2.COLOR_BGRA2GRAY if blue_first else cv2.COLOR_RGBA2GRAY
    converted: Frame = cv2.cvtColor(_pixels(bits, width, height, row_octets), order)
    return converted


def greys_of_clear_bits(bits: Bits, width: int, height: int, row_octets: int) -> tuple[Frame, ...]:
    """Grey of B, G, R and A, the colours multiplied by alpha: as it looks on white paper, and on black.

    One picture where nothing is transparent. Raises ValueError if there are not enough bits.
    """
    pixels = _pixels(bits, width, height, row_octets)
    on_black: Frame = cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY)
    paper: Frame = 255 - pixels[:, :, 3]
    if not paper.any():
        return (on_black,)
    on_white: Frame = cv2.add(on_black, paper)
    return (on_white, on_black)


def luma_of_bits(bits: Bits, width: int, height: int, row_octets: int, *, place: int | None = None) -> Frame:
    """The brightness that a camera's frame has, without a conversion of colours.

    place: None for a plane of one octet a pixel; 0 or 1 where it is one of two octets a pixel (YUYV, UYVY)
    The frame is the bits themselves where it can be. Raises ValueError if there are not enough of them.
    """
    rows = np.frombuffer(bits, np.uint8, count=height * row_octets).reshape(height, row_octets)
    if place is None:
        return np.ascontiguousarray(rows[:, :width])
    # Half the time that cv2 takes to extract a channel.
    pairs = rows[:, : 2 * width].view("<u2")
    brightness: Frame = (pairs >> 8 if place else pairs).astype(np.uint8)
    return brightness


def _pixels(bits: Bits, width: int, height: int, row_octets: int) -> Frame:
    rows = np.frombuffer(bits, np.uint8, count=height * row_octets).reshape(height, row_octets)
    return rows[:, : 4 * width].reshape(height, width, 4)
