"""A registry for a team: the lists on PostgreSQL beside those on SQLite, and how fast runs get there."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from companion.registry import Registry, open_registry
from companion.registry.lists import PAGE, DeviceFilter, DeviceOrder, DeviceQuery, RunFact, RunQuery
from tests.support.many_records import fill
from tests.support.many_runs import EVENTS, fill_runs
from tests.support.postgres import NEEDS, Cluster, binaries

DEVICES = 100_000
RUNS = 1_000_000 // EVENTS
SEARCH_MS, FILTER_MS, ROWS_MS = 50, 200, 300
RUNS_OF_A_LAPTOP = 40


def table() -> Iterator[str]:
    """For each question its bound, and the time on both databases, the best of five."""
    if binaries() is None:
        yield NEEDS
        return
    yield f"{'':<36}{'bound':>8}{'SQLite':>10}{'PostgreSQL':>12}"
    with _server() as cluster, tempfile.TemporaryDirectory() as folder:
        for title, write, count, questions in (
            (f"{DEVICES:,} devices", fill, DEVICES, _of_devices),
            (f"{RUNS * EVENTS:,} events", fill_runs, RUNS, _of_runs),
        ):
            yield title
            database = cluster.database()
            places: list[Path | str] = [Path(folder) / title, _url(cluster, database)]
            both = []
            for place in places:
                write(place, count)
                # As a server that runs for a while does by itself.
                cluster.sql("VACUUM ANALYZE", database)
                registry = open_registry(place)
                both.append([(name, bound, _best(ask)) for name, bound, ask in questions(registry)])
                registry.close()
            for (name, bound, here), (_, _, there) in zip(*both, strict=True):
                late = " !" if max(here, there) > bound else ""
                yield f"  {name:<34}{bound:>5} ms{here:>7.0f} ms{there:>9.0f} ms{late}"
        yield from _deliveries(cluster, Path(folder))


Question = tuple[str, int, Callable[[], object]]


def _of_devices(registry: Registry) -> list[Question]:
    def answer(query: DeviceQuery) -> None:
        # As the window's engine asks.
        if len(registry.lists.devices(query).rows) == PAGE:
            registry.lists.standing_of_device(query, "")

    expiry = DeviceQuery(order=DeviceOrder.EXPIRY, which=DeviceFilter.DUE)
    searches = ("SN-050000", "hallway", "a", "no such thing", "04" + "0" * 40)
    return [
        ("first rows", ROWS_MS, partial(answer, DeviceQuery())),
        *((f"search {each[:14]!r}", SEARCH_MS, partial(answer, DeviceQuery(each))) for each in searches),
        ("due, by expiry", FILTER_MS, partial(answer, expiry)),
    ]


def _of_runs(registry: Registry) -> list[Question]:
    lists, activity = registry.lists, registry.activity
    now = datetime.now(UTC)
    edges = [now - timedelta(days=each) for each in range(40, -1, -1)]

    def answer(query: RunQuery) -> None:
        if len(lists.runs(query).rows) == PAGE:
            lists.standing_of_run(query, "")

    return [
        ("first rows", ROWS_MS, partial(answer, RunQuery())),
        ("filter: failed with R-103", FILTER_MS, partial(answer, RunQuery(code="R-103"))),
        ("filter: one model, 30 days", FILTER_MS, partial(answer, _model(now))),
        ("search 'bench device 07'", FILTER_MS, partial(answer, RunQuery("bench device 07"))),
        ("values of models", FILTER_MS, partial(activity.values, RunQuery(), RunFact.MODEL)),
        ("what fails most, 40 days", FILTER_MS, partial(activity.failures, RunQuery(), edges)),
        ("a run with its events", FILTER_MS, partial(registry.run, "last")),
    ]


def _model(now: datetime) -> RunQuery:
    return RunQuery(model="Lumen 2", since=now - timedelta(days=30))


def _deliveries(cluster: Cluster, folder: Path) -> Iterator[str]:
    """Two laptops that record in turn: a run from its beginning until the server has all of it."""
    from tests.registry.team.samples import commission

    database = cluster.registry()
    laptops = [
        open_registry(folder / name, server=database.address(), operator=name) for name in ("Ada", "Grace")
    ]
    began = time.perf_counter()
    for number in range(RUNS_OF_A_LAPTOP):
        for which, laptop in enumerate(laptops):
            commission(laptop, 2 * number + which)
    taken = (time.perf_counter() - began) / (2 * RUNS_OF_A_LAPTOP)
    yield f"a run's records, until the server has them: {taken * 1000:.0f} ms"
    for laptop in laptops:
        laptop.close()


@contextmanager
def _server() -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.close()


def _url(cluster: Cluster, database: str) -> str:
    return "postgresql+psycopg" + cluster.url(database).removeprefix("postgresql")


def _best(do: Callable[[], object]) -> float:
    """Milliseconds, the best of five."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return min(times) * 1000
