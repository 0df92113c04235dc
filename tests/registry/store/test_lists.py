"""Lists of devices and runs: whole, in order, found and counted, whichever way their pages are read."""

from __future__ import annotations

import contextlib
import sqlite3
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from companion.errors import CompanionError, RecordMissing
from companion.events import Found, RevocationReason, TokenOffered
from companion.model import Advertisement, Credential, DeviceIdentity, FoundDevice, OfferedToken
from companion.outcome import Result
from companion.registry import Registry, open_registry
from companion.registry.database.connection import DATABASE
from companion.registry.lists import (
    DeviceFilter,
    DeviceOrder,
    DeviceQuery,
    Indexing,
    Key,
    Page,
    RunQuery,
    Standing,
)
from tests.registry.run_samples import commissioned, outcome
from tests.support.many_records import fill, name_of

COUNT = 730
"""Not a multiple of a page."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    folder = tmp_path_factory.mktemp("many")
    fill(folder, COUNT)
    registry = open_registry(folder)
    yield registry
    registry.close()


def device_ids(registry: Registry, query: DeviceQuery, limit: int = 100) -> list[str]:
    """The whole list, page after page."""
    found: list[str] = []
    after: Key | None = None
    while (page := registry.lists.devices(query, after=after, limit=limit)).rows:
        found += [row.record.id for row in page.rows]
        after = page.end
    return found


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", DeviceOrder)
def test_pages_make_the_whole_list_once(many: Registry, order: DeviceOrder, descending: bool) -> None:
    query = DeviceQuery(order=order, descending=descending)
    ids = device_ids(many, query)
    assert len(ids) == len(set(ids)) == many.lists.count_devices(query) == COUNT
    assert ids == device_ids(many, query, limit=97)
    backwards = DeviceQuery(order=order, descending=not descending)
    assert ids[::-1] == device_ids(many, backwards)
    for row in (0, 99, 100, 501, COUNT - 1):
        assert many.lists.standing_of_device(query, ids[row]) == Standing(COUNT, row)
        (there,) = many.lists.devices(query, skip=row, limit=1).rows
        assert there.record.id == ids[row]
    edge = many.lists.devices(query, limit=100).end
    assert [row.record.id for row in many.lists.devices(query, after=edge, skip=150, limit=5).rows] == ids[
        250:255
    ]
    assert [each.id for each in many.lists.every_device(query)] == ids


def test_names_are_sorted_without_case_and_certificates_by_their_end(many: Registry) -> None:
    names = [row.record.name for row in many.lists.devices(DeviceQuery()).rows]
    assert names == sorted((name_of(number) for number in range(COUNT)), key=str.casefold)[:100]
    expiring = many.lists.devices(DeviceQuery(order=DeviceOrder.EXPIRY)).rows
    ends = [row.record.credentials[0].details["not_after"] for row in expiring]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("SN-000123", 1),
        ("hallway SENSOR", 37),
        ("sensor hallway", 37),
        ("improv", 243),
        ("hafen", COUNT),
        ("100%", 0),
        ("_", 0),
        ("no such thing", 0),
        ("  ", COUNT),
    ],
)
def test_each_word_of_a_search_occurs(many: Registry, search: str, count: int) -> None:
    query = DeviceQuery(search=search)
    assert many.lists.count_devices(query) == len(device_ids(many, query)) == count


def test_what_needs_attention_is_what_its_certificate_and_state_say(many: Registry) -> None:
    def numbers(which: DeviceFilter) -> set[int]:
        return {int(id, 16) for id in device_ids(many, DeviceQuery(which=which))}

    gone = {number for number in range(COUNT) if number % 90 == 89}
    due = {number for number in range(COUNT) if number % 50 == 49 or number % 70 == 69} - gone
    assert numbers(DeviceFilter.NEEDS_ATTENTION) == due
    assert numbers(DeviceFilter.SET_UP) == set(range(COUNT)) - gone - due
    by_state = [int(id, 16) for id in device_ids(many, DeviceQuery(order=DeviceOrder.STATE))]
    assert set(by_state[: len(due)]) == due
    assert set(by_state[-len(gone) :]) == gone
    assert by_state[0] % 70 == 69, "one whose certificate has ended comes before one that is due"


def test_a_device_comes_with_its_latest_run(many: Registry) -> None:
    (row,) = many.lists.devices(DeviceQuery(search="SN-000123")).rows
    assert row.last is not None
    assert row.last.device == row.record.id
    assert many.lists.latest_run(row.record.id) == row.last.id
    assert many.lists.latest_run("nobody") is None


def test_runs_are_listed_newest_first_and_found_by_what_people_remember(many: Registry) -> None:
    def ids(query: RunQuery) -> list[str]:
        found: list[str] = []
        page: Page = many.lists.runs(query)
        while page.rows:
            found += [row.record.id for row in page.rows]
            page = many.lists.runs(query, after=page.end)
        return found

    whole = ids(RunQuery())
    assert len(whole) == len(set(whole)) == many.lists.count_runs(RunQuery()) == COUNT
    assert [each.id for each in many.lists.every_run()] == whole
    assert all(a.record.started > b.record.started for a, b in pairwise(many.lists.runs(RunQuery()).rows))
    assert ids(RunQuery("SN-000123")) == [whole[123]] == ids(RunQuery(whole[123]))
    assert many.lists.standing_of_run(RunQuery(), whole[123]) == Standing(COUNT, 123)
    assert many.lists.standing_of_run(RunQuery("improv"), whole[0]).place is None
    assert len(ids(RunQuery("cellar lock"))) == many.lists.count_runs(RunQuery("lock cellar")) == 37


def test_a_list_that_changes_while_it_is_read_shows_nothing_twice(tmp_path: Path) -> None:
    fill(tmp_path, 300)
    registry = open_registry(tmp_path)
    query = DeviceQuery(order=DeviceOrder.CHANGED, descending=True)
    first = registry.lists.devices(query)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.finish_run(run, outcome(run, commissioned()))
    second = registry.lists.devices(query, after=first.end)
    assert not {row.record.id for row in first.rows} & {row.record.id for row in second.rows}
    registry.close()


def test_a_whole_list_takes_the_memory_of_some_rows(tmp_path: Path) -> None:
    fill(tmp_path, 1500)
    registry = open_registry(tmp_path)
    sum(1 for _ in registry.lists.every_device())  # what SQLAlchemy keeps of statements
    tracemalloc.start()
    assert sum(1 for _ in registry.lists.every_device()) == 1500
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    registry.close()
    assert most < 5_000_000, "200 devices take about 2 MB, 1,500 about 12"


# --- what keeps the columns true ---


def test_a_renamed_device_and_its_runs_are_found_by_the_new_name(registry: Registry) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    device = registry.finish_run(run, outcome(run, commissioned()))
    assert device is not None
    registry.rename(f"id:{device}", name="STRASSENLAMPE Außen", room="Garten")
    for search in ("strassenlampe", "außen", "aussen", "garten", "home", "kitchen lamp"):
        assert registry.lists.count_devices(DeviceQuery(search=search)) == 1, search
    (row,) = registry.lists.runs(RunQuery("garten")).rows
    assert (row.record.id, row.device_name) == (run, "STRASSENLAMPE Außen")


def test_failed_and_killed_runs_are_found_by_what_is_known_of_them(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    found = FoundDevice("rp1", Advertisement("C0:00:00:00:00:01", "Porch lamp", -40), "Porch lamp")
    failed = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.append(failed, Found(found))
    registry.finish_run(failed, outcome(failed, result=Result.FAILED, error=CompanionError("x")))
    killed = registry.begin_run(ecosystem="improv", radio="virtual")
    registry.append(killed, Found(found))
    registry.close()
    registry = open_registry(tmp_path)
    assert [row.record.id for row in registry.lists.runs(RunQuery("porch")).rows] == [killed, failed]
    assert registry.lists.count_runs(RunQuery("interrupted")) == 1
    assert registry.lists.count_runs(RunQuery(f"{CompanionError.code} failed")) == 1
    registry.close()


def test_a_new_certificate_and_a_token_change_what_needs_attention(registry: Registry) -> None:
    def counts() -> tuple[int, int]:
        count = registry.lists.count_devices
        return count(DeviceQuery(which=DeviceFilter.NEEDS_ATTENTION)), count(
            DeviceQuery(which=DeviceFilter.SET_UP)
        )

    def set_up(days: int) -> str:
        end = datetime.now(UTC) + timedelta(days=days)
        begin = end - timedelta(days=100)
        facts = {"not_before": begin.isoformat(), "not_after": end.isoformat(), "fingerprint": f"{days:064}"}
        run = registry.begin_run(ecosystem="rp1", radio="virtual")
        done = commissioned()
        done = type(done)(
            DeviceIdentity("rp1-0001", "Lamp", None, "SN-1"),
            "oob",
            (Credential("ldevid", facts),),
            done.handshake,
            done.receipt,
            done.proof,
            identity_key=done.identity_key,
        )
        device = registry.finish_run(run, outcome(run, done))
        assert device is not None
        return device

    device = set_up(5)
    assert counts() == (1, 0)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    offered = OfferedToken("77" * 8, 70, datetime.now(UTC) + timedelta(days=1), bearer=True, wipe=True)
    registry.append(run, TokenOffered(device, offered))
    assert counts() == (0, 1), "while a transfer is pending its next owner renews it"
    (row,) = registry.lists.devices(DeviceQuery(order=DeviceOrder.STATE)).rows
    assert row.record.state == "transferred"
    set_up(80)
    assert counts() == (0, 1)
    registry.revoke(run, device, RevocationReason.STOLEN)
    (row,) = registry.lists.devices(DeviceQuery()).rows
    assert row.record.credentials[0].revoked is not None


def test_a_device_is_named_among_many_without_reading_them_all(many: Registry) -> None:
    assert many.device("SN-000123").serial == "SN-000123"
    assert many.device(name_of(7)).id == f"{7:016x}"
    assert many.device(f"id:{9:016x}").name == name_of(9)
    with pytest.raises(RecordMissing):
        many.device("SN-00012")


def test_a_device_with_very_long_names_is_still_named_by_its_serial_number(registry: Registry) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    done = commissioned(name="n" * 255, serial="S" * 255)
    device = registry.finish_run(run, outcome(run, done))
    registry.rename(f"id:{device}", name="g" * 255, room="r" * 255)
    assert registry.device("s" * 255).id == device


SEARCHES = (
    "SN-000729",
    "kitchen",
    "a",
    "al",
    "lamp kitchen",
    "0000000000000005",
    'no "such" thing',
    "040000",
)


def test_a_search_finds_the_same_with_and_without_the_index_of_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, 40)
    registry = open_registry(tmp_path)
    queries = [DeviceQuery(each) for each in SEARCHES] + [DeviceQuery("kitchen", DeviceFilter.DUE)]

    def answers() -> list[tuple[list[str], int, Standing]]:
        lists, some = registry.lists, f"{5:016x}"
        return [
            (device_ids(registry, q), lists.count_devices(q), lists.standing_of_device(q, some))
            for q in queries
        ]

    indexed = answers()
    monkeypatch.setattr("companion.registry.store.device_filter.MOST_FOUND", 3)
    assert answers() == indexed, "what many have is met in the list's order"
    monkeypatch.setattr("companion.registry.database.word_index.has_word_index", lambda _: False)
    assert answers() == indexed
    assert [count for _, count, _ in indexed][:4] == [0, 8, 40, 8]
    registry.close()


def test_the_index_of_words_follows_what_is_written(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    registry = open_registry(tmp_path)
    device = f"{1:016x}"
    registry.rename(device, name="Greenhouse")
    assert device_ids(registry, DeviceQuery("greenh")) == [device]
    registry.rename(device, name="Barn door")
    assert device_ids(registry, DeviceQuery("greenh")) == []
    assert device_ids(registry, DeviceQuery("barn doo")) == [device]
    registry.close()
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        database.execute("DELETE FROM devices WHERE id = ?", (device,))
        database.execute("VACUUM")
    registry = open_registry(tmp_path)
    assert device_ids(registry, DeviceQuery("barn")) == []
    assert device_ids(registry, DeviceQuery(name_of(2))) == [f"{2:016x}"]
    registry.close()


def test_an_older_folder_is_searched_at_once_and_its_index_grows_beside(tmp_path: Path) -> None:
    fill(tmp_path, 12)
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        for name in ("added", "changed", "removed"):
            database.execute(f"DROP TRIGGER device_words_{name}")
        database.execute("DROP TABLE device_words")
        database.execute("DROP TABLE device_numbers")
        database.execute("UPDATE alembic_version SET version_num = '0014'")
    registry = open_registry(tmp_path)
    lists, kitchens = registry.lists, DeviceQuery("kitchen")
    found = device_ids(registry, kitchens)
    assert found and lists.index_words(5) == Indexing(5, 12)
    assert device_ids(registry, kitchens) == found and lists.count_devices(kitchens) == len(found)
    registry.rename(f"{2:016x}", name="Greenhouse")
    registry.rename(f"{11:016x}", name="Boathouse")
    registry.close()
    registry = open_registry(tmp_path)  # where it was left
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as database:
        for number in (1, 12):
            database.execute("DELETE FROM devices WHERE id = ?", (f"{number:016x}",))
    assert registry.lists.index_words(5) == Indexing(10, 12)
    assert registry.lists.index_words(5) == Indexing(12, 12)
    assert registry.lists.index_words(5) is None and registry.lists.index_words(5) is None
    for name, number in (("greenhouse", 2), ("boathouse", 11)):
        assert device_ids(registry, DeviceQuery(name)) == [f"{number:016x}"]
        assert registry.lists.count_devices(DeviceQuery(name)) == 1
    assert registry.lists.count_devices(DeviceQuery(name_of(3))) == 1
    registry.close()
