"""Onboarding statistics on made-up fleets that no threshold was set on: what they find, and their cost."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterator

from companion.trust.anomalies.alarms import Rule
from tests.trust.anomalies.evaluation import ATTACKS, evaluate
from tests.trust.anomalies.fleets import DAYS, DELEGATES

SEEDS = range(2000, 2006)
LATEST = {"night": 1, "burst": 1, "drip": 24}
"""Hours within which an attack must be found."""


def table() -> Iterator[str]:
    """One line for each seed, then their sums."""
    yield f"anomalies: {DELEGATES} delegates x {DAYS} days, deliveries announced, budget 1 a delegate-year"
    yield (
        f"{'seed':>6}{'false/delegate-year':>21}"
        + "".join(f"{f'{name} <= {LATEST[name]} h':>15}" for name in ATTACKS)
        + f"{'drip median':>14}{'us/onboarding':>15}"
    )
    false: Counter[Rule] = Counter()
    found: Counter[str] = Counter()
    for seed in SEEDS:
        began = time.process_time()
        result = evaluate(seed)
        cost = (time.process_time() - began) / result.onboardings / 2
        false += result.false
        found.update({name: result.found(name, LATEST[name]) for name in ATTACKS})
        delays = [999.0 if each is None else each for each in result.delays["drip"]]
        yield (
            f"{seed:>6}{result.false_a_year:>21.2f}"
            + "".join(f"{result.found(name, LATEST[name]):>9} of {DELEGATES}" for name in ATTACKS)
            + f"{statistics.median(delays):>12.1f} h{1e6 * cost:>15.0f}"
        )
    years = len(SEEDS) * DELEGATES * DAYS / 365
    yield f"{'all':>6}{false.total() / years:>21.2f}" + "".join(
        f"{found[name]:>8} of {len(SEEDS) * DELEGATES}" for name in ATTACKS
    )
    shares = ", ".join(f"{rule.value} {false[rule] / years:.2f}" for rule in Rule if false[rule])
    yield f"false alarms a delegate-year by statistic: {shares}"
