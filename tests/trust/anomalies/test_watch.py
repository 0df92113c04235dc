"""One subject, watched: what it learns, what it leaves out, and that it can be put away and go on."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from companion.trust.anomalies import state
from companion.trust.anomalies.alarms import Alarm, Rule, Subject, SubjectKind
from companion.trust.anomalies.budget import Budget
from companion.trust.anomalies.records import Delivery, Ending, Onboarding
from companion.trust.anomalies.watch import Watch, hour_of

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
BUDGET = Budget(1.0)
JIG = Subject(SubjectKind.DELEGATE, "jig")


def one(moment: datetime, ending: Ending = Ending.ONBOARDED, model: str = "lamp") -> Onboarding:
    return Onboarding(moment.isoformat(), moment, ending, actor="jig", site="hall2", model=model)


def weeks(count: int) -> Iterator[Onboarding]:
    """Five devices on each working day, from eight to one."""
    for day in range(7 * count):
        if day % 7 < 5:
            for number in range(5):
                yield one(MONDAY + timedelta(days=day, hours=8 + number, minutes=7 * number))


def watched(count: int) -> Watch:
    watch = Watch(JIG)
    for each in weeks(count):
        assert watch.take(each, (), BUDGET) == []
    return watch


def take(watch: Watch, moment: datetime, count: int, deliveries: tuple[Delivery, ...] = ()) -> list[Alarm]:
    found = {}
    for number in range(count):
        for alarm in watch.take(one(moment + timedelta(minutes=number)), deliveries, BUDGET):
            found[alarm.cause] = alarm
    return list(found.values())


NIGHT = MONDAY + timedelta(days=9 * 7 + 1, hours=3)


def test_a_night_is_one_alarm_with_its_numbers_and_runs() -> None:
    (alarm,) = take(watched(9), NIGHT, 6)
    assert alarm.rule is Rule.UNUSUAL_HOUR
    assert str(alarm.sentence) == (
        "6 devices added between 03:00 and 04:00. In 9 weeks, none between 13:00 and 08:00."
    )
    assert len(alarm.runs) == 6
    assert alarm.hours[3] == 6
    assert alarm.usual[9] > 0.5 > alarm.usual[3]
    assert str(alarm.chance).startswith("Expected by chance ")


def test_nothing_is_said_in_the_first_four_weeks() -> None:
    watch = watched(3)
    assert take(watch, MONDAY + timedelta(days=22, hours=3), 6) == []


def test_an_announced_delivery_is_no_surprise_but_more_than_announced_is() -> None:
    morning = NIGHT.replace(hour=9)
    delivery = Delivery(40, NIGHT.replace(hour=0), NIGHT.replace(hour=0) + timedelta(days=1))
    assert take(watched(9), morning, 40, (delivery,)) == []
    (alarm,) = take(watched(9), morning, 59)
    assert alarm.rule is Rule.RATE
    assert take(watched(9), morning, 59, (Delivery(20, delivery.begin, delivery.end),)) != []


def test_a_burst_does_not_hide_in_a_delivery() -> None:
    """All of a delivery may come in one hour; what comes besides in this hour is no part of it."""
    morning = NIGHT.replace(hour=9)
    delivery = Delivery(40, NIGHT.replace(hour=0), NIGHT.replace(hour=0) + timedelta(days=1))
    (alarm,) = take(watched(9), morning, 60, (delivery,))
    assert alarm.rule is Rule.RATE


def test_a_visit_at_night_that_goes_on_past_the_hour_is_one_visit() -> None:
    """Two devices a few minutes apart say less of somebody else at work than two with hours between them."""
    across, apart = watched(9).stream, watched(9).stream
    for stream in (across, apart):
        stream.take(hour_of(NIGHT))
    one_visit = across.take(hour_of(NIGHT + timedelta(hours=1))).sequence
    assert apart.take(hour_of(NIGHT + timedelta(hours=2))).sequence > 2 * one_visit


def test_two_deliveries_of_one_day_and_place_are_both_announced() -> None:
    morning = NIGHT.replace(hour=9)
    day = Delivery(20, NIGHT.replace(hour=0), NIGHT.replace(hour=0) + timedelta(days=1), "hall2")
    assert take(watched(9), morning, 40, (day, day)) == []
    assert take(watched(9), morning, 59, (day,)) != []


def test_a_burst_is_one_however_much_the_counts_vary() -> None:
    watch = watched(9)
    watch.stream.baseline.day_spread.shape = watch.stream.baseline.hour_spread.shape = 0.01
    (alarm,) = take(watch, NIGHT.replace(hour=9), 59)
    assert alarm.rule is Rule.RATE and (alarm.years or 0) > 100


def test_a_delivery_of_a_day_does_not_mean_its_night() -> None:
    delivery = Delivery(40, NIGHT.replace(hour=0), NIGHT.replace(hour=0) + timedelta(days=1))
    assert take(watched(9), NIGHT, 6, (delivery,)) != []


def test_an_alarm_is_not_learned_until_it_was_planned() -> None:
    watch = watched(9)
    for week in range(3):
        assert take(watch, NIGHT + timedelta(days=7 * week), 6), week
    planned = watched(9)
    for week in range(3):
        for number in range(6):
            moment = NIGHT + timedelta(days=7 * week, minutes=number)
            planned.stream.take((moment.toordinal() - 1) * 24 + moment.hour)
    before, after = (
        take(each, NIGHT + timedelta(days=21), 6)[0].years or 0 for each in (watched(9), planned)
    )
    assert after < before / 20


def test_failures_of_many_devices_on_one_day_are_seen() -> None:
    watch = watched(9)
    found: list[Alarm] = []
    for number in range(9):
        found += watch.take(one(NIGHT.replace(hour=9, minute=number), Ending.REFUSED), (), BUDGET)
    assert {alarm.rule for alarm in found} == {Rule.REFUSALS}
    assert len({alarm.cause for alarm in found}) == 1


def test_models_that_are_never_used_are_seen() -> None:
    watch = Watch(JIG)
    models = ["lamp", "plug", "lamp", "lock"]
    for number, each in enumerate(weeks(12)):
        watch.take(one(each.time, model=models[number % 4]), (), BUDGET)
    found: list[Alarm] = []
    for number in range(60):
        moment = MONDAY + timedelta(days=12 * 7 + number // 5, hours=8 + number % 5)
        found += watch.take(one(moment, model="camera"), (), BUDGET)
    assert Rule.MODEL_MIX in {alarm.rule for alarm in found}


def test_a_watch_goes_on_where_it_was_put_away() -> None:
    watch, other = watched(9), watched(9)
    kept = json.loads(json.dumps(state.to_json(other)))
    taken_up = state.from_json(JIG, kept)
    assert taken_up is not None
    assert state.to_json(taken_up) == kept
    assert take(watch, NIGHT, 6) == take(taken_up, NIGHT, 6)
    assert state.from_json(JIG, {**kept, "version": 0}) is None


def test_a_year_without_runs_passes_quickly_and_is_learned() -> None:
    watch = watched(9)
    watch.take(one(MONDAY + timedelta(days=9 * 7 + 700, hours=9)), (), BUDGET)
    assert watch.days >= 9 * 7 + 699
    assert sum(watch.stream.baseline.devices) < 1


def test_a_site_speaks_where_several_delegates_are_behind_it() -> None:
    """What one of them did is for its own watch, which knows better what is usual for it."""
    found = []
    for actors in (("jig",), ("jig", "van")):
        watch = Watch(Subject(SubjectKind.SITE, "hall2"))
        for each in weeks(9):
            assert watch.take(each, (), BUDGET) == []
        alarms: list[Alarm] = []
        for number in range(60):
            done = one(NIGHT.replace(hour=9) + timedelta(minutes=number))
            alarms += watch.take(replace(done, actor=actors[number % len(actors)]), (), BUDGET)
        found.append({alarm.rule for alarm in alarms})
    assert found == [set(), {Rule.RATE}]
