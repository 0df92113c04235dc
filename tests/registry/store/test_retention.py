"""How long runs are kept: older ones go, and nothing that proves something goes with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from companion.cli import main
from companion.registry.database.tables import Credential, Event, Run
from companion.registry.lists import DeviceQuery, RunQuery
from companion.registry.retention import LEAST_DAYS, Removed
from companion.registry.store.registry import SqlRegistry
from tests.registry.run_samples import outcome
from tests.support.many_records import fill
from tests.support.many_runs import fill_runs
from tests.ui.support.steps import leave_half_done

DAYS, OLD, NEW, PROVEN = 30, 250, 20, 5
"""Failed and fine runs of before and since, and runs that devices came of."""


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[SqlRegistry]:
    now = datetime.now(UTC)
    fill_runs(tmp_path, OLD + NEW, now=now - timedelta(days=DAYS) + timedelta(minutes=NEW - 0.5))
    made = SqlRegistry.open(tmp_path)
    yield made
    made.close()


def count(registry: SqlRegistry, table: type) -> int:
    with Session(registry._engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_older_runs_go_and_the_others_stay_whole(registry: SqlRegistry) -> None:
    retention = registry.retention
    assert retention.days() is None and retention.apply() == Removed(0, 0), "for ever, until somebody says"
    assert retention.count(DAYS) == OLD
    events = count(registry, Event)
    retention.keep(DAYS)
    assert count(registry, Run) == OLD + NEW, "saying so removes nothing by itself"
    assert retention.apply() == Removed(OLD, 0)
    assert registry.lists.count_runs(RunQuery()) == NEW
    assert count(registry, Event) * (OLD + NEW) == events * NEW
    assert retention.count(DAYS) == 0 and retention.apply() == Removed(0, 0)
    retention.keep(None)
    assert retention.days() is None
    with pytest.raises(ValueError, match="6"):
        retention.keep(LEAST_DAYS - 1)


def test_what_proves_something_stays_with_the_outcome_of_its_run(tmp_path: Path) -> None:
    fill(tmp_path, PROVEN, now=datetime.now(UTC) - timedelta(days=DAYS + 1))
    registry = SqlRegistry.open(tmp_path)
    before = (count(registry, Credential), registry.lists.count_devices(DeviceQuery()))
    registry.retention.keep(DAYS)
    assert registry.retention.apply() == Removed(0, PROVEN)
    assert (count(registry, Credential), registry.lists.count_devices(DeviceQuery())) == before
    (device, *_) = registry.devices()
    run = registry.run(registry.device(f"id:{device.id}").runs[0])
    assert run.events == run.steps == () and run.ending == "commissioned"
    registry.close()


def test_an_unfinished_run_stays_until_somebody_settles_it(tmp_path: Path) -> None:
    leave_half_done(tmp_path, "Lamp")
    registry = SqlRegistry.open(tmp_path)
    (left,) = registry.unfinished()
    registry.retention.keep(LEAST_DAYS)
    later = datetime.now(UTC) + timedelta(days=DAYS)
    assert registry.retention.apply(now=later) == Removed(0, 0)
    assert registry.unfinished() == [left]
    registry.close()


def test_runs_that_end_take_a_few_older_ones_with_them(registry: SqlRegistry) -> None:
    registry.retention.keep(DAYS)
    for _ in range(2):
        run = registry.begin_run(ecosystem="rp1", radio="virtual")
        registry.finish_run(run, outcome(run))
    left = registry.retention.count(DAYS)
    assert 0 < left < OLD and (OLD - left) % 2 == 0
    assert registry.retention.apply() == Removed(left, 0)


def test_the_command_says_what_goes_before_it_goes(
    registry: SqlRegistry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def keep(*words: str) -> int:
        return main(["runs", "keep", *words, "--radio", "virtual", "--data-dir", str(tmp_path)])

    assert keep() == 0 and "for ever" in capsys.readouterr().out
    assert keep("3") == 2 and keep("soon") == 2
    assert keep(str(DAYS)) == 2, "nobody said yes"
    assert registry.retention.days() is None
    assert keep(str(DAYS), "--yes", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"days": DAYS, "removed": OLD, "emptied": 0}
    assert keep("ever") == 0 and "for ever" in capsys.readouterr().out
