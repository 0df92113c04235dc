"""What is usual in kind, not in pace: which models are onboarded, and how often authentication fails."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WINDOW = 20
"""Onboardings that are compared with what is usual, at a time."""
_FADE = 0.5 ** (1 / 400)
_SIMILAR = 2.0
"""Devices of one visit are often of one model, so so many count as one."""
_ATTEMPTS = 60.0
"""More attempts than this don't make the usual share of failures more certain: it varies by itself."""


@dataclass(frozen=True)
class Mix:
    """How unusual the models of a window are. model: the one that is the most too many."""

    model: str
    count: int
    expected: float
    size: int
    chance: float


@dataclass(frozen=True)
class Window:
    """A full window. found: None while nothing is known to compare with; hours: how long it took to fill."""

    found: Mix | None
    models: tuple[str, ...]
    runs: tuple[str, ...]
    hours: float


@dataclass
class Models:
    """The models a subject onboarded: usual weights, and the window that is filling since an hour."""

    usual: dict[str, float] = field(default_factory=dict)
    window: list[tuple[str, str]] = field(default_factory=list)
    since: int = -1

    def take(self, model: str, run: str, hour: int) -> Window | None:
        """One more device; with the last of a window, the window, which the caller may `learn`."""
        if self.since < 0:
            self.since = hour
        self.window.append((model, run))
        if len(self.window) < WINDOW:
            return None
        models = tuple(each for each, _ in self.window)
        runs = tuple(each for _, each in self.window)
        hours = float(hour - self.since)
        self.window, self.since = [], hour
        known = sum(self.usual.values()) >= WINDOW
        return Window(mix(models, self.usual) if known else None, models, runs, hours)

    def learn(self, models: Sequence[str]) -> None:
        """Take in a window."""
        for model in models:
            for each in self.usual:
                self.usual[each] *= _FADE
            self.usual[model] = self.usual.get(model, 0.0) + 1


def mix(models: Sequence[str], usual: Mapping[str, float]) -> Mix:
    """Compare models with usual weights: Pearson's chi-square, rare models taken together."""
    total = sum(usual.values())
    counts = Counter(models)
    size = len(models)
    names = sorted({*usual, *counts})
    share = {name: (usual.get(name, 0.0) + 0.5) / (total + 0.5 * len(names)) for name in names}
    cells: list[tuple[float, float]] = []
    rest = [0.0, 0.0]
    for name in names:
        expected = size * share[name]
        if expected < 1.5:
            rest[0] += counts[name]
            rest[1] += expected
        else:
            cells.append((counts[name], expected))
    if rest[1] > 0:
        cells.append((rest[0], max(rest[1], 0.25)))
    square = sum((seen - expected) ** 2 / expected for seen, expected in cells) / _SIMILAR
    most = max(names, key=lambda name: (counts[name] - size * share[name]) / math.sqrt(size * share[name]))
    chance = chi_square_tail(square, len(cells) - 1)
    return Mix(most, counts[most], size * share[most], size, chance)


def chi_square_tail(square: float, degrees: int) -> float:
    """The chance of at least `square`, by Wilson and Hilferty (1931); 1 for no degrees of freedom."""
    if degrees < 1 or square <= 0:
        return 1.0
    spread = 2 / (9 * degrees)
    z = ((square / degrees) ** (1 / 3) - (1 - spread)) / math.sqrt(spread)
    return 0.5 * math.erfc(z / math.sqrt(2))


@dataclass(frozen=True)
class Failures:
    """How unusual the failures of a day are. share: of attempts that usually fail."""

    count: int
    attempts: int
    share: float
    chance: float


@dataclass
class Refusals:
    """Devices whose authentication failed, among devices that were tried: past days, and this one."""

    failed: float = 0.0
    tried: float = 0.0
    day: int = -1
    today: dict[str, bool] = field(default_factory=dict)
    runs: list[str] = field(default_factory=list)
    forget_day: bool = False
    """This day raised an alarm, and is not learned."""

    def take(self, day: int, device: str, run: str, *, refused: bool) -> Failures | None:
        """One more attempt; how unusual the day is if it was a refusal. A device counts once a day."""
        if day != self.day:
            self._end_day()
            self.day = day
        self.today[device] = self.today.get(device, False) or refused
        if not refused:
            return None
        self.runs.append(run)
        count, attempts = sum(self.today.values()), len(self.today)
        weight = min(1.0, _ATTEMPTS / (self.tried + 1))
        failed, passed = 0.5 + self.failed * weight, 9.5 + (self.tried - self.failed) * weight
        chance = beta_binomial_tail(count, attempts, failed, passed)
        return Failures(count, attempts, failed / (failed + passed), chance)

    def _end_day(self) -> None:
        if not self.forget_day:
            keep = _FADE ** len(self.today)
            self.failed = self.failed * keep + sum(self.today.values())
            self.tried = self.tried * keep + len(self.today)
        self.today, self.runs, self.forget_day = {}, [], False


def beta_binomial_tail(count: int, attempts: int, failed: float, passed: float) -> float:
    """The chance of at least `count` failures in `attempts`, where the share itself is uncertain (beta)."""

    def term(k: int) -> float:
        return math.exp(
            math.lgamma(attempts + 1)
            - math.lgamma(k + 1)
            - math.lgamma(attempts - k + 1)
            + math.lgamma(k + failed)
            + math.lgamma(attempts - k + passed)
            - math.lgamma(attempts + failed + passed)
            + math.lgamma(failed + passed)
            - math.lgamma(failed)
            - math.lgamma(passed)
        )

    return min(1.0, sum(term(k) for k in range(max(count, 0), attempts + 1)))
