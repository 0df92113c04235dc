"""The chip clock behind brightness over time: how long a chip is, and where slots begin.

Manchester puts an edge into the middle of each slot. For a clock that fits, the difference between the two
halves of every slot is large, whatever the bits are; the clock whose differences hold most energy is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

SHORTEST_CHIP, LONGEST_CHIP = 0.030, 0.130
"""Seconds."""

CHIPS_A_FRAME = 1.12
"""A chip has to last so many frames of the camera at least."""

_FIRST_SPAN = 7.0
_PHASES = 8
_FINE_PHASES = 12
_STEP = 0.4
"""How far two neighbours of a search drift apart at its ends, in chips."""

_KEPT = 3
_WORTH = 0.85


@dataclass(frozen=True)
class Clock:
    """chip: seconds. start: when some slot begins. fit: 0 to 1, how much of the light it explains."""

    chip: float
    start: float
    fit: float = 0.0

    def slots_of(self, times: Values) -> tuple[npt.NDArray[np.int64], Values]:
        """For each time the number of its slot, and how far into it, 0 to 1."""
        place = (times - self.start) / (2 * self.chip)
        slots = np.floor(place)
        return slots.astype(np.int64), place - slots


def half_weights(within: Values) -> Values:
    """How much light at a place in its slot (0 to 1) speaks for a one: 1 in the first half, -1 in the second,
    less near the edges, where an exposure holds some of both."""
    return np.clip(1.6 * np.sin(2 * np.pi * within), -1.0, 1.0)


def search(times: Values, values: Values) -> list[Clock]:
    """The clocks that fit best, best first; none where the camera is too slow or time too short.

    times: seconds, ascending. values: brightness of about mean 0 and deviation 1.
    """
    if len(times) < 32:
        return []
    shortest = max(SHORTEST_CHIP, CHIPS_A_FRAME * float(np.median(np.diff(times))))
    span = float(times[-1] - times[0])
    if shortest >= LONGEST_CHIP or span < _FIRST_SPAN:
        return []
    recent = times >= times[-1] - _FIRST_SPAN
    # Neighbours drift apart by the same number of chips all over: evenly spaced chips a second.
    rates = np.arange(1 / LONGEST_CHIP, 1 / shortest, _STEP / _FIRST_SPAN)
    found = _fits(times[recent], values[recent], 1 / rates, _PHASES)
    clocks = [refine(times, values, clock) for clock in _peaks(found)]
    return sorted(clocks, key=lambda clock: -clock.fit)


def refine(times: Values, values: Values, clock: Clock) -> Clock:
    """The same clock, measured over ever longer times."""
    span = float(times[-1] - times[0])
    reach = _FIRST_SPAN
    while True:
        recent = times >= times[-1] - reach
        width = 2.0 * _STEP * clock.chip / (reach if reach == _FIRST_SPAN else reach / 2)
        lengths = clock.chip * np.linspace(1 - width, 1 + width, 11)
        phases = _FINE_PHASES if reach >= span else _PHASES
        clock = max(_fits(times[recent], values[recent], lengths, phases), key=lambda one: one.fit)
        if reach >= span:
            return clock
        reach = min(2 * reach, span) if 2 * reach < span else span


def _fits(times: Values, values: Values, lengths: Values, count: int) -> list[Clock]:
    """For each length of a chip the best of `count` starts."""
    origin = times[-1]
    phases = np.arange(count) / count
    place = (times - origin)[None, None, :] / (2 * lengths)[:, None, None] + phases[None, :, None]
    slots = np.floor(place)
    weights = half_weights(place - slots)
    first = int(slots.min())
    wide = int(slots.max()) - first + 1
    rows = np.arange(len(lengths) * count).reshape(len(lengths), count, 1)
    keys = (rows * wide + (slots - first).astype(np.int64)).ravel()
    size = len(lengths) * count * wide
    sums = np.bincount(keys, (weights * values).ravel(), size)
    mass = np.bincount(keys, (weights * weights).ravel(), size)
    gained = sums * sums / (mass + 0.5)
    energy = gained.reshape(len(lengths), count, wide).sum(axis=2) / (float(values @ values) + 1e-9)
    best = energy.argmax(axis=1)
    return [
        Clock(float(length), float(origin - phases[phase] * 2 * length), float(row[phase]))
        for length, phase, row in zip(lengths, best, energy, strict=True)
    ]


def _peaks(clocks: list[Clock]) -> list[Clock]:
    """The best of all, without the neighbours of a better one."""
    kept: list[Clock] = []
    for clock in sorted(clocks, key=lambda one: -one.fit):
        if len(kept) == _KEPT or clock.fit < _WORTH * (kept or [clock])[0].fit:
            break
        if all(abs(clock.chip / other.chip - 1) > 0.02 for other in kept):
            kept.append(clock)
    return kept
