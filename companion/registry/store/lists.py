"""Lists of devices and runs, read a page at a time by the keys at which pages end.

Which rows a page has is answered by an index alone; then the page's rows are read by their ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from companion.model import Possession
from companion.registry.database.connection import reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import device_record, run_record
from companion.registry.database.search import search_words
from companion.registry.database.tables import Credential, Device, DeviceTag, Run, Token
from companion.registry.lists import (
    KEY_DIGITS,
    LAST_CHANGED,
    MOST_KEYED,
    PAGE,
    DeviceFilter,
    DeviceOrder,
    DeviceQuery,
    DeviceRow,
    Key,
    Page,
    RunQuery,
    RunRow,
    Standing,
)
from companion.registry.records import DeviceRecord, RunRecord
from companion.registry.store.notes import tags_of
from companion.registry.store.revocations import revocations_of
from companion.registry.store.run_filter import runs_wanted
from companion.registry.store.tokens import out_by_device

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
EXPORTED = 200
"""Rows of which a whole list holds in memory at once."""

# Ranks of DeviceOrder.STATE.
URGENT, SOON, WELL, LEAVING, GONE = range(5)


VIRTUAL = "virtual"
"""How the names of virtual radios and networks begin."""


class RecordLists:
    """`companion.registry.lists.Lists`."""

    def __init__(self, engine: Engine) -> None:
        """Takes an engine whose tables are up to date."""
        self._engine = reading(engine)

    def devices(
        self, query: DeviceQuery, *, after: Key | None = None, skip: int = 0, limit: int = PAGE
    ) -> Page[DeviceRow]:
        """See `Lists.devices`."""
        with database_errors(), Session(self._engine) as session:
            keys = _page(session, *_devices(query), after, skip, limit)
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
        return self._count(_devices(query)[0], Device.id)

    def standing_of_device(self, query: DeviceQuery, id: str) -> Standing:
        """See `Lists.standing_of_device`."""
        return self._standing(*_devices(query), id)

    def every_device(self, query: DeviceQuery = LAST_CHANGED) -> Iterator[DeviceRecord]:
        """See `Lists.every_device`."""
        wanted, order, descending = _devices(query)
        with database_errors(), self._engine.connect() as connection:
            for session, ids in _pages(connection, wanted, order, descending):
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
        return self._count(_runs(query)[0], Run.id)

    def standing_of_run(self, query: RunQuery, id: str) -> Standing:
        """See `Lists.standing_of_run`."""
        return self._standing(*_runs(query), id)

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

    def _count(self, wanted: Filter, id: InstrumentedAttribute[str]) -> int:
        with database_errors(), Session(self._engine) as session:
            return session.scalar(select(func.count(id)).where(wanted)) or 0

    def _standing(self, wanted: Filter, order: Order, descending: bool, id: str) -> Standing:
        """All of it is asked at once, because each question reads the whole index."""
        with database_errors(), Session(self._engine) as session:
            key = session.execute(select(*order).where(order[-1] == id)).one_or_none() if id else None
            if key is None:
                return Standing(session.scalar(select(func.count(order[-1])).where(wanted)) or 0)
            before = _beyond(order, tuple(key), not descending)
            counts = (func.count(), func.count().filter(before), func.count().filter(order[-1] == id))
            total, place, there = session.execute(select(*counts).where(wanted)).one()
            return Standing(total, place if there else None)


Filter = ColumnElement[bool]
Order = Sequence[ColumnElement[Any]]


def device_records(session: Session, ids: Sequence[str]) -> list[DeviceRecord]:
    """The devices with their current credentials and open tokens, in the order of `ids`."""
    found = {each.id: each for each in session.scalars(select(Device).where(Device.id.in_(ids)))}
    current = select(Credential).where(Credential.device_id.in_(ids), Credential.replaced.is_(None))
    had: dict[str, list[Credential]] = {}
    fingerprints: list[str] = []
    for each in session.scalars(current.order_by(Credential.handed_over.desc(), Credential.number)):
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


def _devices(query: DeviceQuery) -> tuple[Filter, Order, bool]:
    """Which devices, what they are sorted by (their id last), and whether from the end."""
    rank = _rank(datetime.now(UTC))
    expiry = func.coalesce(Device.expires, literal(NEVER, Device.expires.type), type_=Device.expires.type)
    order = {
        DeviceOrder.NAME: (Device.title, Device.id),
        DeviceOrder.PROTOCOL: (Device.protocol, Device.title, Device.id),
        DeviceOrder.STATE: (rank, Device.title, Device.id),
        DeviceOrder.EXPIRY: (expiry, Device.title, Device.id),
        DeviceOrder.CHANGED: (Device.updated, Device.id),
    }[query.order]
    which = {
        DeviceFilter.ALL: true(),
        DeviceFilter.SET_UP: rank.in_((WELL, LEAVING)),
        DeviceFilter.NEEDS_ATTENTION: rank.in_((URGENT, SOON)),
        DeviceFilter.DUE: and_(Device.state == Possession.COMMISSIONED.value, rank.in_((URGENT, SOON))),
    }[query.which]
    wanted = [which, *(_occurs(word) for word in search_words(query.search))]
    if query.tag:
        wanted.append(Device.id.in_(select(DeviceTag.device_id).where(DeviceTag.tag == query.tag)))
    if query.ids:
        wanted.append(Device.id.in_(query.ids))
    if query.ends_by is not None:
        wanted.append(Device.expires <= query.ends_by)
    return and_(*wanted), cast(Order, order), query.descending


def _occurs(word: str) -> Filter:
    """True for devices of this word, and for those whose identity key begins so."""
    named = Device.words.contains(word, autoescape=True)
    key = _key_range(word)
    if key is None:
        return named
    first, end = key
    # Asked apart: the key is in an index of its own, and not in that of the list.
    keyed = select(Device.id).where(Device.identity_key >= first, Device.identity_key < end)
    keyed = keyed.limit(MOST_KEYED)
    return or_(named, Device.id.in_(keyed))


def _key_range(word: str) -> tuple[bytes, bytes] | None:
    """The identity keys that begin with these digits of hex: the first one, and the first one behind them."""
    digits = word.replace(":", "")
    if len(digits) < KEY_DIGITS:
        return None
    half = len(digits) % 2
    try:
        begin = bytes.fromhex(digits + "0" * half)
        end = (int.from_bytes(begin, "big") + 16**half).to_bytes(len(begin), "big")
    except (ValueError, OverflowError):  # no hex, or no key is behind them
        return None
    return begin, end


def _rank(now: datetime) -> ColumnElement[int]:
    """How soon a device needs its owner, by its state and its certificate."""
    out = select(Token.device_id).where(Token.end.is_(None), Token.expires > now)
    healthy = case(
        (Device.id.in_(out), LEAVING), (Device.expires <= now, URGENT), (Device.due <= now, SOON), else_=WELL
    )
    known = {
        Possession.RELEASED.value: GONE,
        Possession.REPLACED.value: GONE,
        Possession.OFFERED.value: LEAVING,
        Possession.REVOKED.value: URGENT,
    }
    commissioned = Device.state == Possession.COMMISSIONED.value
    states = [(Device.state == state, literal(rank)) for state, rank in known.items()]
    return case((commissioned, healthy), *states, else_=SOON).cast(Integer)


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
    found = {each.id: each for each in session.scalars(select(Run).where(Run.id.in_(ids)))}
    return [run_record(found[id]) for id in ids if id in found]


def _latest_runs(session: Session, devices: Sequence[str]) -> Mapping[str, RunRecord]:
    """The latest run of each device."""
    of_these = select(Run.device_id, func.max(Run.started).label("started")).where(Run.device_id.in_(devices))
    newest = of_these.group_by(Run.device_id).subquery()
    same = and_(Run.device_id == newest.c.device_id, Run.started == newest.c.started)
    runs = session.scalars(select(Run).join(newest, same).order_by(Run.id))
    return {run.device_id: run_record(run) for run in runs if run.device_id is not None}


def _names(session: Session, devices: set[str]) -> Mapping[str, str]:
    """What the devices are called."""
    columns = select(Device.id, Device.given_name, Device.name).where(Device.id.in_(devices))
    return {id: given or name for id, given, name in session.execute(columns)}
