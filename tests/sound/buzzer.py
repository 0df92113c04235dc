"""A device's firmware, written from SPEC.md (section 5) alone: integers, a timer, and a pin that toggles."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt

_PREAMBLE = (0, 33, 14, 46, 24, 7, 41, 19)
_TIMER_HERTZ = 1_000_000


def octets_of(secret: bytes) -> bytes:
    """r, CRC-32, parity: a shift register of eight octets."""
    content = secret + zlib.crc32(secret).to_bytes(4, "big")
    generator = [1]
    for power in range(8):
        root = 1
        for _ in range(power):
            root = _times(root, 2)
        longer = [*generator, 0]
        for place, factor in enumerate(generator):
            longer[place + 1] ^= _times(factor, root)
        generator = longer
    register = [0] * 8
    for octet in content:
        ahead = octet ^ register[0]
        register = [*register[1:], 0]
        for place in range(8):
            register[place] ^= _times(generator[place + 1], ahead)
    return content + bytes(register)


def tones_of(secret: bytes) -> list[int]:
    values = [half for octet in octets_of(secret) for half in (octet >> 4, octet & 15)]
    return [*_PREAMBLE, *(3 * value + place % 3 for place, value in enumerate(values))]


def pin(secret: bytes, rate: int, clock: float = 1.0) -> npt.NDArray[np.float64]:
    """The pin of one frame, as -1 and 1 at `rate` samples a second; the timer counts whole microseconds."""
    edges, time = [], 0
    for tone in tones_of(secret):
        half = round(_TIMER_HERTZ / (2000 + 62.5 * tone) / 2)
        edges.append(np.arange(time, time + 48_000, half))
        time += 48_000
    toggles = np.concatenate(edges) / _TIMER_HERTZ / clock
    count = int(time / _TIMER_HERTZ / clock * rate)
    level: npt.NDArray[np.float64] = 1.0 - 2.0 * (np.searchsorted(toggles, np.arange(count) / rate) % 2)
    return level


def _times(left: int, right: int) -> int:
    """In GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    while right:
        product ^= left * (right & 1)
        left = left << 1 ^ (0x11D if left & 0x80 else 0)
        right >>= 1
    return product
