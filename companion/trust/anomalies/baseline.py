"""What is usual for a delegate or a site: devices for each hour of the week, learned from past hours.

Time is counted in hours since a Monday at midnight, in the time zone of the records. Old weeks fade: what was
usual half a year ago counts a quarter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from operator import mul

HOURS, DAYS = 24, 7


class Kind(IntEnum):
    """How usual an hour is. Hours of one kind share what is not known of a single one."""

    USUAL = 0
    EDGE = 1
    """Rarely used, a little before or after usual ones: overtime."""
    NIGHT = 2
    """Rarely used, and not next to usual ones."""


FADE = 0.5 ** (1 / 91)
"""What is left of a day's weight one day later: half after 13 weeks."""
QUIET = 0.05
"""An hour used on fewer of the days is no usual one."""
EARLY, LATE = 1, 3
"""Hours before and after usual ones in which somebody may begin early or stay late."""
PRIOR_SHAPE = 0.5
DAY_SHAPE, HOUR_SHAPE = 3.0, 2.0
"""How much days and hours vary before anything is learned: shapes of gamma distributions."""
_PRIOR_WEIGHT = 10.0
_LEAST, _MOST = 0.7, 30.0
SMALL_VISIT = 0.35
"""Chance that a visit at an unusual hour brings one more device, before anything is learned."""
_VISITS = 5.0


@dataclass
class Spread:
    """How much counts vary beyond chance, as the shape of a gamma distribution: less means more."""

    shape: float
    excess: float = 0.0
    squares: float = 0.0

    def learn(self, count: float, mean: float) -> None:
        """Take in what was counted, and what was expected."""
        if mean > 0.2:
            self.excess += (count - mean) ** 2 - mean
            self.squares += mean * mean

    def fade(self) -> None:
        self.excess *= FADE
        self.squares *= FADE

    @property
    def value(self) -> float:
        """The shape: that of before anything was learned counts like a few days."""
        inverse = (self.excess + _PRIOR_WEIGHT / self.shape) / (self.squares + _PRIOR_WEIGHT)
        return min(_MOST, max(_LEAST, 1 / max(inverse, 1e-3)))


@dataclass
class Baseline:
    """What a subject did in past weeks. `devices` and `uses` are sums for each hour of the day.

    uses:     on how many days the hour was used; both fade
    weekdays: devices for each day of the week; days: how many of each were watched; both fade
    seen:     on how many days each hour was ever used, without fading; most: devices of the busiest hour
    watched:  days in all
    """

    devices: list[float] = field(default_factory=lambda: [0.0] * HOURS)
    uses: list[float] = field(default_factory=lambda: [0.0] * HOURS)
    weekdays: list[float] = field(default_factory=lambda: [0.0] * DAYS)
    days: list[float] = field(default_factory=lambda: [0.0] * DAYS)
    seen: list[int] = field(default_factory=lambda: [0] * HOURS)
    most: int = 0
    watched: int = 0
    day_spread: Spread = field(default_factory=lambda: Spread(DAY_SHAPE))
    hour_spread: Spread = field(default_factory=lambda: Spread(HOUR_SHAPE))
    visits: list[float] = field(default_factory=lambda: [0.0] * len(Kind))
    """Uses of hours of each kind, and the devices of them."""
    visitors: list[float] = field(default_factory=lambda: [0.0] * len(Kind))

    def learn_day(self, weekday: int, counts: Sequence[int]) -> None:
        """Take in a whole day: devices for each of its hours."""
        usual = self.rates(weekday)
        mean = sum(usual.devices)
        total = sum(counts)
        if self.watched >= 14:
            self.day_spread.learn(total, mean)
            share = (self.day_spread.value + total) / (self.day_spread.value + mean)
            for hour, count in enumerate(counts):
                self.hour_spread.learn(count, usual.devices[hour] * share)
        for hour, count in enumerate(counts):
            if count and self.watched >= 14:
                self.visits[usual.kinds[hour]] += 1
                self.visitors[usual.kinds[hour]] += count
        self._fade()
        self.watched += 1
        self.days[weekday] += 1
        self.most = max(self.most, *counts)
        self.weekdays[weekday] += total
        for hour, count in enumerate(counts):
            if count:
                self.devices[hour] += count
                self.uses[hour] += 1
                self.seen[hour] += 1

    def _fade(self) -> None:
        for sums in (self.devices, self.uses, self.weekdays, self.days, self.visits, self.visitors):
            sums[:] = [FADE * each for each in sums]
        self.day_spread.fade()
        self.hour_spread.fade()

    def rates(self, weekday: int) -> Rates:
        """What is expected of each hour of such a day."""
        days = sum(self.days)
        kinds = _kinds(self.uses, days)
        # Who is called out at night is called on any day of the week.
        share = self._share(weekday)
        shares = [1.0 if kind is Kind.NIGHT else share for kind in kinds]
        devices = tuple(map(mul, shares, _shrunk(self.devices, kinds, days)))
        uses = tuple(map(mul, shares, _shrunk(self.uses, kinds, days)))
        more = tuple(
            (SMALL_VISIT * _VISITS + max(0.0, visitors - visits)) / (_VISITS + visitors)
            for visits, visitors in zip(self.visits, self.visitors, strict=True)
        )
        return Rates(devices, uses, kinds, more, sum(devices), sum(uses))

    def _share(self, weekday: int) -> float:
        """How busy this day of the week is, against an average day."""
        days, total = sum(self.days), sum(self.weekdays)
        if not total:
            return 1.0
        average = total / days
        return (self.weekdays[weekday] + average) / (self.days[weekday] + 1) / average


@dataclass(frozen=True)
class Rates:
    """What is expected of each hour of one day: devices, uses (in e-folds), and how usual the hour is.

    more: for each kind of hour, the chance that a visit brings one more device; day, day_uses: their sums
    """

    devices: tuple[float, ...]
    uses: tuple[float, ...]
    kinds: tuple[Kind, ...]
    more: tuple[float, ...]
    day: float
    day_uses: float


def _smoothed(sums: Sequence[float]) -> list[float]:
    return [
        0.5 * sums[hour] + 0.25 * (sums[hour - 1] + sums[(hour + 1) % len(sums)]) for hour in range(len(sums))
    ]


def _kinds(uses: Sequence[float], days: float) -> tuple[Kind, ...]:
    usual = {hour for hour, each in enumerate(uses) if each >= QUIET * days and each}
    edges = {(hour + step) % HOURS for hour in usual for step in range(-EARLY, LATE + 1)}
    return tuple(
        Kind.USUAL if hour in usual else Kind.EDGE if hour in edges else Kind.NIGHT for hour in range(HOURS)
    )


def _shrunk(sums: Sequence[float], kinds: Sequence[Kind], days: float) -> list[float]:
    """A rate for each hour, drawn towards the mean of its kind where little is known."""
    found = [0.0] * len(sums)
    smooth = _smoothed(sums)
    for kind in set(kinds):
        hours = [hour for hour, each in enumerate(kinds) if each is kind]
        mean = (sum(sums[hour] for hour in hours) + 0.5) / (days * len(hours) + 1)
        for hour in hours:
            found[hour] = (smooth[hour] + PRIOR_SHAPE) / (days + PRIOR_SHAPE / mean)
    return found


def negative_binomial_tail(count: int, mean: float, shape: float) -> float:
    """The chance of at least `count` where `mean` are expected and the rate varies (gamma, `shape`)."""
    if count <= 0:
        return 1.0
    p = mean / (mean + shape)
    term = math.exp(shape * math.log1p(-p))
    below = 0.0
    for k in range(count):
        below += term
        term *= (k + shape) / (k + 1) * p
    if below < 0.99:
        return max(1.0 - below, 0.0)
    # What is left would be rounding: add up the tail itself, whose terms fall at least like a geometric row.
    total = 0.0
    for k in range(count, count + 10_000):
        total += term
        term *= (k + shape) / (k + 1) * p
        if term < 1e-12 * total:
            break
    return total
