"""Time Synchronization (0x38): the clock of a device (Core 11.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from companion.protocols.matter.clusters.table import Attribute, Command, Query
from companion.protocols.matter.tlv import (
    BOOLEAN,
    INT32,
    UINT8,
    UINT64,
    Choice,
    Field,
    Nullable,
    Several,
    Shape,
    Text,
)

CLUSTER, REVISION = 0x0038, 2
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Granularity(IntEnum):
    NONE = 0
    MINUTES = 1
    SECONDS = 2
    MILLISECONDS = 3
    MICROSECONDS = 4


class TimeSource(IntEnum):
    NONE = 0
    UNKNOWN = 1
    ADMIN = 2


@dataclass(frozen=True)
class SetUtcTime:
    """time: microseconds since 2000."""

    time: int
    granularity: Granularity
    source: TimeSource | None = None


@dataclass(frozen=True)
class TimeZone:
    """offset: seconds from UTC; starts: microseconds since 2000; name: of the IANA database."""

    offset: int
    starts: int = 0
    name: str | None = None


@dataclass(frozen=True)
class SetTimeZone:
    zones: tuple[TimeZone, ...]


@dataclass(frozen=True)
class TimeZoneResponse:
    """wants_dst: the device has no table of its own for daylight saving time."""

    wants_dst: bool


@dataclass(frozen=True)
class DstOffset:
    """offset: seconds added to the time zone's; starts, ends: microseconds since 2000, None for no end."""

    offset: int
    starts: int
    ends: int | None


@dataclass(frozen=True)
class SetDstOffset:
    offsets: tuple[DstOffset, ...]


def microseconds(moment: datetime) -> int:
    """A moment with time zone as microseconds since 2000. Raises ValueError for one before."""
    count = (moment - EPOCH) // timedelta(microseconds=1)
    if count < 0:
        raise ValueError("before 2000")
    return count


_ZONE = Shape(
    TimeZone,
    Field("offset", 0, INT32),
    Field("starts", 1, UINT64),
    Field("name", 2, Text(64), optional=True),
)
_DST = Shape(
    DstOffset, Field("offset", 0, INT32), Field("starts", 1, UINT64), Field("ends", 2, Nullable(UINT64))
)
_SET_UTC = Shape(
    SetUtcTime,
    Field("time", 0, UINT64),
    Field("granularity", 1, Choice(Granularity)),
    Field("source", 2, Choice(TimeSource, TimeSource.UNKNOWN), optional=True),
)
_SET_ZONE = Shape(SetTimeZone, Field("zones", 0, Several(_ZONE, 2)))
_ZONE_RESPONSE = Shape(TimeZoneResponse, Field("wants_dst", 0, BOOLEAN))
_SET_DST = Shape(SetDstOffset, Field("offsets", 0, Several(_DST, 20)))

UTC_TIME = Attribute(CLUSTER, 0, Nullable(UINT64))
GRANULARITY = Attribute(CLUSTER, 1, Choice(Granularity, Granularity.NONE))
TIME_ZONE = Attribute(CLUSTER, 5, Several(_ZONE, 2))
DST_OFFSET = Attribute(CLUSTER, 6, Several(_DST, 20))
DST_LIST_MAX_SIZE = Attribute(CLUSTER, 11, UINT8)

SET_UTC_TIME = Command(CLUSTER, 0, _SET_UTC)
SET_TIME_ZONE = Query(CLUSTER, 2, _SET_ZONE, 3, _ZONE_RESPONSE)
SET_DST_OFFSET = Command(CLUSTER, 4, _SET_DST)
