"""What the runs say together: filters, counts, what fails most, and which run another is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from companion.errors import Cancelled, CompanionError, LinkLostError
from companion.events import Found, Identified, StepStarted
from companion.model import Advertisement, DeviceIdentity, FoundDevice, Step
from companion.outcome import Result
from companion.registry import Registry, open_registry
from companion.registry.activity import MOST_SPANS, days_until, spans_since
from companion.registry.database.functions import ten_minutes
from companion.registry.database.tables import Run
from companion.registry.lists import FAILING, RunFact, RunQuery
from companion.registry.records import RunRecord
from tests.registry.run_samples import commissioned, outcome
from tests.support.many_runs import DEVICES, device_of, error_of, fill_runs, run_id

COUNT = 1030
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("many")
    fill_runs(folder, COUNT, now=NOW)
    registry = open_registry(folder)
    yield registry
    registry.close()


QUERIES: dict[str, tuple[RunQuery, Callable[[RunRecord], bool]]] = {
    "code": (RunQuery(code="R-103"), lambda run: run.error_code == "R-103"),
    "step": (RunQuery(step="hand_over"), lambda run: run.step == "hand_over"),
    "device by name": (RunQuery(device=device_of(7)), lambda run: run.device_name == device_of(7)),
    "device by id": (RunQuery(device=f"{7:016x}"), lambda run: run.device_name == device_of(7)),
    "model": (RunQuery(model="LK-1"), lambda run: run.model == "LK-1"),
    "protocol": (RunQuery(protocol="improv"), lambda run: run.protocol == "improv"),
    "firmware": (RunQuery(firmware="1.4.2"), lambda run: run.firmware == "1.4.2"),
    "radio": (RunQuery(radio="bumble"), lambda run: run.radio == "bumble:usb:0"),
    "ending": (RunQuery(ending="cancelled"), lambda run: run.ending == "cancelled"),
    "failing": (RunQuery(ending=FAILING), lambda run: run.ending == "failed"),
    "operation": (RunQuery(operation="commission"), lambda run: True),
    "time": (
        RunQuery(since=NOW - timedelta(hours=2), until=NOW - timedelta(hours=1)),
        lambda run: NOW - timedelta(hours=2) <= run.started < NOW - timedelta(hours=1),
    ),
    "all at once": (
        RunQuery("device bench", ending=FAILING, code="R-103", model="Lumen 2", firmware="1.4.2"),
        lambda run: (run.error_code, run.model, run.firmware) == ("R-103", "Lumen 2", "1.4.2"),
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_filter_takes_away_what_lacks_its_fact_and_nothing_else(many: Registry, name: str) -> None:
    query, fits = QUERIES[name]
    expected = [run.id for run in many.lists.every_run() if fits(run)]
    assert expected, "the filter is tried on some runs"
    assert [run.id for run in many.lists.every_run(query)] == expected
    assert many.lists.count_runs(query) == len(expected)
    assert many.lists.standing_of_run(query, expected[-1]).place == len(expected) - 1


def test_values_are_counted_most_frequent_first_whatever_of_them_is_chosen(many: Registry) -> None:
    runs = list(many.lists.every_run())
    for fact, of in (
        (RunFact.CODE, lambda run: run.error_code or ""),
        (RunFact.MODEL, lambda run: run.model),
        (RunFact.PROTOCOL, lambda run: run.protocol),
        (RunFact.ENDING, lambda run: run.ending),
        (RunFact.OPERATION, lambda run: run.operation or "commission"),
        (RunFact.DEVICE, lambda run: run.device_name),
    ):
        told = many.activity.values(RunQuery(), fact)
        counts: dict[str, int] = {}
        for run in runs:
            counts[of(run)] = counts.get(of(run), 0) + 1
        counts.pop("", None)
        assert {each.value: each.count for each in told} == counts, fact
        assert [each.count for each in told] == sorted(counts.values(), reverse=True)
        chosen = replace(RunQuery(), **{fact.value: told[0].value})
        assert many.activity.values(chosen, fact) == told
    some = many.activity.values(RunQuery(code="R-103"), RunFact.STEP)
    assert [each.value for each in some] == ["secure"]
    assert len(many.activity.values(RunQuery(), RunFact.DEVICE, limit=3)) == 3


def test_what_fails_most_comes_first_with_its_days(many: Registry) -> None:
    edges = days_until(NOW.date(), 2, UTC)
    told = many.activity.failures(RunQuery(code="R-103", step="secure"), edges)
    expected: dict[tuple[str, str], list[int]] = {}
    for number in range(COUNT):
        code, step = error_of(number)
        began = NOW - timedelta(minutes=number)
        if code and code != Cancelled.code and began >= edges[0]:
            expected.setdefault((code, step), [0, 0])[int(began >= edges[1])] += 1
    assert {(group.code, group.step): list(group.spans) for group in told.groups} == expected
    assert [group.count for group in told.groups] == sorted(map(sum, expected.values()), reverse=True)
    assert told.groups[0].code == "R-103" and told.groups[0].last == NOW - timedelta(minutes=10)
    assert told.failed == sum(map(sum, expected.values()))
    assert told.runs == many.lists.count_runs(RunQuery(since=edges[0], until=edges[-1]))
    only = many.activity.failures(RunQuery(protocol="improv"), edges)
    assert 0 < only.failed < told.failed
    assert many.activity.first() == NOW - timedelta(minutes=COUNT - 1)


def test_days_are_those_of_the_calendar_and_spans_reach_from_the_first_run_until_today() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    days = days_until(datetime(2026, 10, 26).date(), 3, berlin)
    assert [edge.isoformat() for edge in days] == [
        "2026-10-24T00:00:00+02:00",
        "2026-10-25T00:00:00+02:00",  # a day of 25 hours
        "2026-10-26T00:00:00+01:00",
        "2026-10-27T00:00:00+01:00",
    ]
    for age in (0, 1, MOST_SPANS - 1, MOST_SPANS, 400):
        first = NOW - timedelta(days=age)
        edges = spans_since(first, NOW.date(), UTC)
        assert edges[0] <= first < edges[1] and edges[-1] > NOW
        assert len(edges) <= MOST_SPANS + 1 and len(edges) == len(set(edges))
        assert len({after - before for before, after in pairwise(edges)}) == 1


def test_a_failed_run_is_held_against_the_nearest_good_one_of_its_device(many: Registry) -> None:
    failed = 505
    assert error_of(failed)[0]
    # The same device comes again after DEVICES runs, on the same radio after three times as many.
    alike = range(failed % (3 * DEVICES), COUNT, 3 * DEVICES)
    good = [number for number in alike if not error_of(number)[0]]
    near = many.activity.partner(many.run(run_id(failed)))
    assert near is not None and near.same_device
    assert abs(int(near.run, 16) - failed) == min(abs(number - failed) for number in good)
    assert int(near.run, 16) in good


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    opened = open_registry(tmp_path)
    yield opened
    opened.close()


FOUND = FoundDevice("rp1", Advertisement("C0:00:00:00:00:01", "Lumen", -40), "Lumen")


def _set_up(registry: Registry) -> tuple[str, str]:
    run = registry.begin_run(ecosystem="rp1", radio="virtual+bumble:tcp-client:127.0.0.1:6402")
    device = registry.finish_run(run, outcome(run, commissioned()))
    assert device is not None
    return run, device


def _fail(registry: Registry, error: CompanionError, *, identified: bool, step: Step = Step.SECURE) -> str:
    run = registry.begin_run(ecosystem="rp1", radio="virtual+bumble:tcp-client:127.0.0.1:6403")
    registry.append(run, Found(FOUND))
    if identified:
        registry.append(run, Identified(DeviceIdentity("rp1-0001", "Lamp", "Lamp 3", "SN-0001", "1.2.3")))
    ended = replace(outcome(run, result=Result.FAILED, error=error), failed_step=step)
    registry.finish_run(run, ended)
    return run


def test_a_run_carries_what_it_got_to_know_of_its_device(registry: Registry) -> None:
    good, device = _set_up(registry)
    early, late = (_fail(registry, LinkLostError(), identified=told) for told in (False, True))
    facts = {run: registry.run(run) for run in (good, early, late)}
    assert (facts[good].subject, facts[good].model, facts[good].firmware) == (device, "Lamp 3", "1.2.3")
    assert (facts[early].subject, facts[early].device_name, facts[early].model) == ("", "Lumen", "")
    assert (facts[late].subject, facts[late].device_name) == (device, "Lamp")
    assert (facts[late].firmware, facts[late].step) == ("1.2.3", "secure")
    assert [run.id for run in registry.lists.every_run(RunQuery(device=device))] == [late, good]
    assert registry.lists.count_runs(RunQuery(radio="virtual+bumble")) == 3
    document = registry.run(late).as_json()
    assert (document["device"], document["subject"], document["step"]) == (None, device, "secure")


def test_a_killed_run_is_found_by_the_step_it_was_in(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="os", subject="somebody")
    registry.append(run, StepStarted(Step.HAND_OVER))
    registry.close()
    registry = open_registry(tmp_path)
    (killed,) = registry.lists.every_run(RunQuery(step="hand_over", ending=FAILING))
    assert (killed.id, killed.ending, killed.subject) == (run, "interrupted", "somebody")
    (group,) = registry.activity.failures(RunQuery(), days_until(datetime.now(UTC).date(), 3, UTC)).groups
    assert (group.code, group.step, group.count) == ("", "hand_over", 1)
    registry.close()


def test_a_partner_has_what_is_known_in_common(registry: Registry) -> None:
    assert registry.activity.first() is None
    good, _ = _set_up(registry)
    late = _fail(registry, LinkLostError(), identified=True)
    early = _fail(registry, LinkLostError(), identified=False)
    assert (partner := registry.activity.partner(registry.run(late))) is not None
    assert (partner.run, partner.same_device) == (good, True)
    assert (partner := registry.activity.partner(registry.run(early))) is not None
    assert (partner.run, partner.same_device) == (good, False), "what it met is not known, its kind is"
    assert registry.activity.partner(registry.run(good)) is None, "no other run was good"
    other = registry.begin_run(ecosystem="improv", radio="os")
    registry.finish_run(
        other, replace(outcome(other, result=Result.FAILED, error=LinkLostError()), protocol="improv")
    )
    assert registry.activity.partner(registry.run(other)) is None


def test_cancelled_runs_are_no_failures(registry: Registry) -> None:
    _fail(registry, Cancelled(), identified=False)
    assert registry.activity.failures(RunQuery(), days_until(datetime.now(UTC).date(), 2, UTC)).failed == 0
    assert registry.lists.count_runs(RunQuery(ending="failed")) == 0
    assert registry.lists.count_runs(RunQuery(ending="cancelled")) == 1


def test_each_database_has_its_words_for_ten_minutes() -> None:
    statement = select(ten_minutes(Run.started))
    assert "to_char(runs.started AT TIME ZONE 'UTC'" in str(statement.compile(dialect=postgresql.dialect()))
    assert "substr(runs.started, 1, 15)" in str(statement.compile(dialect=sqlite.dialect()))
