"""What the statistics find, and how often they are wrong, on fleets that no threshold was set on."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.trust.anomalies import rules
from companion.trust.anomalies.alarms import Rule
from companion.trust.anomalies.baseline import negative_binomial_tail
from companion.trust.anomalies.budget import Budget
from companion.trust.anomalies.history import Memory
from companion.trust.anomalies.records import GrantTerms, Onboarding
from companion.trust.anomalies.shares import beta_binomial_tail, chi_square_tail
from tests.trust.anomalies import fleets
from tests.trust.anomalies.evaluation import ONE_A_YEAR, evaluate
from tests.trust.anomalies.fleets import DELEGATES

UNSEEN = (1000, 1010)


@pytest.mark.parametrize("seed", UNSEEN)
def test_attacks_are_found_and_honest_work_is_left_alone(seed: int) -> None:
    result = evaluate(seed)
    assert result.found("night", within=1) == DELEGATES
    assert result.found("burst", within=1) == DELEGATES
    assert result.found("drip", within=24) == DELEGATES
    assert result.false_a_year <= 1


def test_a_smaller_budget_gives_fewer_false_alarms() -> None:
    small = Budget(ONE_A_YEAR.monthly / 10, ONE_A_YEAR.subjects)
    assert 10 * evaluate(1002, small, attacks=False).false_a_year < 5


@pytest.mark.parametrize(
    ("attack", "rule"),
    [
        (fleets.cloned_label, {Rule.SAME_SERIAL, Rule.SAME_SECRET}),
        (fleets.stolen_key, {Rule.NO_GRANT}),
        (fleets.greedy_jig, {Rule.TOO_MANY}),
        (fleets.replayed_request, {Rule.SAME_REQUEST}),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_exact_rules_find_their_attack_and_nothing_else(
    attack: Callable[[int], tuple[GrantTerms, list[Onboarding]]], rule: set[Rule], seed: int
) -> None:
    terms, done = attack(seed)
    history = Memory([terms])
    said: dict[str, set[Rule]] = {}
    for each in done:
        for alarm in rules.check(each, history)[0]:
            said.setdefault(each.run, set()).add(alarm.rule)
        history.add(each)
    assert set(said) == {"hostile"}
    assert said["hostile"] <= rule
    assert said["hostile"]


@given(
    count=st.integers(1, 80),
    mean=st.floats(0.001, 20),
    shape=st.floats(0.3, 30),
)
def test_the_negative_binomial_tail_is_the_sum_of_its_terms(count: int, mean: float, shape: float) -> None:
    p = mean / (mean + shape)

    def term(k: int) -> float:
        log = math.lgamma(k + shape) - math.lgamma(shape) - math.lgamma(k + 1)
        return math.exp(log + shape * math.log1p(-p) + k * math.log(p))

    whole = math.fsum(term(k) for k in range(count, count + 3000))
    assert negative_binomial_tail(count, mean, shape) == pytest.approx(whole, rel=1e-6, abs=1e-12)


def test_chi_square_and_beta_binomial_tails_are_those_of_tables() -> None:
    # NIST, Engineering Statistics Handbook 1.3.6.7.4: upper critical values.
    for degrees, square in ((2, 5.991), (5, 11.070), (10, 18.307)):
        assert chi_square_tail(square, degrees) == pytest.approx(0.05, abs=0.002)
    # With a beta(1, 1) share each count is as likely as any other.
    assert beta_binomial_tail(3, 4, 1, 1) == pytest.approx(2 / 5)
