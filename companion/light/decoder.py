"""Brightness over time to the secret that it blinks. Joins anywhere in the loop; the CRC decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from companion.light.clock import Clock, Values, half_weights, refine, search
from companion.light.frame import CHIPS, PREAMBLE_SLOTS, SLOTS, secret_of
from companion.secret import Secret

MOST_SAMPLES = 4096
LONGEST_SECONDS = 75.0
_PAUSE_SECONDS = 1.0
_LEVEL_SECONDS = 0.45
_LARGEST = 2.0
_PREAMBLE_FIT = 0.55
CLOCK_FIT = 0.42
"""Noise stays below it."""

_COVERED = 0.985
_FLIPPED = 3
_RIDGE = 0.05
_STEPS = 30
_RECENT_LOOPS = 1.1
_SEEN = 0.2
_EVEN = 0.7
_FEWEST = 24
_LONGEST_REPEAT = 21
_ALIKE = 0.6


@dataclass(frozen=True)
class Progress:
    """clock: the chip clock, None while there is none. share: of one loop seen since, 0 to 1."""

    clock: Clock | None = None
    share: float = 0.0
    secret: Secret | None = None


class Decoder:
    """Takes samples of one light. Keeps at most `MOST_SAMPLES` of the last `LONGEST_SECONDS`."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque(maxlen=MOST_SAMPLES)
        self._next = 0.0
        self._clock: Clock | None = None
        self.progress = Progress()

    @property
    def interval(self) -> float:
        """The usual time between two samples, in seconds; 0 while there are few."""
        times = [time for time, _ in list(self._samples)[-40:]]
        return float(np.median(np.diff(times))) if len(times) > 8 else 0.0

    @property
    def size(self) -> int:
        """How many samples it keeps."""
        return len(self._samples)

    def add(self, time: float, brightness: float) -> Progress:
        """A sample. time: seconds of any clock that does not step; one that goes back starts anew."""
        if self._samples and time <= self._samples[-1][0]:
            if time > self._samples[-1][0] - _PAUSE_SECONDS:
                return self.progress
            self._samples.clear()
            self._next, self._clock, self.progress = time, None, Progress()
        self.take([(time, brightness)])
        if time >= self._next and self.progress.secret is None:
            self._next = time + _PAUSE_SECONDS
            self.progress = self.look()
        return self.progress

    def take(self, samples: Iterable[tuple[float, float]]) -> None:
        """Samples in the order of time, without a look at them."""
        self._samples.extend(samples)
        while self._samples and self._samples[0][0] < self._samples[-1][0] - LONGEST_SECONDS:
            self._samples.popleft()

    def look(self) -> Progress:
        """What all samples so far tell; `add` calls it once a second."""
        times, values = self._levelled()
        clocks = [refine(times, values, self._clock)] if self._clock is not None else []
        if not clocks or clocks[0].fit < CLOCK_FIT:
            clocks = search(times, values)
        clocks = [
            clock
            for clock in clocks
            if clock.fit >= CLOCK_FIT and not _is_steady(fold(times, values, clock)[0])
        ]
        self._clock = clocks[0] if clocks else None
        share = 0.0
        for clock in clocks:
            # What came before the last loop may be another light's, or of before a movement.
            for since in (times[0], times[-1] - _RECENT_LOOPS * loop_seconds(clock)):
                if since < times[0]:
                    continue
                kept = times >= since
                seen, secret = self._read(times[kept], values[kept], clock)
                share = max(share, seen)
                if secret is not None:
                    return Progress(clock, 1.0, secret)
        return Progress(self._clock, min(share, 0.99))

    def _read(self, times: Values, values: Values, clock: Clock) -> tuple[float, Secret | None]:
        """The share of a loop that these hold, and its secret if they hold all."""
        slots, marks, covered = fold(times, values, clock)
        if covered < _COVERED:
            return covered, None
        return covered, read(slots, marks) or read(unmixed(times, values, clock, self.interval), marks)

    def agrees_with(self, other: Decoder) -> bool:
        """True if this one, which has a clock, blinks as the other one does: a reflection of it."""
        clock = self.progress.clock
        if clock is None:
            return False
        bits = [fold(*one._levelled(), clock)[0] for one in (self, other)]
        both = np.minimum(np.abs(bits[0]), np.abs(bits[1])) > _SEEN
        return bool(both.any()) and float(np.mean(np.sign(bits[0] * bits[1])[both])) > _ALIKE

    def _levelled(self) -> tuple[Values, Values]:
        samples = np.array(self._samples)
        return samples[:, 0], levelled(samples[:, 0], samples[:, 1])


def levelled(times: Values, values: Values) -> Values:
    """Without what changes slowly (ambient light, exposure), in units of its own deviation nearby."""
    before = np.searchsorted(times, times - _LEVEL_SECONDS)
    after = np.searchsorted(times, times + _LEVEL_SECONDS, side="right")
    count = after - before
    sums = np.concatenate(([0.0], np.cumsum(values)))
    level = values - (sums[after] - sums[before]) / count
    squares = np.concatenate(([0.0], np.cumsum(level * level)))
    wide_before = np.searchsorted(times, times - 2 * _LEVEL_SECONDS)
    wide_after = np.searchsorted(times, times + 2 * _LEVEL_SECONDS, side="right")
    spread = np.sqrt((squares[wide_after] - squares[wide_before]) / (wide_after - wide_before))
    result: Values = np.clip(level / (spread + 1e-6), -_LARGEST, _LARGEST)
    return result


def fold(times: Values, values: Values, clock: Clock) -> tuple[Values, Values, float]:
    """All loops on top of each other: each of the 164 slots' difference between its halves and its sum, both
    as means, and the share of slots that were seen."""
    slots, within = clock.slots_of(times)
    place = slots % SLOTS
    weights = half_weights(within)
    mass = np.bincount(place, np.abs(weights), SLOTS)
    count = np.bincount(place, minlength=SLOTS)
    bits = np.bincount(place, weights * values, SLOTS) / (mass + 1e-9)
    sums = np.bincount(place, values, SLOTS) / np.maximum(count, 1)
    return bits, sums, float(np.count_nonzero(mass > 0.4)) / SLOTS


def unmixed(times: Values, values: Values, clock: Clock, exposure: float) -> Values:
    """As `fold`'s differences, for exposures (seconds) that hold some of two slots: by least squares."""
    slots, within = clock.slots_of(times)
    half = exposure / (4 * clock.chip)
    shares = []
    for neighbour in (-1, 0, 1):
        place = within - neighbour
        shares.append((_lit(place + half) - _lit(place - half)) / (2 * half + 1e-9))
    # Each slot shares exposures with two neighbours on either side at most: five bands of a circle.
    bands = [np.zeros(SLOTS) for _ in range(3)]
    target = np.zeros(SLOTS)
    for first, share in enumerate(shares):
        column = (slots + first - 1) % SLOTS
        target += np.bincount(column, share * values, SLOTS)
        for other in range(first, 3):
            bands[other - first] += np.bincount(column, share * shares[other], SLOTS)
    bands[0] += _RIDGE
    solved = _solved(bands, target)
    return solved / (float(np.sqrt(np.mean(solved * solved))) + 1e-9)


def _solved(bands: list[Values], target: Values) -> Values:
    """x of A x = target by conjugate gradients. A: symmetric, around a circle; bands[d][k] is A[k, k + d]."""

    def times(x: Values) -> Values:
        result: Values = bands[0] * x
        for apart in (1, 2):
            result += bands[apart] * np.roll(x, -apart) + np.roll(bands[apart] * x, apart)
        return result

    x: Values = np.zeros(SLOTS)
    rest = target - times(x)
    way, size = rest.copy(), float(rest @ rest)
    for _ in range(_STEPS):
        if size < 1e-12:
            break
        ahead = times(way)
        length = size / float(way @ ahead)
        x += length * way
        rest -= length * ahead
        size, before = float(rest @ rest), size
        way = rest + size / before * way
    return x


def _lit(place: Values) -> Values:
    """The light of a one from its slot's beginning to a place in it (in slots), less its dark half."""
    inside = np.clip(place, 0.0, 1.0)
    return np.minimum(inside, 1.0 - inside)


def read(bits: Values, sums: Values) -> Secret | None:
    """The secret of folded slots, wherever their loop begins. The least certain bits are tried both ways."""
    fits = [
        float(bits[(at + 1) % SLOTS] + bits[(at + 3) % SLOTS] + sums[at] - sums[(at + 2) % SLOTS]) / 4
        for at in range(SLOTS)
    ]
    for at in np.argsort(fits)[::-1][:12]:
        if fits[at] < _PREAMBLE_FIT:
            break
        data = np.roll(bits, -int(at))[PREAMBLE_SLOTS:]
        if (secret := _checked(data)) is not None:
            return secret
    return None


def _checked(data: Values) -> Secret | None:
    hard = (data > 0).astype(np.int64)
    doubtful = np.argsort(np.abs(data))[:_FLIPPED]
    for choice in range(1 << _FLIPPED):
        tried = hard.copy()
        for place, at in enumerate(doubtful):
            if choice >> place & 1:
                tried[at] ^= 1
        if (secret := secret_of(tried.tolist())) is not None:
            return secret
    return None


def _is_steady(bits: Values) -> bool:
    """Something that blinks evenly fits a clock too, but its bits are all the same, or repeat after a few."""
    seen = np.abs(bits) > _SEEN
    signs = np.where(seen, np.sign(bits), 0.0)
    if np.count_nonzero(seen) < _FEWEST:
        return False
    if abs(float(signs.sum())) > _EVEN * np.count_nonzero(seen):
        return True
    for apart in range(1, _LONGEST_REPEAT):
        both = signs * np.roll(signs, apart)
        if abs(float(both.sum())) > _EVEN * max(_FEWEST, int(np.count_nonzero(both))):
            return True
    return False


def loop_seconds(clock: Clock) -> float:
    """How long one loop lasts."""
    return CHIPS * clock.chip
