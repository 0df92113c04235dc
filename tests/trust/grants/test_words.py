"""A grant in words: all that it allows is in the sentence, and each limit says who enforces it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from companion.protocols import delegation_drivers
from companion.trust.grants.names import key_ending
from companion.trust.grants.terms import GrantTerms, Hours, Places, Right
from companion.trust.grants.words import ALLOWED, Summary, summary

TERMS = GrantTerms(
    rights=frozenset({Right.ONBOARD, Right.NETWORKS}),
    places=Places(False, frozenset({"hall-2"})),
    until=datetime(2026, 12, 14, 18, 0, tzinfo=UTC),
    devices=40,
    hours=Hours(360, 1080),
)


def said(terms: GrantTerms) -> Summary:
    (driver,) = delegation_drivers().values()
    return summary(terms, "Line 2", driver.enforcement)


def test_the_sentence_says_who_what_where_how_many_and_until_when() -> None:
    assert said(TERMS).sentence == (
        "Line 2 may set up new devices, change their network – at hall-2, 40 devices at most – until "
        "2026-12-14 18:00 UTC."
    )


@pytest.mark.parametrize("right", Right)
def test_a_right_is_either_in_the_sentence_or_denied(right: Right) -> None:
    depth = 1 if right is Right.DELEGATE else 0
    told = said(replace(TERMS, rights=frozenset({right, Right.READ}), depth=depth))
    assert str(ALLOWED[right]) in told.sentence
    denied = " ".join(told.denied)
    assert ("pass rights on" in denied) is (right is not Right.DELEGATE)
    assert ("to reset devices" in denied) is (right is not Right.RESET)


def test_transfer_is_always_denied() -> None:
    every = replace(TERMS, rights=frozenset(Right), depth=1)
    assert "No grant can allow that" in said(every).denied[0]


def test_no_sentence_claims_that_a_device_counts_all_devices_or_knows_the_hours() -> None:
    by_devices, with_clock, by_services, by_log = said(TERMS).limits
    assert "other actions" in by_devices and "other sites or devices" in by_devices
    assert "can't check a date" in with_clock and "after it expires" in with_clock
    assert by_services.startswith("Rejected by the owner's endpoint") and "40 devices" in by_services
    assert by_log.startswith("Not prevented") and "06:00-18:00" in by_log
    for claimed in (by_devices, with_clock):
        assert "40" not in claimed and "06:00" not in claimed


def test_what_should_give_its_issuer_pause_is_said() -> None:
    wide = replace(TERMS, rights=frozenset(Right), depth=1, places=Places(True), devices=None)
    assert len(said(wide).warnings) == 4
    (chosen,) = said(TERMS).warnings
    assert "any new device" in chosen and said(replace(TERMS, rights=frozenset({Right.READ}))).warnings == ()


def test_a_site_and_serial_numbers_are_said_to_be_either() -> None:
    """A device takes a grant that names its site or its serial number: SPEC, 10.1."""
    both = replace(TERMS, places=Places(False, frozenset({"hall-2"}), frozenset({"sn-1", "sn-2"})))
    assert "– at hall-2 or with sn-1, sn-2, 40 devices at most –" in said(both).sentence


def test_one_summary_is_true_for_the_owner_and_for_the_holder() -> None:
    every = replace(TERMS, rights=frozenset(Right), depth=1, places=Places(True), devices=3)
    told = said(every)
    assert not re.search(r"\byour?\b", " ".join((told.sentence, *told.denied, *told.limits, *told.warnings)))


def test_the_end_of_a_key_is_long_enough_to_be_met_by_nobody() -> None:
    """Of two octets, another key's are the same after 65,536 trials."""
    key = bytes(range(65))
    assert key_ending(key) == "39:3A:3B:3C:3D:3E:3F:40"


def test_one_is_no_plural_and_serials_are_shown_as_they_are_written() -> None:
    rights, places = TERMS.rights | {Right.DELEGATE}, Places(False, serials=frozenset({"SN-A1"}))
    told = said(replace(TERMS, rights=rights, devices=1, max_uses=1, depth=1, places=places))
    assert "with SN-A1, 1 device at most" in told.sentence
    limits = " ".join(told.limits)
    assert "more than once with one device" in limits and "passing on more than once" in limits
    assert "more than 1 device" in limits and "1 devices" not in limits and "1 times" not in limits


def test_serials_are_compared_without_case() -> None:
    upper, lower = (Places(False, serials=frozenset({each})) for each in ("SN-A1", "sn-a1"))
    assert upper.within(lower) and lower.within(upper) and upper.cover("sN-a1", None)
    both = Places(False, serials=frozenset({"SN-A1", "sn-a1"}))
    assert len(both.serials) == 1
