"""A picture in memory: its shades, whatever lies between its rows, and what is transparent on two papers."""

from __future__ import annotations

import numpy as np
import pytest

from companion.scanner import grey_of_bits, greys_of_clear_bits, luma_of_bits


def padded(pixels: list[list[tuple[int, int, int, int]]]) -> tuple[memoryview, int, int, int]:
    """The bits with four octets of rubbish after each row, and width, height, octets a row."""
    rows = np.array(pixels, np.uint8)
    height, width = rows.shape[:2]
    bits = np.pad(rows.reshape(height, -1), ((0, 0), (0, 4)), constant_values=99)
    return memoryview(bits.tobytes()), width, height, width * 4 + 4


def test_each_colour_has_its_weight_and_alpha_none() -> None:
    red, blue = (0, 0, 255, 0), (255, 0, 0, 255)
    bits = padded([[red, blue, red], [blue, red, blue]])
    assert grey_of_bits(*bits).tolist() == [[76, 29, 76], [29, 76, 29]]
    assert grey_of_bits(*bits, blue_first=False).tolist() == [[29, 76, 29], [76, 29, 76]]


def test_what_is_transparent_is_seen_on_white_and_on_black() -> None:
    white, clear, half = (255, 255, 255, 255), (0, 0, 0, 0), (64, 64, 64, 128)
    on_white, on_black = greys_of_clear_bits(*padded([[white, clear, half]]))
    assert on_white.tolist() == [[255, 255, 191]]
    assert on_black.tolist() == [[255, 0, 64]]
    (alone,) = greys_of_clear_bits(*padded([[white, white]]))
    assert alone.tolist() == [[255, 255]]


def test_brightness_is_taken_as_it_lies_there() -> None:
    plane = memoryview(bytes([1, 2, 3, 99, 4, 5, 6, 99]))
    assert luma_of_bits(plane, 3, 2, 4).tolist() == [[1, 2, 3], [4, 5, 6]]
    whole = luma_of_bits(plane, 4, 2, 4)
    assert np.shares_memory(whole, np.frombuffer(plane, np.uint8)), "nothing is copied without need"
    packed = memoryview(bytes([1, 128, 2, 127, 99, 3, 128, 4, 127, 99]))
    assert luma_of_bits(packed, 2, 2, 5, place=0).tolist() == [[1, 2], [3, 4]]
    assert luma_of_bits(packed, 2, 2, 5, place=1).tolist() == [[128, 127], [128, 127]]


def test_too_few_bits_are_refused() -> None:
    with pytest.raises(ValueError):
        luma_of_bits(memoryview(bytes(30)), 16, 2, 16)
    with pytest.raises(ValueError):
        grey_of_bits(memoryview(bytes(30)), 4, 2, 16)
