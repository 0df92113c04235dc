"""Which cases there are: every single cut, and pairs from a seed."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

from tests.protocols.rp1.faults.case_run import Case, live_through
from tests.protocols.rp1.faults.cuts import TORN, Cut, Kind, Place
from tests.protocols.rp1.faults.environment import SCENARIOS


def cuts_among(operations: Counter[Place]) -> list[Cut]:
    """Every cut that can be made while so many operations pass."""
    cuts = []
    for kind in Kind:
        cuts += [Cut(kind, Place.ATT, at) for at in _each(operations, Place.ATT)]
        torn = TORN if kind is Kind.DEVICE else (0.0,)
        cuts += [Cut(kind, Place.FLASH, at, share) for at in _each(operations, Place.FLASH) for share in torn]
    return cuts + [Cut(Kind.APP, Place.DISK, at) for at in _each(operations, Place.DISK)]


def _each(operations: Counter[Place], place: Place) -> range:
    return range(1, operations[place] + 1)


@cache
def left_after(scenario: str, *cuts: Cut) -> Counter[Place]:
    """The operations that come after these cuts, measured. Raises AssertionError with the words to replay."""
    case = Case(scenario, cuts)
    try:
        return live_through(case).left
    except Exception as problem:
        raise AssertionError(f"{case}: {type(problem).__name__}: {problem}") from problem


def singles(scenario: str) -> list[Case]:
    """Every cut of a whole commissioning, one by one."""
    return [Case(scenario, (cut,)) for cut in cuts_among(left_after(scenario))]


def pair(seed: int) -> Case:
    """Two cuts at any two points, the second at any point of what comes after the first."""
    chance = random.Random(seed)
    scenario = chance.choice(SCENARIOS)
    first = chance.choice(cuts_among(left_after(scenario)))
    second = chance.choice(cuts_among(left_after(scenario, first)))
    return Case(scenario, (first, second))
