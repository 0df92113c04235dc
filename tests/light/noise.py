"""Windows of brightness without any frame in them: one light each, as long as a loop and a little."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from companion.light.decoder import Decoder
from companion.light.frame import CHIP_SECONDS, CHIPS
from companion.secret import Secret

Values = npt.NDArray[np.float64]
SECONDS = 1.05 * CHIPS * CHIP_SECONDS


def read_window(number: int) -> Secret | None:
    """What a decoder takes window `number` for; the same window for the same number."""
    rng = np.random.default_rng(number)
    fps = (15.0, 20.0, 25.0, 30.0)[number // len(KINDS) % 4]
    times = np.arange(0, SECONDS, 1 / fps)
    times = times + rng.normal(0, 0.003, len(times))
    times = np.sort(times[rng.random(len(times)) > 0.03])
    values = KINDS[number % len(KINDS)](rng, times)
    decoder = Decoder()
    decoder.take(zip(times.tolist(), values.tolist(), strict=True))
    return decoder.look().secret


def _white(rng: np.random.Generator, times: Values) -> Values:
    return rng.normal(0, 1, len(times))


def _telegraph(rng: np.random.Generator, times: Values) -> Values:
    """Something that is switched at random."""
    edges = np.cumsum(rng.exponential(rng.uniform(0.05, 0.6), 2000))
    return (np.searchsorted(edges, times) % 2) + rng.normal(0, 0.1, len(times))


def _blinking(rng: np.random.Generator, times: Values) -> Values:
    """A lamp that blinks evenly."""
    return (np.sin(2 * np.pi * rng.uniform(0.5, 12) * times) > 0) + rng.normal(0, 0.2, len(times))


def _walk(rng: np.random.Generator, times: Values) -> Values:
    """A screen, a curtain, a hand."""
    return np.cumsum(rng.normal(0, 1, len(times)))


def _foreign(rng: np.random.Generator, times: Values) -> Values:
    """The right clock, and bits that are no frame's: the worst there is."""
    bits = rng.integers(0, 2, CHIPS // 2 + 8)
    chips = np.repeat(bits, 2) ^ np.tile([0, 1], len(bits))
    place = (times / (CHIP_SECONDS * rng.uniform(0.99, 1.01))).astype(int)
    return chips[place % len(chips)] + rng.normal(0, 0.1, len(times))


KINDS: tuple[Callable[[np.random.Generator, Values], Values], ...] = (
    _white,
    _telegraph,
    _blinking,
    _walk,
    _foreign,
)
