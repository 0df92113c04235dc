"""Lists of devices and runs, read a page at a time by the keys at which pages end.

Which rows a page has is answered by an index alone; then the page's rows are read by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from companion.registry.database import word_index
from companion.registry.database.connection import reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import device_record, run_record
from companion.registry.database.tables import Base, Credential, Device, Run
from companion.registry.lists import (
    LAST_CHANGED,
    PAGE,
    DeviceQuery,
    DeviceRow,
    Indexing,
    Key,
    Page,
    RunQuery,
    RunRow,
    Standing,
)
from companion.registry.records import DeviceRecord, RunRecord
from companion.registry.store.device_filter import DeviceSearch, Filter, Order
from companion.registry.store.notes import tags_of
from companion.registry.store.revocations import revocations_of
from companion.registry.store.run_filter import runs_wanted
from companion.registry.store.tokens import out_by_device

EXPORTED = 200
"""Rows of which a whole list holds in memory at once."""

VIRTUAL = "virtual"
"""How the names of virtual radios and networks begin."""


class RecordLists:
    """`companion.registry.lists.Lists`."""

    def __init__(self, engine: Engine) -> None:
        """Takes an engine whose tables are up to date."""
        self._engine, self._writer = reading(engine), engine

    def devices(
        self, query: DeviceQuery, *, after: Key | None = None, skip: int = 0, limit: int = PAGE
    ) -> Page[DeviceRow]:
        """See `Lists.devices`."""
        with database_errors(), Session(self._engine) as session:
            search = DeviceSearch(session, query)
            keys = _page(session, search.wanted(), search.order, query.descending, after, skip, limit)
            ids = [str(key[-1]) for key in keys]
            last = _latest_runs(session, ids)
            rows = tuple(DeviceRow(each, last.get(each.id)) for each in device_records(session, ids))
            return Page(rows, keys[-1] if keys else None)

    def virtual_devices(self) -> frozenset[str]:
        """See `Lists.virtual_devices`."""
        met = (
            select(Run.device_id).where(Run.radio.startswith(VIRTUAL), Run.device_id.is_not(None)).distinct()
        )
        with database_errors(), Session(self._engine) as session:
            return frozenset(id for id in session.scalars(met) if id is not None)

    def count_devices(self, query: DeviceQuery) -> int:
        """See `Lists.count_devices`."""
        with database_errors(), Session(self._engine) as session:
            search = DeviceSearch(session, query)
            counted = search.counted()
            return _count(session, search.wanted(), Device.id) if counted is None else counted

    def standing_of_device(self, query: DeviceQuery, id: str) -> Standing:
        """See `Lists.standing_of_device`."""
        with database_errors(), Session(self._engine) as session:
            search = DeviceSearch(session, query)
            wanted, counted = search.wanted(), search.counted()
            is_there = id and _count(session, and_(wanted, Device.id == id), Device.id)
            if counted is not None and not is_there:
                return Standing(counted)
            return _standing(session, wanted, search.order, query.descending, id if is_there else "")

    def index_words(self, most: int) -> Indexing | None:
        """See `Lists.index_words`."""
        with database_errors():
            with self._engine.connect() as connection:
                if word_index.unfinished(connection) is None:
                    return None
            with self._writer.begin() as connection:
                told = word_index.put_in(connection, most)
        return None if told is None else Indexing(*told)

    def every_device(self, query: DeviceQuery = LAST_CHANGED) -> Iterator[DeviceRecord]:
        """See `Lists.every_device`."""
        with database_errors(), self._engine.connect() as connection:
            with Session(connection) as session:
                search = DeviceSearch(session, query)
                wanted = search.wanted()
            for session, ids in _pages(connection, wanted, search.order, query.descending):
                yield from device_records(session, ids)

    def runs(
        self, query: RunQuery, *, after: Key | None = None, skip: int = 0, limit: int = PAGE
    ) -> Page[RunRow]:
        """See `Lists.runs`."""
        with database_errors(), Session(self._engine) as session:
            keys = _page(session, *_runs(query), after, skip, limit)
            records = _run_records(session, [str(key[-1]) for key in keys])
            names = _names(session, {record.subject for record in records if record.subject})
            rows = tuple(RunRow(record, names.get(record.subject)) for record in records)
            return Page(rows, keys[-1] if keys else None)

    def count_runs(self, query: RunQuery) -> int:
        """See `Lists.count_runs`."""
        with database_errors(), Session(self._engine) as session:
            return _count(session, _runs(query)[0], Run.id)

    def standing_of_run(self, query: RunQuery, id: str) -> Standing:
        """See `Lists.standing_of_run`."""
        with database_errors(), Session(self._engine) as session:
            return _standing(session, *_runs(query), id)

    def every_run(self, query: RunQuery = RunQuery()) -> Iterator[RunRecord]:
        """See `Lists.every_run`."""
        wanted, order, descending = _runs(query)
        with database_errors(), self._engine.connect() as connection:
            for session, ids in _pages(connection, wanted, order, descending):
                yield from _run_records(session, ids)

    def latest_run(self, device: str) -> str | None:
        """See `Lists.latest_run`."""
        newest = select(Run.id).where(Run.device_id == device).order_by(Run.started.desc(), Run.id.desc())
        with database_errors(), Session(self._engine) as session:
            return session.scalar(newest.limit(1))


Kind = TypeVar("Kind", bound=Base)


def _count(session: Session, wanted: Filter, id: InstrumentedAttribute[str]) -> int:
    return session.scalar(select(func.count(id)).where(wanted)) or 0


def _standing(session: Session, wanted: Filter, order: Order, descending: bool, id: str) -> Standing:
    """All of it is asked at once, because each question reads the whole index."""
    key = session.execute(select(*order).where(order[-1] == id)).one_or_none() if id else None
    if key is None:
        return Standing(session.scalar(select(func.count(order[-1])).where(wanted)) or 0)
    before = _beyond(order, tuple(key), not descending)
    counts = (func.count(), func.count().filter(before), func.count().filter(order[-1] == id))
    total, place, there = session.execute(select(*counts).where(wanted)).one()
    return Standing(total, place if there else None)


def device_records(session: Session, ids: Sequence[str]) -> list[DeviceRecord]:
    """The devices with their current credentials and open tokens, in the order of `ids`."""
    found = {each.id: each for each in _rows(session, Device, Device.id.in_(ids))}
    current = and_(Credential.device_id.in_(ids), Credential.replaced.is_(None))
    had: dict[str, list[Credential]] = {}
    fingerprints: list[str] = []
    newest = (Credential.handed_over.desc(), Credential.number)
    for each in _rows(session, Credential, current, *newest):
        had.setdefault(each.device_id, []).append(each)
        fingerprints.append(str(each.details.get("fingerprint", "")))
    revoked = revocations_of(session, fingerprints)
    out = out_by_device(session, datetime.now(UTC), ids)
    tags = tags_of(session, ids)
    return [
        device_record(
            found[id], had.get(id, ()), revoked=revoked, tokens=out.get(id, ()), tags=tags.get(id, ())
        )
        for id in ids
        if id in found
    ]


def _rows(
    session: Session, table: type[Kind], wanted: Filter, *order: SQLColumnExpression[Any]
) -> Iterable[Kind]:
    """Rows to read, with the columns of `table`: objects that can be written take three times as long."""
    found = session.execute(select(*table.__table__.columns).where(wanted).order_by(*order))
    return cast(Iterable[Kind], found)


def _runs(query: RunQuery) -> tuple[Filter, Order, bool]:
    return runs_wanted(query), cast(Order, (Run.started, Run.id)), True


def _page(
    session: Session,
    wanted: Filter,
    order: Order,
    descending: bool,
    after: Key | None,
    skip: int,
    limit: int,
) -> list[Key]:
    """The keys of a page's rows."""
    found: Select[Any] = select(*order).where(wanted).offset(skip).limit(limit)
    if after is not None:
        found = found.where(_beyond(order, after, descending))
    ordered = found.order_by(*(each.desc() if descending else each for each in order))
    return [cast(Key, tuple(row)) for row in session.execute(ordered)]


def _beyond(order: Order, key: Key, descending: bool) -> Filter:
    """True for rows behind the one with this key."""
    here = tuple_(*order)
    there = tuple_(*(literal(value, each.type) for value, each in zip(key, order, strict=True)))
    return here < there if descending else here > there


def _pages(
    connection: Connection, wanted: Filter, order: Order, descending: bool
) -> Iterator[tuple[Session, list[str]]]:
    """The ids of the whole list, some at a time, all of one transaction; a session forgets those before."""
    after: Key | None = None
    while True:
        with Session(connection) as session:
            keys = _page(session, wanted, order, descending, after, 0, EXPORTED)
            if not keys:
                return
            yield session, [str(key[-1]) for key in keys]
            after = keys[-1]


def _run_records(session: Session, ids: Sequence[str]) -> list[RunRecord]:
    found = {each.id: each for each in _rows(session, Run, Run.id.in_(ids))}
    return [run_record(found[id]) for id in ids if id in found]


def _latest_runs(session: Session, devices: Sequence[str]) -> Mapping[str, RunRecord]:
    """The latest run of each device."""
    of_these = select(Run.device_id, func.max(Run.started)).where(Run.device_id.in_(devices))
    newest = tuple_(Run.device_id, Run.started).in_(of_these.group_by(Run.device_id))
    runs = _rows(session, Run, newest, Run.id)
    return {run.device_id: run_record(run) for run in runs if run.device_id is not None}


def _names(session: Session, devices: set[str]) -> Mapping[str, str]:
    """What the devices are called."""
    columns = select(Device.id, Device.given_name, Device.name).where(Device.id.in_(devices))
    return {id: given or name for id, given, name in session.execute(columns)}
