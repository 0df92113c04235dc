"""Two laptops and one database: nothing is lost, nothing is there twice, and everybody knows who it was."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from companion.errors.registry import RecordChanged
from companion.events import RevocationReason
from companion.registry.notes import Told
from companion.registry.team.deliverer import Deliverer
from companion.registry.team.registry import TeamRegistry
from tests.registry.run_samples import commissioned, outcome
from tests.registry.team.conftest import Laptop
from tests.registry.team.samples import commission, everything
from tests.support.postgres import Database
from tests.support.until import wait_until


def test_each_sees_what_the_other_did_and_who_it_was(laptop: Laptop) -> None:
    ada, grace = laptop("Ada"), laptop("Grace")
    run, record = commission(ada, 1, *everything())
    assert record == "rp1-0001"
    seen = grace.run(run)
    assert (seen.operator, seen.state, seen.as_json()["operator"]) == ("Ada", "commissioned", "Ada")
    assert [event.kind for event in seen.events][:3] == ["run_started", "step_started", "step_finished"]
    assert len(seen.events) == len(everything()) and [step.step for step in seen.steps] == ["find"]
    grace.notes.take([(record, Told(name="Porch"))])
    edited = ada.device(record)
    assert (edited.name, edited.editor, edited.revision) == ("Porch", "Grace", 1)
    assert edited.as_json()["edited_by"] == "Grace"
    lost = grace.begin_run(ecosystem="rp1", radio="none")
    (revoked,) = grace.revoke(lost, record, RevocationReason.LOST)
    assert revoked.operator == "Grace" and ada.is_revoked(revoked.fingerprint)
    assert [each.operator for each in ada.revocations() if each.reason == "lost"] == ["Grace"]


def test_an_edit_of_a_stale_record_is_not_written_and_names_the_other(laptop: Laptop) -> None:
    ada, grace = laptop("Ada"), laptop("Grace")
    _, record = commission(ada, 1)
    assert record is not None
    mine, theirs = ada.device(record), grace.device(record)
    ada.notes.take([(record, Told(name="Porch", room="Garden", seen=mine.revision))])
    with pytest.raises(RecordChanged) as refused:
        grace.notes.take([(record, Told(name="Cellar", note="damp", seen=theirs.revision))])
    assert refused.value.facts == {"name": "Porch", "operator": "Ada"}
    now = grace.device(record)
    assert (now.name, now.room, now.note) == ("Porch", "Garden", "")
    grace.notes.take([(record, Told(note="damp", seen=now.revision))])
    assert (grace.device(record).name, grace.device(record).note) == ("Porch", "damp")


def test_edits_of_one_device_at_once_do_not_undo_each_other(laptop: Laptop) -> None:
    ada, grace = laptop("Ada"), laptop("Grace")
    _, record = commission(ada, 1)
    assert record is not None

    def tag(registry: TeamRegistry, letter: str) -> None:
        for number in range(8):
            registry.notes.tag([record], add=[f"{letter}{number}"])

    both = [threading.Thread(target=tag, args=(who, letter)) for who, letter in ((ada, "a"), (grace, "b"))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(ada.device(record).tags) == 16


def test_the_log_grows_by_one_leaf_for_each_receipt_whoever_brings_it(laptop: Laptop, team: Database) -> None:
    ada, grace = laptop("Ada"), laptop("Grace")
    before = ada.log.head()

    def work(registry: TeamRegistry, numbers: range) -> None:
        for number in numbers:
            commission(registry, number)

    both = [threading.Thread(target=work, args=each) for each in ((ada, range(1, 5)), (grace, range(3, 7)))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    # Devices 3 and 4 were set up by both, and their receipts are the same.
    wait_until(lambda: ada.log.head().size == 6)
    head = grace.log.head()
    grace.log.audit({before.size: before.root, head.size: head.root})
    assert ada.log.head().root == head.root
    assert team.sql("SELECT count(*), count(DISTINCT leaf) FROM companion.log") == [(6, 6)]
    assert {each.serial for each in ada.devices()} == {f"SN-{number:04}" for number in range(1, 7)}


def test_a_run_goes_on_in_the_records_while_its_laptop_is_heard_of(laptop: Laptop, team: Database) -> None:
    ada = laptop("Ada")
    run = ada.begin_run(ecosystem="rp1", radio="virtual")
    wait_until(lambda: team.sql("SELECT state FROM companion.runs") == [("running",)])
    grace = laptop("Grace")
    assert grace.run(run).state == "running"
    # Nothing was heard of Ada's laptop for a while, by the server's clock.
    team.sql("UPDATE companion.presences SET seen = seen - interval '2 minutes' WHERE operator = 'Ada'")
    alan = laptop("Alan")
    assert alan.run(run).state == "interrupted"
    # It was only asleep.
    ada.append(run, everything()[1])
    wait_until(lambda: alan.run(run).state == "running")
    ada.finish_run(run, outcome(run, commissioned()))
    assert alan.run(run).state == "commissioned"


def test_a_computer_with_a_wrong_clock_writes_the_times_of_the_server(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dates

    from companion.registry.team import registry, server

    class Behind(dates.datetime):
        @classmethod
        def now(cls, tz: dates.tzinfo | None = None) -> dates.datetime:  # type: ignore[override]
            return dates.datetime.now(tz) - dates.timedelta(hours=5)

    ada = laptop("Ada")
    for module in (registry, server):
        monkeypatch.setattr(module, "datetime", Behind)
    monkeypatch.setattr("companion.registry.team.deliverer.datetime", Behind)
    monkeypatch.setattr("companion.registry.team.journal.datetime", Behind)
    ada._server.ping()
    run, _ = commission(ada, 1)
    away = dates.datetime.now(dates.UTC) - ada.run(run).started
    assert abs(away.total_seconds()) < 60


def test_virtual_devices_never_meet_real_ones(laptop: Laptop) -> None:
    real, virtual = laptop("Ada"), laptop("Ada's lab", virtual=True)
    commission(virtual, 1)
    assert [each.serial for each in virtual.devices()] == ["SN-0001"] and real.devices() == []


def test_two_laptops_keep_what_protocols_remember_apart(laptop: Laptop, tmp_path: Path) -> None:
    from companion.identity import open_identity

    ada, grace = laptop("Ada"), laptop("Grace")
    vault = open_identity(tmp_path / "Ada", throwaway=True).vault
    ada.memory("rp1", vault).put("epochs", {"a": 1})
    assert grace.memory("rp1", vault).get("epochs") is None
    assert ada.memory("rp1", vault).get("epochs") == {"a": 1}


def test_the_end_of_a_run_is_brought_though_its_last_event_was_just_on_its_way(
    laptop: Laptop, team: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told of the event must not be taken for the end, which was written in between."""
    ada = laptop("Ada")
    run = ada.begin_run(ecosystem="rp1", radio="virtual")
    wait_until(lambda: team.sql("SELECT state FROM companion.runs") == [("running",)])
    told, may_tell = threading.Event(), threading.Event()
    tell = Deliverer._tell

    def late(self: Deliverer, *arguments: Any, **more: Any) -> None:
        told.set()
        may_tell.wait()
        tell(self, *arguments, **more)

    monkeypatch.setattr(Deliverer, "_tell", late)
    ada.append(run, everything()[1])
    told.wait()
    bring = Deliverer.bring

    def release(self: Deliverer, *arguments: Any, **more: Any) -> tuple[bool, str | None]:
        may_tell.set()
        return bring(self, *arguments, **more)

    monkeypatch.setattr(Deliverer, "bring", release)
    assert ada.finish_run(run, outcome(run, commissioned())) is not None, "the id of its device"
    assert laptop("Grace").run(run).state == "commissioned"
