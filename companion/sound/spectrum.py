"""Samples to how loud each frequency of the frame's band is, over time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from companion.sound.frame import LOWEST_HERTZ, SYMBOL_SECONDS, TONE_HERTZ, TONES, Samples

Energies = npt.NDArray[np.float32]

HOP_SECONDS = SYMBOL_SECONDS / 8
LOWEST_RATE, HIGHEST_RATE = 12_000, 192_000
"""Samples a second."""

_BAND = (LOWEST_HERTZ * 0.97, (LOWEST_HERTZ + TONES * TONE_HERTZ) * 1.02)
"""With a clock that is off."""


class Spectrum:
    """Rows of energies, one every 6 ms, each of a symbol's length of samples, of whatever rate."""

    def __init__(self, rate: int) -> None:
        """rate: samples a second. Raises ValueError if it is too low or too high."""
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise ValueError("the rate is too low or too high")
        self.rate = rate
        self._wide = round(SYMBOL_SECONDS * rate)
        self._window = np.hanning(self._wide).astype(np.float32)
        self._size = 1 << (2 * self._wide - 1).bit_length()
        self._first = int(_BAND[0] / rate * self._size)
        self._last = int(_BAND[1] / rate * self._size) + 2
        self._kept: Samples = np.zeros(0, np.float32)
        self._skipped, self._row = 0, 0

    def add(self, samples: Samples) -> Energies:
        """The next samples, of -1 to 1: the rows that are complete now, of the same frequencies each."""
        self._kept = np.concatenate((self._kept, samples))
        rows = []
        while True:
            begin = round(self._row * HOP_SECONDS * self.rate) - self._skipped
            if begin + self._wide > len(self._kept):
                break
            rows.append(self._kept[begin : begin + self._wide] * self._window)
            self._row += 1
        if not rows:
            return np.zeros((0, self._last - self._first), np.float32)
        spent = min(round(self._row * HOP_SECONDS * self.rate) - self._skipped, len(self._kept))
        self._kept, self._skipped = self._kept[spent:], self._skipped + spent
        bins = np.fft.rfft(np.stack(rows), self._size)[:, self._first : self._last]
        return (bins.real**2 + bins.imag**2).astype(np.float32)

    def places(self, clock: float) -> npt.NDArray[np.int64]:
        """The column of each tone of a device whose clock is so fast."""
        tones = (LOWEST_HERTZ + TONE_HERTZ * np.arange(TONES)) * clock
        return np.rint(tones * self._size / self.rate).astype(np.int64) - self._first
