"""What a station does not do: the bound is named, and the air is not touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.errors import GrantMissing, OutsideGrant, SeveralGrants
from companion.station.authority import Authority
from companion.trust.grants.terms import Bound, Hours, Right
from tests.runs.test_delegation import TERMS, Delegate
from tests.station.line import Line, jobs_of

NOW = datetime.now(UTC).replace(microsecond=0)
ELSEWHEN = Hours((NOW.hour + 3) % 24 * 60, (NOW.hour + 4) % 24 * 60)


@pytest.fixture
def delegate(tmp_path: Path) -> Iterator[Delegate]:
    made = Delegate(tmp_path)
    yield made
    made.registry.close()
    made.owners.close()


def choose(delegate: Delegate, grant: str = "", site: str = "", *, own: bool = False) -> Authority:
    return Authority.choose(delegate.identity, delegate.registry, grant, site, own=own)


def test_without_a_grant_it_works_for_its_own_owner(delegate: Delegate) -> None:
    made = choose(delegate)
    assert made.grant is None and made.pause(3) is None
    delegate.take(replace(TERMS, rights=frozenset({Right.ROTATE})))
    assert choose(delegate).grant is None, "a grant that lets nobody set devices up is none for a station"


def test_the_only_grant_is_used_by_itself_and_one_of_several_has_to_be_named(delegate: Delegate) -> None:
    first = delegate.take(TERMS)
    made = choose(delegate)
    assert made.grant is not None and (made.grant.id, made.site) == (first.id, "hall-2")
    assert choose(delegate, own=True).grant is None
    delegate.take(TERMS)
    with pytest.raises(SeveralGrants) as several:
        choose(delegate)
    assert first.id in several.value.advice_text
    assert choose(delegate, first.id).grant is not None


def test_a_grant_that_was_issued_here_is_not_held(delegate: Delegate) -> None:
    held = delegate.take(TERMS)
    with pytest.raises(GrantMissing):
        Authority.choose(delegate.owner, delegate.owners, held.id)


@pytest.mark.parametrize(
    ("site", "bound"), [("hall-3", Bound.PLACE), ("", Bound.REVOKED)], ids=["place", "revoked"]
)
def test_what_a_grant_never_allows_ends_the_station_before_it_begins(
    delegate: Delegate, site: str, bound: Bound
) -> None:
    held = delegate.take(TERMS)
    if bound is Bound.REVOKED:
        delegate.revoke(held)
    with pytest.raises(OutsideGrant) as outside:
        choose(delegate, held.id, site)
    assert outside.value.bound == bound.value


@pytest.mark.parametrize("changes", [{"hours": ELSEWHEN}, {"since": NOW + timedelta(hours=2)}])
def test_what_it_does_not_allow_yet_is_waited_for(delegate: Delegate, changes: dict) -> None:
    delegate.take(replace(TERMS, **changes))
    reason = choose(delegate).pause(0)
    assert reason is not None and "{" not in str(reason) and "UTC" in str(reason)


def test_devices_that_are_being_set_up_count(delegate: Delegate) -> None:
    delegate.take(replace(TERMS, devices=2))
    made = choose(delegate)
    assert made.pause(1) is None
    assert made.pause(2) is not None


async def test_a_code_beyond_the_number_of_devices_is_put_aside_with_the_bound(line: Line) -> None:
    await line.give("anna", "hall", "--right", "onboard", "--everywhere", "--devices", "1")
    devices = await line.power_on(2)
    codes = line.codes("codes.csv", devices)
    told = await line.station(
        "--csv", codes, "--at-once", "2", "--grant", str(line.folder / "hall.grant"), app="hall", status=5
    )
    ends = {each["job"]: each for each in jobs_of(told)}
    assert sorted(each["state"] for each in ends.values()) == ["commissioned", "put aside"]
    (aside,) = [each for each in ends.values() if each["state"] == "put aside"]
    assert (
        aside["problem"]["code"] == "A-150"
        and "as many devices as it allows: 1" in aside["problem"]["advice"]
    )
    assert aside["run"] == "", "nothing was begun"
    again = await line.station("--csv", codes, app="hall")
    assert again[-1]["counts"]["commissioned"] == 1 and jobs_of(again) == [], "a grant that is used up"


async def test_damaged_and_foreign_codes_are_put_aside_and_hide_no_good_one(line: Line) -> None:
    (device,) = await line.power_on(1)
    file = line.folder / "codes.csv"
    file.write_text(f"code,name\nRPL1:DAMAGED,\nhttps://example.com,\n{device.setup_code},Lamp 7\n")
    told = await line.station("--csv", str(file), app="hall", status=3)
    ends = {each["job"]: each for each in jobs_of(told)}.values()
    problems = [each["problem"] and each["problem"]["code"] for each in ends]
    assert [each["state"] for each in ends] == ["put aside", "put aside", "commissioned"]
    assert all(problems[:2]) and [each["name"] for each in ends][2] == "Lamp 7"


async def test_a_listed_serial_number_that_the_grant_does_not_cover_is_put_aside_unsent(line: Line) -> None:
    first, second = await line.power_on(2)
    named = ("--serial", first.label.serial)
    tomorrow = f"1@{datetime.now() + timedelta(days=1):%Y-%m-%d}"
    await line.give("anna", "hall", "--right", "onboard", *named, "--delivery", tomorrow)
    codes = line.codes("codes.csv", [second, first])
    told = await line.station("--csv", codes, app="hall", status=5)
    ends = {each["listed"]: each for each in jobs_of(told)}
    refused = ends[second.label.serial]
    assert (ends[first.label.serial]["state"], refused["state"]) == ("commissioned", "put aside")
    assert refused["problem"]["code"] == "A-150" and refused["run"] == ""
    (said,) = [each for each in told if each["event"] == "unannounced"]
    assert "has 1 devices, and 0 are announced for today" in said["reason"]
