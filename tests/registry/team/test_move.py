"""From the data folder to a server: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.errors import RegistryBusy, StorageError
from companion.errors.registry import RegistryMoved, RegistryNotEmpty
from companion.identity import open_identity
from companion.registry import open_registry
from companion.registry.notes import Told
from companion.registry.team.move import move
from tests.registry.team.conftest import Laptop
from tests.registry.team.samples import commission, everything
from tests.support.postgres import Database


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A data folder with records of every kind."""
    folder = tmp_path / "Ada"
    registry = open_registry(folder, operator="Ada")
    registry.log.head()
    _, record = commission(registry, 1, *everything())
    for number in range(2, 6):
        commission(registry, number)
    assert record is not None
    registry.notes.take([(record, Told(name="Porch", tags=("spare",), note="top shelf"))])
    registry.memory("rp1", open_identity(folder, throwaway=True).vault).put("epochs", {"a": 1})
    registry.close()
    return folder


def test_records_are_the_same_on_the_server_and_stay_here(
    filled: Path, laptop: Laptop, team: Database
) -> None:
    before = open_registry(filled)
    devices, runs, head = before.devices(), before.runs(), before.log.head()
    whole = [before.device(f"id:{each.id}").as_json() for each in devices]
    before.close()
    moved = move(filled, team.address())
    assert (moved.counts["devices"], moved.counts["runs"], moved.head.size) == (5, 5, 5)
    ada = laptop("Ada")
    assert ada.devices() == devices and ada.runs() == runs
    assert [ada.device(f"id:{each.id}").as_json() for each in devices] == whole
    after = ada.log.head()
    assert (after.origin, after.size, after.root) == (head.origin, head.size, head.root)
    ada.log.audit({head.size: head.root})
    # What a protocol remembers is with the keys, and nowhere else.
    vault = open_identity(filled, throwaway=True).vault
    assert ada.memory("rp1", vault).get("epochs") == {"a": 1}
    assert team.sql("SELECT count(*) FROM companion.memory WHERE protocol = 'rp1'") == [(0,)]
    commission(ada, 6)
    assert ada.log.head().size == 6
    ada.close()
    with pytest.raises(RegistryMoved) as gone:
        open_registry(filled)
    assert team.name in gone.value.advice_text


def test_a_move_whose_end_got_lost_is_found_done(filled: Path, team: Database) -> None:
    moved = move(filled, team.address())
    assert move(filled, team.address()) == moved


def test_nothing_is_mixed_with_what_is_there(filled: Path, laptop: Laptop, team: Database) -> None:
    commission(laptop("Grace"), 9)
    with pytest.raises(RegistryNotEmpty):
        move(filled, team.address())
    assert team.sql("SELECT count(*) FROM companion.devices") == [(1,)]
    open_registry(filled).close()


def test_a_move_that_fails_half_way_leaves_nothing_there_and_changes_nothing_here(
    filled: Path, team: Database
) -> None:
    team.sql("CREATE FUNCTION companion.no() RETURNS trigger AS $$BEGIN RAISE 'no'; END$$ LANGUAGE plpgsql")
    trigger = "CREATE TRIGGER no BEFORE INSERT ON companion.{} FOR EACH ROW EXECUTE FUNCTION companion.no()"
    team.sql(trigger.format("receipts"))
    with pytest.raises(StorageError):
        move(filled, team.address())
    for table in ("runs", "devices", "events", "memory", "log"):
        assert team.sql(f"SELECT count(*) FROM companion.{table}") == [(0,)]
    here = open_registry(filled)
    assert len(here.devices()) == 5
    here.close()


def test_nothing_is_moved_while_a_run_goes_on(filled: Path, team: Database) -> None:
    here = open_registry(filled)
    here.begin_run(ecosystem="rp1", radio="virtual")
    with pytest.raises(RegistryBusy):
        move(filled, team.address())
    here.close()
    assert team.sql("SELECT count(*) FROM companion.runs") == [(0,)]
