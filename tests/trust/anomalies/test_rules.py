"""The exact rules: each finds its case, is silent beside it, and says when a fact is missing."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from companion.trust.anomalies import rules
from companion.trust.anomalies.alarms import Rule
from companion.trust.anomalies.device_rules import version
from companion.trust.anomalies.history import Memory
from companion.trust.anomalies.records import Arrival, Delivery, Ending, GrantTerms, Onboarding

NOW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
TERMS = GrantTerms("g1", exp=NOW + timedelta(days=7), nbf=NOW - timedelta(days=1))
FIRST = Onboarding(
    run="r1",
    time=NOW,
    ending=Ending.ONBOARDED,
    actor="jig",
    computer="line 2",
    counter=1,
    identity_key=b"key 1",
    serial="LS-1",
    site="hall2",
    model="lamp",
    firmware="1.4.0",
    owner_key="aa",
    secret="f1",
    request="q1",
    grant="g1",
    receipt=True,
    logged=True,
)


def again(run: str = "r2", **changes: object) -> Onboarding:
    """The same device once more, a minute later."""
    later = {"counter": 2, "time": NOW + timedelta(minutes=1), "request": "q2"}
    return replace(FIRST, run=run, **{**later, **changes})  # type: ignore[arg-type]


def another(number: int, **changes: object) -> Onboarding:
    """Another device."""
    new = {
        "identity_key": b"key %d" % number,
        "serial": f"LS-{number}",
        "secret": f"f{number}",
        "request": f"q{number}",
        "counter": number,
        "time": NOW + timedelta(minutes=number),
    }
    return replace(FIRST, run=f"r{number}", **{**new, **changes})  # type: ignore[arg-type]


def judged(*onboardings: Onboarding, terms: GrantTerms = TERMS) -> list[tuple[Rule, tuple[str, ...]]]:
    """What the rules say about them, one after the other."""
    history = Memory([terms])
    said = []
    for each in onboardings:
        alarms, _ = rules.check(each, history)
        said += [(alarm.rule, alarm.runs) for alarm in alarms]
        history.add(each)
    return said


def test_an_owner_may_move_a_device() -> None:
    def later(minutes: int, **changes: object) -> Onboarding:
        when = {"time": NOW + timedelta(minutes=minutes), "counter": minutes, "request": f"q{minutes}"}
        return again(f"r{minutes}", **{**when, **changes})

    moved = later(5, ending=Ending.OTHER, site="yard", actor="", grant="")
    rotated = {"ending": Ending.OTHER}
    assert judged(FIRST, moved) == []
    assert judged(FIRST, moved, later(6, site="yard", **rotated)) == [], "a delegate works where it is now"
    assert judged(FIRST, moved, later(3, **rotated)) == [], "what came home later was done before"
    assert judged(FIRST, moved, later(6, **rotated)) == [(Rule.SAME_KEY, ("r5", "r6"))], "not where it was"
    assert judged(FIRST, later(6, site="yard", **rotated)) == [(Rule.SAME_KEY, ("r1", "r6"))]


def test_usual_work_is_silent() -> None:
    assert judged(FIRST, again(ending=Ending.OTHER), another(3), another(4)) == []


@pytest.mark.parametrize(
    ("second", "rule"),
    [
        (again(serial="LS-9"), Rule.SAME_KEY),
        (again(site="yard"), Rule.SAME_KEY),
        (again(identity_key=b"key 9", secret="f9"), Rule.SAME_SERIAL),
        (another(2, secret="f1"), Rule.SAME_SECRET),
        (again(request="q1"), Rule.SAME_REQUEST),
        (again(firmware="1.3.9"), Rule.OLDER_FIRMWARE),
        (another(2, time=NOW - timedelta(hours=2)), Rule.CLOCK_BACK),
        (another(2, logged=False), Rule.NOT_LOGGED),
        *((another(2, arrival=each), Rule.HELD_BACK) for each in Arrival if each is not Arrival.IN_ORDER),
        (another(2, grant=""), Rule.NO_GRANT),
        (another(2, grant="unknown"), Rule.NO_GRANT),
        (another(2, time=TERMS.exp), Rule.NO_GRANT),
    ],
)
def test_each_rule_finds_its_case_with_its_runs(second: Onboarding, rule: Rule) -> None:
    said = judged(FIRST, second)
    assert [each for each, _ in said] == [rule]
    alone = rule in (Rule.NOT_LOGGED, Rule.NO_GRANT, Rule.HELD_BACK)
    assert said[0][1] == ((second.run,) if alone else ("r1", second.run))


@pytest.mark.parametrize(
    ("terms", "second", "rule"),
    [
        (replace(TERMS, devices=1), another(2), Rule.TOO_MANY),
        (replace(TERMS, uses=1), again(), Rule.TOO_MANY),
        (replace(TERMS, sites=frozenset({"hall2"})), another(2, site="yard"), Rule.OUT_OF_BOUNDS),
        (
            replace(TERMS, hours=(time(6), time(18))),
            another(2, time=NOW.replace(hour=23)),
            Rule.OUT_OF_BOUNDS,
        ),
        (replace(TERMS, serials=frozenset({"ls-1"})), another(2), Rule.NOT_LISTED),
        (replace(TERMS, revoked=NOW + timedelta(minutes=1)), another(2), Rule.NO_GRANT),
    ],
)
def test_a_grant_is_held_to_its_terms(terms: GrantTerms, second: Onboarding, rule: Rule) -> None:
    assert judged(FIRST, second, terms=terms) == [(rule, (second.run,))]


def test_hours_may_span_midnight() -> None:
    terms = replace(TERMS, hours=(time(22), time(6)))
    night = another(2, time=NOW.replace(hour=23))
    assert judged(night, terms=terms) == []
    assert [rule for rule, _ in judged(FIRST, terms=terms)] == [Rule.OUT_OF_BOUNDS]


def test_a_delivery_list_names_what_may_come() -> None:
    listed = Delivery(2, NOW, NOW + timedelta(days=1), serials=frozenset({"ls-1"}))
    terms = replace(TERMS, deliveries=(listed,))
    assert [rule for rule, _ in judged(FIRST, another(2), terms=terms)] == [Rule.NOT_LISTED]
    unlisted = replace(TERMS, deliveries=(listed, replace(listed, serials=None)))
    assert judged(FIRST, another(2), terms=unlisted) == []


def test_a_reset_device_may_move_but_not_change_its_owner() -> None:
    reset = again("reset", ending=Ending.RESET)
    assert judged(FIRST, reset, again("r3", site="yard", counter=3, request="q3")) == []
    said = judged(FIRST, reset, again("r3", owner_key="bb", counter=3, request="q3"))
    assert said == [(Rule.OTHER_OWNER, ("r1", "reset", "r3"))]


def test_the_owner_needs_no_grant_and_was_asked_about_serial_numbers() -> None:
    mine = replace(FIRST, actor="", grant="", receipt=True)
    twin = replace(mine, run="r2", identity_key=b"key 2", secret="f2", request="q2", counter=2)
    assert judged(mine, twin) == []


def test_all_devices_too_many_have_one_cause() -> None:
    history = Memory([replace(TERMS, devices=2)])
    causes = set()
    for number in range(1, 9):
        new = another(number)
        causes |= {alarm.cause for alarm in rules.check(new, history)[0]}
        history.add(new)
    assert len(causes) == 1


def test_what_is_not_known_is_said() -> None:
    bare = Onboarding("r1", NOW, Ending.ONBOARDED, actor="jig")
    alarms, unknown = rules.check(bare, Memory())
    assert alarms == []
    assert {each.rule: each.fact for each in unknown} == {
        Rule.SAME_KEY: "identity_key",
        Rule.SAME_SERIAL: "serial",
        Rule.SAME_SECRET: "secret",
        Rule.SAME_REQUEST: "request",
        Rule.OTHER_OWNER: "owner_key",
        Rule.OLDER_FIRMWARE: "firmware",
        Rule.NO_GRANT: "receipt",
        Rule.TOO_MANY: "grant",
        Rule.OUT_OF_BOUNDS: "grant",
        Rule.NOT_LISTED: "grant",
        Rule.CLOCK_BACK: "computer",
        Rule.HELD_BACK: "arrival",
    }


def test_versions_are_compared_by_number() -> None:
    assert version("v1.10.0") == version("1.10")
    assert (version("1.9") or ()) < (version("1.10") or ())
    assert version("2026-b") is None
