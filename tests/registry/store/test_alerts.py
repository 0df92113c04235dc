"""Alerts in the registry: found once for each cause, answered, and cheap however many records there are."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.errors import LogRewritten, RecordMissing
from companion.model import Commissioned, Credential, Possession
from companion.registry import Registry, open_registry
from companion.registry.alerts import Answer
from companion.trust.anomalies.alarms import Rule
from companion.trust.anomalies.records import Ending, Onboarding
from companion.trust.grants.names import key_id
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import Delivery, GrantTerms, Hours, Places, Right
from companion.trust.heads import check_log
from tests.identity import requests
from tests.registry.run_samples import commissioned, outcome
from tests.trust.proof.samples import commission, open_both

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
HOLDER = b"\4" + bytes(64)
JIG = key_id(HOLDER)
TERMS = GrantTerms(frozenset({Right.ONBOARD}), Places(everywhere=True), until=MONDAY + timedelta(days=200))


def grant(registry: Registry, terms: GrantTerms = TERMS, id: str = "g1") -> None:
    registry.grants.keep(
        GrantRecord(id, "rp1", False, b"owner", "Owner", HOLDER, "Line 2", terms, text="", made=MONDAY)
    )


def one(number: int, moment: datetime, **changes: object) -> Onboarding:
    made = Onboarding(
        f"entry {number}",
        moment,
        Ending.ONBOARDED,
        actor=JIG,
        identity_key=b"key %d" % number,
        serial=f"LS-{number}",
        model="lamp",
        grant="g1",
        receipt=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def weeks(count: int) -> list[Onboarding]:
    """Five devices on each working day, at noon of any time zone's day."""
    return [
        one(100 * day + number, MONDAY + timedelta(days=day, hours=10 + number))
        for day in range(7 * count)
        if day % 7 < 5
        for number in range(5)
    ]


def night(day: int) -> list[Onboarding]:
    begin = MONDAY + timedelta(days=day, hours=1)
    return [one(100 * day + 50 + number, begin + timedelta(minutes=number)) for number in range(6)]


def test_a_copied_device_is_an_alert_with_both_its_runs(registry: Registry) -> None:
    grant(registry)
    registry.alerts.take_in([one(1, MONDAY), one(2, MONDAY, serial="LS-1")])
    (found,) = registry.alerts.check()
    assert found.rule is Rule.SAME_SERIAL
    assert found.runs == ("entry 1", "entry 2")
    assert found.subject.key == JIG
    assert str(found.chance) == "An exact rule, not a statistical one."
    assert registry.alerts.check() == []
    assert registry.alerts.all() == [found]
    assert registry.alerts.take_in([one(2, MONDAY)]) == 0


def test_a_night_is_one_alert_until_it_is_answered(registry: Registry) -> None:
    grant(registry)
    registry.alerts.take_in(weeks(9))
    assert registry.alerts.check() == []
    registry.alerts.take_in(night(64)[:5])
    (first,) = registry.alerts.check()
    registry.alerts.take_in(night(64)[5:])
    (grown,) = registry.alerts.check()
    assert (grown.id, len(first.runs), len(grown.runs)) == (first.id, 5, 6)
    assert len(registry.alerts.all()) == 1

    planned = registry.alerts.planned(first.id, "Night shift")
    assert (planned.answer, planned.note) == (Answer.PLANNED, "Night shift")
    registry.alerts.take_in(night(71))
    (second,) = registry.alerts.check()
    undone = registry.alerts.undo(first.id)
    assert undone.answer is None
    registry.alerts.take_in(night(78))
    (third,) = registry.alerts.check()
    # What was planned is less of a surprise the next time, and what was taken back is one again.
    assert (second.years or 0) < (first.years or 0) / 2
    assert (third.years or 0) > (second.years or 0)


def test_the_terms_of_a_grant_are_those_of_the_registry(registry: Registry) -> None:
    tomorrow = (MONDAY + timedelta(days=1)).date()
    limited = replace(
        TERMS,
        places=Places(sites=frozenset({"hall2"}), serials=frozenset({"LS-7"})),
        devices=3,
        hours=Hours(6 * 60, 18 * 60),
        deliveries=(Delivery(40, tomorrow, "hall2"),),
    )
    grant(registry, limited)
    noon = MONDAY + timedelta(hours=12)
    registry.alerts.take_in(
        [
            one(1, noon, site="hall2"),
            one(7, noon, site="yard"),
            one(2, noon, site="yard"),
            one(3, noon + timedelta(hours=11), site="hall2"),
            one(4, noon + timedelta(days=300), site="hall2"),
        ]
    )
    found = {(each.rule, each.runs[-1]) for each in registry.alerts.check()}
    assert found == {
        (Rule.OUT_OF_BOUNDS, "entry 2"),
        (Rule.NOT_LISTED, "entry 2"),
        (Rule.OUT_OF_BOUNDS, "entry 3"),
        (Rule.TOO_MANY, "entry 4"),
        (Rule.NO_GRANT, "entry 4"),
    }


def test_runs_of_this_computer_are_looked_at_when_they_end(registry: Registry) -> None:
    for firmware in ("1.4.0", "1.3.0"):
        run = registry.begin_run(ecosystem="rp1", radio="os")
        done = commissioned()
        device = replace(done.device, firmware=firmware)
        registry.finish_run(run, outcome(run, replace(done, device=device)))
    (found,) = registry.alerts.all()
    assert found.rule is Rule.OLDER_FIRMWARE
    assert found.runs[-1] == run
    assert not found.can_stop


def test_facts_of_runs_reach_the_rules(registry: Registry) -> None:
    """One secret on two labels, one request for two devices, and another owner after a reset."""
    for number, done in enumerate((commissioned(), other_device())):
        run = registry.begin_run(ecosystem="rp1", radio="os")
        registry.finish_run(run, outcome(run, replace(done, label="the same")))
        assert len(registry.alerts.all()) == number
    (found,) = registry.alerts.all()
    assert found.rule is Rule.SAME_SECRET
    for owner, possession in (("aa", Possession.RELEASED), ("bb", Possession.COMMISSIONED)):
        run = registry.begin_run(ecosystem="rp1", radio="os")
        done = replace(commissioned(), possession=possession, credentials=owned(owner))
        operation = "reset" if possession is Possession.RELEASED else None
        registry.finish_run(run, replace(outcome(run, done), operation=operation))
    assert found.rule in {each.rule for each in registry.alerts.all()}
    assert Rule.OTHER_OWNER not in {each.rule for each in registry.alerts.all()}, "nothing said who had it"
    for owner, possession in (("bb", Possession.RELEASED), ("cc", Possession.COMMISSIONED)):
        run = registry.begin_run(ecosystem="rp1", radio="os")
        done = replace(commissioned(), possession=possession, credentials=owned(owner))
        operation = "reset" if possession is Possession.RELEASED else None
        registry.finish_run(run, replace(outcome(run, done), operation=operation))
    assert Rule.OTHER_OWNER in {each.rule for each in registry.alerts.all()}


def other_device() -> Commissioned:
    done = commissioned()
    device = replace(done.device, id="another", serial="LS-77")
    return replace(done, device=device, identity_key=b"\4" + bytes(63) + b"2", receipt=None)


def owned(owner: str) -> tuple[Credential, ...]:
    return (Credential("owner", {"key": owner}),)


def test_a_request_is_for_one_device_and_once(tmp_path: Path) -> None:
    opened, identity = open_both(tmp_path)
    key = requests.device_key()
    for serial in ("SN-1", "SN-2"):
        commission(opened, identity, serial, key=key)
    (found,) = opened.alerts.all()
    assert (found.rule, len(found.runs)) == (Rule.SAME_REQUEST, 2)
    opened.close()


def test_a_receipt_that_is_not_in_the_log_is_an_alert_once_somebody_looks(tmp_path: Path) -> None:
    opened, identity = open_both(tmp_path)
    lost = commission(opened, identity, "SN-1")
    commission(opened, identity, "SN-2")
    assert check_log(opened) == () and opened.alerts.all() == []
    with closing(sqlite3.connect(tmp_path / "registry.db")) as database, database:
        database.execute("DELETE FROM log WHERE run_id = ?", (lost.run,))
    with pytest.raises(LogRewritten):
        check_log(opened)
    (found,) = opened.alerts.all()
    assert (found.rule, found.runs) == (Rule.NOT_LOGGED, (lost.run,))
    opened.close()


def test_a_reset_is_no_alert(registry: Registry) -> None:
    for possession in (Possession.COMMISSIONED, Possession.RELEASED, Possession.COMMISSIONED):
        run = registry.begin_run(ecosystem="rp1", radio="os")
        ended = outcome(run, replace(commissioned(), possession=possession))
        operation = "reset" if possession is Possession.RELEASED else None
        registry.finish_run(run, replace(ended, operation=operation))
    assert registry.alerts.all() == []


def test_answers_and_the_budget_outlive_the_program(tmp_path: Path) -> None:
    opened = open_registry(tmp_path)
    grant(opened)
    opened.alerts.take_in([one(1, MONDAY), one(2, MONDAY, serial="LS-1")])
    (found,) = opened.alerts.check()
    opened.alerts.stopped(found.id)
    opened.alerts.set_budget(0.5)
    opened.close()
    again = open_registry(tmp_path)
    try:
        assert again.alerts.one(found.id[:4]).answer is Answer.STOPPED
        seen = again.alerts.overview()
        assert (seen.onboardings, seen.delegates, seen.monthly) == (2, 1, 0.5)
        with pytest.raises(RecordMissing):
            again.alerts.planned("missing", "")
    finally:
        again.close()


def test_a_check_reads_what_is_new(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much there is: a check after one run judges one onboarding."""
    from companion.trust.anomalies.watch import Watch

    grant(registry)
    registry.alerts.take_in(weeks(20))
    registry.alerts.check()
    judged = []
    take, learn = Watch.take, Watch.learn
    monkeypatch.setattr(Watch, "take", lambda *a, **k: (judged.append(1), take(*a, **k))[1])
    monkeypatch.setattr(Watch, "learn", lambda *a, **k: (judged.append(1), learn(*a, **k))[1])
    registry.alerts.take_in([one(99_999, MONDAY + timedelta(days=141, hours=11))])
    registry.alerts.check()
    assert len(judged) == 1


def test_what_is_usual_is_made_anew_a_part_with_each_run(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update or an answer it is not there. A run must not wait for all of it."""
    from companion.registry.store import alerts as store
    from companion.trust.anomalies.watch import Watch

    history = weeks(9)
    grant(registry)
    registry.alerts.take_in(history)
    registry.alerts.check()
    registry.alerts.take_in(night(64))
    (whole,) = registry.alerts.check()
    registry.alerts.undo(whole.id)  # forgets what is usual, and changes nothing else
    learned = []
    learn = Watch.learn
    monkeypatch.setattr(Watch, "learn", lambda *a, **k: (learned.append(1), learn(*a, **k))[1])
    monkeypatch.setattr(store, "_REPLAYED_IN_A_RUN", 100)
    moment = MONDAY + timedelta(days=66, hours=12)
    for number in range(3):
        before = len(learned)
        registry.alerts.take_in([one(70_000 + number, moment + timedelta(minutes=number))])
        assert registry.alerts.check(most=20) == []
        assert len(learned) - before <= 100
    assert len(learned) == len(history) + len(night(64)) + 2
    registry.alerts.take_in(night(71))
    (again,) = registry.alerts.check(most=20)
    assert (again.rule, again.hours[1:3], len(again.runs)) == (whole.rule, whole.hours[1:3], 6)
