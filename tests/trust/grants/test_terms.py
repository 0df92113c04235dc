"""What grants allow: nobody passes on more than he has, whatever he wishes for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.trust.grants.bounds import Act, breach
from companion.trust.grants.terms import (
    DAY_MINUTES,
    Bound,
    Delivery,
    GrantTerms,
    Hours,
    Places,
    Right,
    TermsRequest,
    TooWide,
    narrow,
    read_terms,
    within,
)

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SITES = st.frozensets(st.sampled_from(["hall-2", "hall-3", "workshop"]))
SERIALS = st.frozensets(st.sampled_from(["rp1-0001", "rp1-0002", "rp1-0003"]))
HOURS = st.builds(
    lambda begin, length: Hours(begin, (begin + length) % DAY_MINUTES),
    st.integers(0, DAY_MINUTES - 1),
    st.integers(1, DAY_MINUTES - 1),
)
RIGHTS = st.frozensets(st.sampled_from([each for each in Right if each is not Right.DELEGATE]), min_size=1)
MOMENTS = st.integers(1, 400).map(lambda days: NOW + timedelta(days=days))


def some_places(everywhere: bool, sites: frozenset[str], serials: frozenset[str]) -> Places | None:
    if everywhere:
        return Places(True)
    return Places(False, sites, serials) if sites or serials else None


PLACES = st.builds(some_places, st.booleans(), SITES, SERIALS)


@st.composite
def terms(draw: st.DrawFn) -> GrantTerms:
    depth = draw(st.integers(0, 3))
    rights = draw(RIGHTS)
    since = draw(st.none() | st.integers(-5, 0).map(lambda days: NOW + timedelta(days=days)))
    return GrantTerms(
        rights=rights | {Right.DELEGATE} if depth else rights,
        places=draw(PLACES.filter(lambda where: where is not None)),
        since=since,
        until=draw(MOMENTS),
        depth=depth,
        devices=draw(st.none() | st.integers(1, 50)),
        hours=draw(st.none() | HOURS),
    )


wishes = st.builds(
    TermsRequest,
    rights=st.none() | RIGHTS,
    places=PLACES,
    until=st.none() | MOMENTS,
    depth=st.none() | st.integers(0, 3),
    devices=st.none() | st.integers(1, 50),
    hours=st.none() | HOURS,
)
acts = st.builds(
    Act,
    right=st.sampled_from([each for each in Right if each is not Right.DELEGATE]),
    at=st.integers(-10, 24 * 410).map(lambda hours: NOW + timedelta(hours=hours)),
    serial=st.none() | st.sampled_from(["RP1-0001", "rp1-0002", "other"]),
    site=st.none() | st.sampled_from(["hall-2", "hall-3", "elsewhere"]),
    devices=st.integers(0, 60),
)


@given(terms(), wishes, acts)
def test_what_a_grant_under_another_one_allows_that_one_allows_too(
    held: GrantTerms, wish: TermsRequest, act: Act
) -> None:
    try:
        made = narrow(held, wish)
    except TooWide:
        return
    assert within(made, held)
    if breach(made, act) is None:
        assert breach(held, act) is None


HELD = GrantTerms(
    rights=frozenset({Right.ONBOARD, Right.NETWORKS, Right.DELEGATE}),
    places=Places(False, frozenset({"hall-2"}), frozenset({"RP1-0001"})),
    until=NOW + timedelta(days=14),
    since=NOW,
    depth=2,
    devices=40,
    hours=Hours(6 * 60, 18 * 60),
)


@pytest.mark.parametrize(
    ("wish", "bound"),
    [
        (TermsRequest(rights={Right.RESET}), Bound.RIGHT),
        (TermsRequest(places=Places(True)), Bound.PLACE),
        (TermsRequest(places=Places(False, frozenset({"hall-3"}))), Bound.PLACE),
        (TermsRequest(places=Places(False, serials=frozenset({"RP1-0002"}))), Bound.PLACE),
        (TermsRequest(until=NOW + timedelta(days=15)), Bound.UNTIL),
        (TermsRequest(since=NOW - timedelta(days=1)), Bound.SINCE),
        (TermsRequest(depth=2), Bound.DEPTH),
        (TermsRequest(devices=41), Bound.DEVICES),
        (TermsRequest(hours=Hours(5 * 60, 18 * 60)), Bound.HOURS),
    ],
)
def test_a_wider_wish_names_the_bound(wish: TermsRequest, bound: Bound) -> None:
    with pytest.raises(TooWide) as wide:
        narrow(HELD, wish)
    assert wide.value.bound is bound


def test_a_grant_that_may_not_be_passed_on_is_not_passed_on() -> None:
    with pytest.raises(TooWide):
        narrow(replace(HELD, depth=0, rights=HELD.rights - {Right.DELEGATE}), TermsRequest())


@pytest.mark.parametrize(
    ("act", "bound"),
    [
        (Act(Right.RESET, NOW, "rp1-0001"), Bound.RIGHT),
        (Act(Right.ONBOARD, NOW, "rp1-0009"), Bound.PLACE),
        (Act(Right.ONBOARD, NOW, "rp1-0009", "hall-2"), None),
        (Act(Right.ONBOARD, NOW), None),
        (Act(Right.ONBOARD, NOW - timedelta(hours=1), "RP1-0001"), Bound.SINCE),
        (Act(Right.ONBOARD, NOW + timedelta(days=14), "RP1-0001"), Bound.UNTIL),
        (Act(Right.ONBOARD, NOW + timedelta(hours=10), "RP1-0001"), Bound.HOURS),
        (Act(Right.ONBOARD, NOW, "RP1-0001", devices=40), Bound.DEVICES),
        (Act(Right.ONBOARD, NOW, "RP1-0001", uses=1, devices=39), None),
        (Act(Right.READ, NOW, "RP1-0001"), None),
    ],
)
def test_an_act_outside_names_its_bound(act: Act, bound: Bound | None) -> None:
    assert breach(HELD, act) is bound


def test_uses_are_counted_for_each_device() -> None:
    once = replace(HELD, max_uses=1)
    assert breach(once, Act(Right.NETWORKS, NOW, "RP1-0001", uses=1)) is Bound.USES
    assert breach(once, Act(Right.NETWORKS, NOW, "RP1-0001", devices=5)) is None


@given(terms())
def test_terms_come_back_from_the_registry_as_they_were(made: GrantTerms) -> None:
    made = replace(made, deliveries=(Delivery(40, date(2026, 12, 7), "hall-2"),), max_uses=2)
    assert read_terms(made.as_json()) == made


@pytest.mark.parametrize(
    "changes",
    [
        {"rights": frozenset()},
        {"depth": 0},
        {"depth": 4},
        {"rights": frozenset({Right.READ})},
        {"until": NOW},
        {"devices": 0},
        {"max_uses": 0},
    ],
)
def test_terms_that_contradict_themselves_are_refused(changes: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(HELD, **changes)


@given(HOURS, HOURS)
def test_hours_are_within_others_minute_by_minute(one: Hours, other: Hours) -> None:
    minutes = [NOW.replace(hour=0) + timedelta(minutes=each) for each in range(DAY_MINUTES)]
    assert one.within(other) is all(other.hold(at) for at in minutes if one.hold(at))
