"""How the statistics do on made-up fleets: false alarms for each delegate and year, and attacks found."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from companion.trust.anomalies.alarms import Alarm, Rule, Subject, SubjectKind
from companion.trust.anomalies.budget import Budget
from companion.trust.anomalies.records import Delivery, Onboarding
from companion.trust.anomalies.watch import Watch
from tests.trust.anomalies import fleets
from tests.trust.anomalies.fleets import DAYS, DELEGATES, LEARNING_DAYS, SITES, START, Work, Worker

Attack = Callable[[random.Random, Worker, datetime], list[Onboarding]]
ATTACKS: dict[str, Attack] = {"night": fleets.night, "burst": fleets.burst, "drip": fleets.drip}
BEGIN = START + timedelta(days=LEARNING_DAYS)
ONE_A_YEAR = Budget(DELEGATES / 12, DELEGATES + len(SITES))
"""At most one false alarm for each delegate and year, those about sites included."""


@dataclass
class Result:
    """Of one seed. false: alarms by rule; delays: for each attack, hours to the alarm (None: never found)."""

    false: Counter[Rule] = field(default_factory=Counter)
    delays: dict[str, list[float | None]] = field(default_factory=lambda: {name: [] for name in ATTACKS})
    onboardings: int = 0

    @property
    def false_a_year(self) -> float:
        """For each delegate."""
        return self.false.total() / (DELEGATES * DAYS / 365)

    def found(self, attack: str, within: float) -> int:
        """Attacks of a kind that were found within so many hours."""
        return sum(delay is not None and delay <= within for delay in self.delays[attack])


def evaluate(seed: int, budget: Budget = ONE_A_YEAR, *, attacks: bool = True) -> Result:
    """Everything about the fleet of a seed."""
    result = Result()
    works = list(fleets.fleet(seed))
    alarmed: set[str] = set()
    for work in works:
        result.onboardings += len(work.onboardings)
        delegate(work, seed, budget, result, alarmed, attacks=attacks)
    deliveries = [each for work in works for each in work.deliveries]
    by_site: dict[str, list[Onboarding]] = {}
    for each in sorted((each for work in works for each in work.onboardings), key=lambda each: each.time):
        by_site.setdefault(each.site or "", []).append(each)
    for name, done in by_site.items():
        at = [each for each in deliveries if each.site == name]
        watch = Watch(Subject(SubjectKind.SITE, name))
        count_false(replay(watch, done, at, budget), result, alarmed)
    return result


def delegate(
    work: Work, seed: int, budget: Budget, result: Result, alarmed: set[str], *, attacks: bool
) -> None:
    """Honest work, and at moments of their own each attack on a copy of what was known by then."""
    chance = random.Random(f"attacks {seed} {work.worker.name}")
    planned = {
        name: attack(chance, work.worker, BEGIN + timedelta(days=chance.randrange(DAYS - 5)))
        for name, attack in (ATTACKS.items() if attacks else ())
    }
    watch = Watch(Subject(SubjectKind.DELEGATE, work.worker.name))
    done = list(work.onboardings)
    at = 0
    honest: list[Alarm] = []
    for name, attack in sorted(planned.items(), key=lambda each: each[1][0].time):
        until = at
        while until < len(done) and done[until].time < attack[0].time:
            until += 1
        honest += replay(watch, done[at:until], work.deliveries, budget)
        at = until
        result.delays[name].append(_delay(copy.deepcopy(watch), attack, done[at:], work.deliveries, budget))
    honest += replay(watch, done[at:], work.deliveries, budget)
    count_false(honest, result, alarmed)


def replay(
    watch: Watch, done: Iterable[Onboarding], deliveries: Sequence[Delivery], budget: Budget
) -> list[Alarm]:
    """The alarms of the test days, each cause once."""
    found: dict[str, Alarm] = {}
    near = sorted(deliveries, key=lambda each: each.begin)
    for each in done:
        while near and near[0].end <= each.time:
            near.pop(0)
        for alarm in watch.take(each, near[:4], budget):
            if each.time >= BEGIN:
                found[alarm.cause] = alarm
    return list(found.values())


def count_false(found: Iterable[Alarm], result: Result, alarmed: set[str]) -> None:
    """Alarms that share a run with another have one cause."""
    for alarm in found:
        if alarmed.isdisjoint(alarm.runs):
            result.false[alarm.rule] += 1
        alarmed.update(alarm.runs)


def _delay(
    watch: Watch,
    attack: Sequence[Onboarding],
    honest: Sequence[Onboarding],
    deliveries: Sequence[Delivery],
    budget: Budget,
) -> float | None:
    begin = attack[0].time
    meanwhile = []
    for each in honest:
        if each.time >= begin + timedelta(hours=72):
            break
        meanwhile.append(each)
    hostile = {each.run for each in attack}
    for each in sorted((*attack, *meanwhile), key=lambda each: each.time):
        for alarm in watch.take(each, deliveries, budget):
            # An honest day that is unusual finds no attack.
            if not hostile.isdisjoint(alarm.runs):
                return (each.time - begin).total_seconds() / 3600
    return None
