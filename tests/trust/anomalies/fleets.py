"""Honest fleets and attacks on them, made up and repeatable: no public records of onboarding exist.

A delegate works on its days and in its shift, brings one to four devices on each visit, is ill or on holiday,
works late now and then, and gets deliveries that are announced. Some are on call at night. All of this is
made up here: the figures that come of it say how the statistics do on such fleets, and not more.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from companion.trust.anomalies.records import Delivery, Ending, GrantTerms, Onboarding

START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday."""
LEARNING_DAYS, DAYS, DELEGATES = 63, 152, 30
SITES = tuple(f"site {number}" for number in range(12))
MODELS = ("sensor", "plug", "light", "lock", "camera", "valve")


@dataclass(frozen=True)
class Worker:
    """How a delegate works. visits: on an average day; shift: first and last hour of it

    on_call: nights a month with a visit; late: share of days with overtime
    """

    name: str
    visits: float
    shift: tuple[int, int]
    days: tuple[int, ...]
    variation: float
    on_call: float
    late: float
    refusals: float
    models: tuple[float, ...]
    sites: tuple[str, ...]


def worker(random: random.Random, number: int) -> Worker:
    """One delegate, drawn."""
    begin = random.choice((6, 7, 7, 8, 8, 9))
    days = (0, 1, 2, 3, 4) if random.random() < 0.7 else (0, 1, 2, 3, 4, 5)
    weights = [random.gammavariate(0.8, 1.0) + 0.05 for _ in MODELS]
    return Worker(
        name=f"delegate {number}",
        visits=min(14.0, max(1.5, random.lognormvariate(1.5, 0.6))),
        shift=(begin, begin + random.choice((7, 8, 8, 9, 10))),
        days=days,
        variation=random.uniform(2.0, 6.0),
        on_call=random.choice((0.0, 0.0, 0.0, 0.0, 1.0)),
        late=random.uniform(0.0, 0.08),
        refusals=random.uniform(0.01, 0.08),
        models=tuple(weight / sum(weights) for weight in weights),
        sites=tuple(random.sample(SITES, random.choice((1, 1, 2, 3)))),
    )


@dataclass(frozen=True)
class Work:
    """What one delegate did, in order of time, and what was announced."""

    worker: Worker
    onboardings: tuple[Onboarding, ...]
    deliveries: tuple[Delivery, ...]


def fleet(seed: int, *, delegates: int = DELEGATES, days: int = LEARNING_DAYS + DAYS) -> Iterator[Work]:
    """The honest work of a fleet."""
    for number in range(delegates):
        chance = random.Random(f"{seed} {number}")
        yield _work(chance, worker(chance, number), days)


def _work(chance: random.Random, who: Worker, days: int) -> Work:
    done: list[Onboarding] = []
    deliveries: list[Delivery] = []
    away = 0
    for day in range(days):
        midnight = START + timedelta(days=day)
        if chance.random() < who.on_call / 30:
            done += _visit(chance, who, midnight + timedelta(hours=chance.uniform(19, 30)), most=2)
        if away:
            away -= 1
            continue
        if chance.random() < 0.012:
            away = chance.randint(1, 10)
            continue
        if midnight.weekday() in who.days:
            done += _day(chance, who, midnight)
            if chance.random() < 0.04:
                delivery, more = _delivery(chance, who, midnight)
                deliveries.append(delivery)
                done += more
        elif chance.random() < 0.02:
            done += _day(chance, replace(who, visits=who.visits / 3), midnight)
    return Work(who, tuple(sorted(done, key=lambda each: each.time)), tuple(deliveries))


def _day(chance: random.Random, who: Worker, midnight: datetime) -> Iterator[Onboarding]:
    begin, end = (float(hour) for hour in who.shift)
    if chance.random() < who.late:
        end += chance.uniform(0.5, 3.0)
    rate = who.visits * chance.gammavariate(who.variation, 1 / who.variation) / (who.shift[1] - who.shift[0])
    hour = begin + chance.uniform(-0.3, 0.3)
    while True:
        hour += chance.expovariate(rate)
        if hour >= end:
            return
        if 12 <= hour < 12.7 and chance.random() < 0.7:
            continue
        yield from _visit(chance, who, midnight + timedelta(hours=hour))


def _visit(chance: random.Random, who: Worker, moment: datetime, most: int = 4) -> Iterator[Onboarding]:
    site = chance.choice(who.sites)
    model = _model(chance, who)
    count = 1
    while count < most and chance.random() < 0.35:
        count += 1
    for _ in range(count):
        moment += timedelta(minutes=chance.uniform(2, 6))
        if chance.random() < who.refusals:
            yield _one(chance, who, moment, site, ending=Ending.REFUSED)
            moment += timedelta(minutes=1)
        its = model if chance.random() < 0.5 else _model(chance, who)
        yield _one(chance, who, moment, site, its)


def _model(chance: random.Random, who: Worker) -> str:
    return chance.choices(MODELS, who.models)[0]


def _delivery(chance: random.Random, who: Worker, midnight: datetime) -> tuple[Delivery, list[Onboarding]]:
    count = chance.randint(5, 40)
    site = chance.choice(who.sites)
    begin = chance.uniform(who.shift[0], max(who.shift[0] + 1, who.shift[1] - 4))
    moment = midnight + timedelta(hours=begin)
    made = []
    for _ in range(count):
        moment += timedelta(minutes=chance.uniform(1, 5))
        made.append(_one(chance, who, moment, site))
    announced = Delivery(count, midnight, midnight + timedelta(days=1), site)
    return announced, made


def _one(
    chance: random.Random,
    who: Worker,
    moment: datetime,
    site: str,
    model: str | None = None,
    *,
    ending: Ending = Ending.ONBOARDED,
) -> Onboarding:
    number = chance.getrandbits(64)
    return Onboarding(
        run=f"{number:016x}",
        time=moment,
        ending=ending,
        actor=who.name,
        identity_key=number.to_bytes(8, "big"),
        serial=f"S-{number:016x}",
        site=site,
        model=model or _model(chance, who),
        firmware="1.0",
        secret=f"{chance.getrandbits(64):016x}",
        receipt=ending is Ending.ONBOARDED,
    )


# --- attacks on the pace: where somebody else uses a delegate's key ------------------------------------


def night(chance: random.Random, who: Worker, midnight: datetime) -> list[Onboarding]:
    """Six devices at three in the morning."""
    moments = [midnight + timedelta(hours=3, minutes=chance.uniform(0, 59)) for _ in range(6)]
    return _at(chance, who, moments)


def burst(chance: random.Random, who: Worker, midnight: datetime) -> list[Onboarding]:
    """Sixty devices in one hour of the shift."""
    hour = chance.randrange(*who.shift)
    moments = [midnight + timedelta(hours=hour, minutes=chance.uniform(0, 59)) for _ in range(60)]
    return _at(chance, who, moments)


def drip(chance: random.Random, who: Worker, midnight: datetime, days: int = 3) -> list[Onboarding]:
    """Twelve devices a day, round the clock, from any moment of the day on."""
    begin = midnight + timedelta(hours=chance.uniform(0, 24))
    moments = [
        begin + timedelta(hours=24 * day + chance.uniform(0, 24)) for day in range(days) for _ in range(12)
    ]
    return _at(chance, who, moments)


def _at(chance: random.Random, who: Worker, moments: Sequence[datetime]) -> list[Onboarding]:
    return [_one(chance, who, moment, who.sites[0]) for moment in sorted(moments)]


# --- attacks that exact rules find: the terms of a grant, and what happens under it --------------------


def cloned_label(seed: int) -> tuple[GrantTerms, list[Onboarding]]:
    """A label is copied onto another device, which is onboarded two days later."""
    terms, done = _under_grant(seed)
    copy = replace(
        done[3],
        run="hostile",
        identity_key=b"another key",
        request="its own request",
        time=done[-1].time + timedelta(days=2),
    )
    return terms, [*done, copy]


def stolen_key(seed: int) -> tuple[GrantTerms, list[Onboarding]]:
    """A laptop is stolen and its grant revoked; the thief goes on."""
    terms, done = _under_grant(seed)
    late = replace(_fresh(seed, done[-1]), time=done[-1].time + timedelta(hours=3))
    return replace(terms, revoked=done[-1].time + timedelta(hours=1)), [*done, late]


def greedy_jig(seed: int) -> tuple[GrantTerms, list[Onboarding]]:
    """A jig for 12 devices onboards one more."""
    terms, done = _under_grant(seed)
    return replace(terms, devices=len(done)), [*done, _fresh(seed, done[-1])]


def replayed_request(seed: int) -> tuple[GrantTerms, list[Onboarding]]:
    """Somebody sends an old certificate request again, in the name of another device."""
    terms, done = _under_grant(seed)
    return terms, [*done, replace(_fresh(seed, done[-1]), request=done[5].request)]


def _under_grant(seed: int) -> tuple[GrantTerms, list[Onboarding]]:
    """Twelve honest devices under one grant."""
    chance = random.Random(f"grant {seed}")
    who = worker(chance, 0)
    moments = [START + timedelta(hours=9, minutes=7 * number) for number in range(12)]
    done = [
        replace(
            each, grant="g1", request=f"request {number}", owner_key="owner", computer="jig", counter=number
        )
        for number, each in enumerate(_at(chance, who, moments))
    ]
    return GrantTerms("g1", exp=START + timedelta(days=30), nbf=START), done


def _fresh(seed: int, last: Onboarding) -> Onboarding:
    """One more device after the last one."""
    chance = random.Random(f"hostile {seed}")
    made = _one(chance, worker(chance, 0), last.time + timedelta(minutes=5), last.site or "")
    return replace(
        made,
        run="hostile",
        actor=last.actor,
        grant="g1",
        request="a new request",
        owner_key="owner",
        computer="jig",
        counter=99,
    )
