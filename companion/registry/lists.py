"""What lists of records are asked for, and what a page of one is. `store/lists.py` answers.

A list is read page by page: the key at which a page ends is where the next one begins, so that a page costs
the same anywhere in a list, and what is added meanwhile moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import Any, Generic, Protocol, TypeVar

from companion.registry.records import DeviceRecord, RunRecord

Row = TypeVar("Row")
Key = tuple[str | int | datetime, ...]
"""Where a row stands in its list: what the list is sorted by, then the row's id."""

KEY_DIGITS = 6
MOST_KEYED = 50
"""Devices that are found by the beginning of a key; one that more have tells too little."""
PAGE = 100
"""Rows of a page, unless told otherwise."""


class DeviceOrder(Enum):
    """What devices are sorted by; equal ones by name, then by id."""

    NAME = auto()
    PROTOCOL = auto()
    STATE = auto()
    """What needs its owner comes first, what is gone comes last."""
    EXPIRY = auto()
    """The certificate that ends first; without one last."""
    CHANGED = auto()


class DeviceFilter(Enum):
    """Which devices."""

    ALL = auto()
    SET_UP = auto()
    NEEDS_ATTENTION = auto()
    """Revoked, never confirmed, or with a certificate that is due or has ended."""
    DUE = auto()
    """Set up, with a certificate that is due or has ended."""


@dataclass(frozen=True)
class DeviceQuery:
    """Which devices, in which order. Each word of `search` occurs in a name, room, serial number, tag, ... or
    is the beginning of an identity key in hex (of at least `KEY_DIGITS` digits).

    tag: a word that its owner put on it; ends_by: its certificate ends at this time or before; ids: of
    these devices alone, () for any
    """

    search: str = ""
    which: DeviceFilter = DeviceFilter.ALL
    order: DeviceOrder = DeviceOrder.NAME
    descending: bool = False
    tag: str = ""
    ends_by: datetime | None = None
    ids: tuple[str, ...] = ()


LAST_CHANGED = DeviceQuery(order=DeviceOrder.CHANGED, descending=True)


class RunFact(StrEnum):
    """What runs are filtered and counted by: the names of `RunQuery`'s fields."""

    ENDING = "ending"
    CODE = "code"
    STEP = "step"
    OPERATION = "operation"
    DEVICE = "device"
    MODEL = "model"
    PROTOCOL = "protocol"
    FIRMWARE = "firmware"
    RADIO = "radio"


FAILING = "failing"
"""An ending of `RunQuery`: failed (not cancelled), unconfirmed or interrupted."""
COMMISSIONING = "commission"
"""The operation of a run that sets a device up."""


@dataclass(frozen=True)
class RunQuery:
    """Which runs, the newest first. Each word of `search` occurs in the run's id, protocol, outcome, error,
    or in what its device is called. The rest are facts of a run, "" for any.

    ending: as `RunRecord.ending`, or `FAILING`; code: of its error; step: where it ended
    operation: "rotate", ..., or `COMMISSIONING`; device: its id in the registry, or its name in the run
    radio: its kind ("virtual"); since, until: when it began, the latter excluded
    """

    search: str = ""
    ending: str = ""
    code: str = ""
    step: str = ""
    operation: str = ""
    device: str = ""
    model: str = ""
    protocol: str = ""
    firmware: str = ""
    radio: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def having(self, fact: RunFact, value: str) -> RunQuery:
        """The same query with another value of a fact."""
        changed: dict[str, Any] = {fact.value: value}
        return replace(self, **changed)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but a search takes runs away."""
        return self != RunQuery(self.search)


@dataclass(frozen=True)
class DeviceRow:
    """A device with its current credentials, and its latest run without steps and events."""

    record: DeviceRecord
    last: RunRecord | None = None


@dataclass(frozen=True)
class RunRow:
    """A run without steps and events. device_name: what its device is called today, None without one."""

    record: RunRecord
    device_name: str | None = None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, in its order. end: the key of the last one, None if there is none."""

    rows: tuple[Row, ...] = ()
    end: Key | None = None


@dataclass(frozen=True)
class Standing:
    """How many rows a list has, and how many are before a certain one; None if the list does not have it."""

    total: int
    place: int | None = None


@dataclass(frozen=True)
class Indexing:
    """How many devices the index of words has, of how many: until it has all, a search reads the list."""

    done: int
    total: int


class Lists(Protocol):
    """Lists of the registry's records. May be read from any thread.

    after, skip: a page begins `skip` rows behind the row with this key, or behind the beginning.
    Every method raises RegistryBusy, RegistryDamaged or StorageError when the database can't serve it.
    """

    def devices(
        self, query: DeviceQuery, *, after: Key | None = None, skip: int = 0, limit: int = PAGE
    ) -> Page[DeviceRow]:
        """A page of devices, of at most `limit` rows."""

    def virtual_devices(self) -> frozenset[str]:
        """The ids of devices that were met on a virtual radio or network: nothing real is behind them."""

    def count_devices(self, query: DeviceQuery) -> int:
        """How many devices the whole list has."""

    def standing_of_device(self, query: DeviceQuery, id: str) -> Standing:
        """How many devices the list has, and where this one stands ("" for none)."""

    def index_words(self, most: int) -> Indexing | None:
        """Put so many further devices of an older folder into the index of words; None: all are in it, or
        there is none. Others write between two calls. Raises StorageError."""

    def every_device(self, query: DeviceQuery = LAST_CHANGED) -> Iterator[DeviceRecord]:
        """The whole list of one moment, a page at a time in memory."""

    def runs(
        self, query: RunQuery, *, after: Key | None = None, skip: int = 0, limit: int = PAGE
    ) -> Page[RunRow]:
        """A page of runs, of at most `limit` rows."""

    def count_runs(self, query: RunQuery) -> int:
        """How many runs the whole list has."""

    def standing_of_run(self, query: RunQuery, id: str) -> Standing:
        """How many runs the list has, and where this one stands ("" for none)."""

    def every_run(self, query: RunQuery = RunQuery()) -> Iterator[RunRecord]:
        """The whole list of one moment, a page at a time in memory; without steps and events."""

    def latest_run(self, device: str) -> str | None:
        """The id of a device's latest run."""
