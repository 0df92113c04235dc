"""The pace of one delegate or site, hour by hour, and how unusual it is.

Three statistics, each as the time between two of its false alarms that chance alone would give, in hours:

- rate: this many devices in an hour that is usually used (negative binomial around this hour of the week)
- unusual hour: this many devices in an hour that is hardly ever used, or never was
- sequence: the last hours taken together, a CUSUM of log likelihood ratios in Shiryaev-Roberts form. The mean
  time between its false alarms is at least its value (Pollak 1985, "Optimal detection of a change in
  distribution"), as far as what is usual is known exactly. It asks which hours were used, not for how many
  devices, because honest work comes in visits of several.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from companion.trust.anomalies.baseline import HOURS, Baseline, Kind, Rates, negative_binomial_tail

INTENSITIES = (0.25, 0.5, 1.0)
"""Uses an hour, day and night, that somebody else would add: what the sequence looks for."""
PENDING_DAYS = 2
"""Days that are not learned yet, so that an attack does not teach before it is noticed."""
NEVER = 1e15
BURST, LEAST_BURST, UNHEARD_OF = 3, 20, 1e-9
"""An hour with so many times the devices of the busiest one before, and with at least so many, is no chance,
however much the counts vary: how much they do is known roughly from a few weeks."""
RARE_DAY = 0.3
OVERTIME = 0.2
"""How often an hour of overtime follows an hour that was used, in e-folds."""
SPILL = 0.05
"""How often a visit at night goes on into the next hour, in e-folds: two hours, one decision to work. Where
a few minutes lie between two devices, a full hour does in one case of fifteen."""


@dataclass(frozen=True)
class Pace:
    """How unusual the pace is at one onboarding.

    count:    devices in this hour so far, where `expected` are usual; kind: how usual the hour is
    single:   hours between two such hours by chance; sequence: between two such sequences
    since:    the hour at which the sequence began
    """

    hour: int
    count: int
    expected: float
    kind: Kind
    single: float
    sequence: float
    since: int


@dataclass
class Stream:
    """What has to be remembered between two onboardings. Hours are counted from a Monday at midnight.

    hour, count: the current hour, and devices in it; apart: of these, how many are not to be learned
    today:       devices of the day's hours that are over; pending: days before it that are not learned yet
    sums:        the sequence, for each of INTENSITIES, and the hour at which each began
    """

    baseline: Baseline = field(default_factory=Baseline)
    hour: int = -1
    count: int = 0
    apart: int = 0
    today: list[int] = field(default_factory=lambda: [0] * HOURS)
    pending: deque[tuple[int, list[int]]] = field(default_factory=deque)
    sums: list[float] = field(default_factory=lambda: [0.0] * len(INTENSITIES))
    starts: list[int] = field(default_factory=lambda: [0] * len(INTENSITIES))
    expected: float = 0.0
    expected_uses: float = 0.0
    uses: int = 0
    _rates: Rates | None = None

    def take(self, hour: int, *, learn: bool = True) -> Pace:
        """One more device, in this hour; one that is late counts in the current hour.

        learn False: it is known not to be usual, and neither counts in the sequence.
        """
        self.add(hour, learn=learn)
        return self._pace()

    def add(self, hour: int, *, learn: bool = True) -> None:
        """Take one in that was judged before."""
        self.advance(hour)
        self.count += 1
        self.apart += not learn

    def advance(self, hour: int) -> None:
        """Let time pass up to an hour, in which nothing has happened yet."""
        if self.hour < 0:
            self.hour = hour
        while self.hour < hour:
            if self.hour % HOURS == 0 and not self.count and hour - self.hour > 3 * HOURS:
                self._pass_day()
                continue
            self._end_hour()
            self.hour += 1
            if self.hour % HOURS == 0:
                self._end_day()

    def set_apart(self, hour: int) -> None:
        """Don't learn one device of an hour that is over, or of this one, and begin the sequence again."""
        self.sums = [0.0] * len(INTENSITIES)
        if hour == self.hour:
            self.apart = min(self.count, self.apart + 1)
            return
        day, place = divmod(hour, HOURS)
        days = [*self.pending, (self.hour // HOURS, self.today)]
        for counts in (counts for each, counts in days if each == day):
            counts[place] = max(0, counts[place] - 1)

    def rates(self) -> Rates:
        """What is usual today."""
        if self._rates is None:
            self._rates = self.baseline.rates(self.hour // HOURS % 7)
        return self._rates

    def _pace(self) -> Pace:
        rates, place = self.rates(), self.hour % HOURS
        mean, shape = self._devices(rates, place)
        chance = negative_binomial_tail(self.count, mean, shape)
        usual = self._use(rates, place)
        again = usual + self._spill(rates, place)
        kind = rates.kinds[place]
        if kind is not Kind.USUAL:
            visit = -math.expm1(-usual) * rates.more[kind] ** (self.count - 1)
            chance = min(1.0, max(chance, visit))
        values = [(1 + was) * ratio for was, ratio in zip(self.sums, _used(again), strict=True)]
        strongest = max(range(len(values)), key=values.__getitem__)
        since = self.starts[strongest] if self.sums[strongest] > 1 else self.hour
        if self.count > max(LEAST_BURST, BURST * self.baseline.most):
            chance = min(chance, UNHEARD_OF)
        single = 1 / max(chance, 1 / NEVER)
        return Pace(self.hour, self.count, mean, kind, single, sum(values) / len(values), since)

    def _devices(self, rates: Rates, place: int) -> tuple[float, float]:
        """Devices expected in this hour, and the shape of their distribution: a busy day stays busy."""
        day = min(self.baseline.day_spread.value, max(RARE_DAY, rates.day))
        so_far = sum(self.today)
        mean = rates.devices[place] * (day + so_far) / (day + self.expected)
        return mean, 1 / (1 / (day + so_far) + 1 / self.baseline.hour_spread.value)

    def _use(self, rates: Rates, place: int) -> float:
        """How often this hour is used, in e-folds. Whoever works on a rare day works for hours.

        A busy day is one of more visits, so devices and used hours vary with it alike.
        """
        day = min(self.baseline.day_spread.value, max(RARE_DAY, rates.day_uses))
        usual = rates.uses[place] * (day + self.uses) / (day + self.expected_uses)
        if rates.kinds[place] is Kind.EDGE and self.today[place - 1]:
            usual += OVERTIME
        return usual

    def _spill(self, rates: Rates, place: int) -> float:
        """More of it where the hour before was used at night."""
        before = self.today[place - 1] if place else self.pending[-1][1][-1] if self.pending else 0
        return SPILL if before and rates.kinds[place] is Kind.NIGHT else 0.0

    def _end_hour(self) -> None:
        rates, place = self.rates(), self.hour % HOURS
        count = self.count - self.apart
        ratios = _used(self._use(rates, place) + self._spill(rates, place)) if count else _UNUSED
        for each, ratio in enumerate(ratios):
            if self.sums[each] < 1:
                self.starts[each] = self.hour
            self.sums[each] = min(NEVER, (1 + self.sums[each]) * ratio)
        self.expected += rates.devices[place]
        self.expected_uses += -math.expm1(-rates.uses[place])
        self.uses += count > 0
        self.today[place] = count
        self.count = self.apart = 0

    def _end_day(self) -> None:
        self.pending.append((self.hour // HOURS - 1, self.today))
        self.today = [0] * HOURS
        while len(self.pending) > PENDING_DAYS:
            day, counts = self.pending.popleft()
            self.baseline.learn_day(day % 7, counts)
        self.expected = self.expected_uses = 0.0
        self.uses = 0
        self._rates = None

    def _pass_day(self) -> None:
        """A day on which nothing happens, at once. Where nothing happens the sequence comes to rest."""
        for each, intensity in enumerate(INTENSITIES):
            self.sums[each] = 1 / math.expm1(intensity)
            self.starts[each] = self.hour
        self.hour += HOURS
        self._end_day()


_UNUSED = tuple(math.exp(-each) for each in INTENSITIES)


def _used(usual: float) -> list[float]:
    """Likelihoods of a used hour with somebody else at work, against those without."""
    without = -math.expm1(-usual)
    return [-math.expm1(-usual - each) / without for each in INTENSITIES]
