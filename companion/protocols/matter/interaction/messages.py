"""The ten messages of the interaction model (Core 10.7), each a dataclass and its shape."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias, TypeVar

from companion.protocols.matter.interaction.blocks import (
    ATTRIBUTE_DATA,
    ATTRIBUTE_REPORT,
    ATTRIBUTE_STATUS,
    COMMAND_DATA,
    COMMAND_REPLY,
    EVENT_FILTER,
    EVENT_REPORT,
    VERSION_FILTER,
    AttributeData,
    AttributeReport,
    AttributeStatus,
    CommandData,
    CommandReply,
    EventFilter,
    EventReport,
    VersionFilter,
)
from companion.protocols.matter.interaction.paths import ATTRIBUTE_PATH, EVENT_PATH, AttributePath, EventPath
from companion.protocols.matter.tlv import (
    BOOLEAN,
    UINT8,
    UINT16,
    UINT32,
    Element,
    Field,
    Several,
    Shape,
    Tag,
)

T = TypeVar("T")

REVISION = 12
MAX_PAYLOAD = 1180
"""Octets of a message that fits in the smallest IPv6 packet with all headers, and so everywhere."""
_MOST = 2048
"""Entries of one list; a message can't hold more."""


class Opcode(IntEnum):
    STATUS_RESPONSE = 0x01
    READ_REQUEST = 0x02
    SUBSCRIBE_REQUEST = 0x03
    SUBSCRIBE_RESPONSE = 0x04
    REPORT_DATA = 0x05
    WRITE_REQUEST = 0x06
    WRITE_RESPONSE = 0x07
    INVOKE_REQUEST = 0x08
    INVOKE_RESPONSE = 0x09
    TIMED_REQUEST = 0x0A


Outgoing: TypeAlias = tuple[Opcode, bytes]
"""What an exchange is to send: opcode and payload."""


@dataclass(frozen=True)
class StatusResponse:
    status: int
    revision: int = REVISION


@dataclass(frozen=True)
class ReadRequest:
    """fabric_filtered: only what belongs to the asking fabric, of lists that belong to fabrics."""

    attributes: tuple[AttributePath, ...] = ()
    events: tuple[EventPath, ...] = ()
    event_filters: tuple[EventFilter, ...] = ()
    fabric_filtered: bool = True
    versions: tuple[VersionFilter, ...] = ()
    revision: int = REVISION


@dataclass(frozen=True)
class SubscribeRequest:
    """floor, ceiling: seconds between two reports; keep: leave the asker's other subscriptions alone."""

    keep: bool
    floor: int
    ceiling: int
    attributes: tuple[AttributePath, ...] = ()
    events: tuple[EventPath, ...] = ()
    event_filters: tuple[EventFilter, ...] = ()
    fabric_filtered: bool = True
    versions: tuple[VersionFilter, ...] = ()
    revision: int = REVISION


@dataclass(frozen=True)
class SubscribeResponse:
    """ceiling: seconds after which there is a report at the latest."""

    subscription: int
    ceiling: int
    revision: int = REVISION


@dataclass(frozen=True)
class ReportData:
    """more: another chunk follows; quiet: no response is wanted."""

    subscription: int | None = None
    attributes: tuple[AttributeReport, ...] = ()
    events: tuple[EventReport, ...] = ()
    more: bool = False
    quiet: bool = False
    revision: int = REVISION


@dataclass(frozen=True)
class WriteRequest:
    timed: bool
    data: tuple[AttributeData, ...]
    quiet: bool = False
    more: bool = False
    revision: int = REVISION


@dataclass(frozen=True)
class WriteResponse:
    statuses: tuple[AttributeStatus, ...]
    revision: int = REVISION


@dataclass(frozen=True)
class InvokeRequest:
    quiet: bool
    timed: bool
    commands: tuple[CommandData, ...]
    revision: int = REVISION


@dataclass(frozen=True)
class InvokeResponse:
    replies: tuple[CommandReply, ...]
    quiet: bool = False
    more: bool = False
    revision: int = REVISION


@dataclass(frozen=True)
class TimedRequest:
    """The next message comes within `timeout` milliseconds."""

    timeout: int
    revision: int = REVISION


_REVISION = Field("revision", 0xFF, UINT8, optional=True)


def _is_nothing(value: object) -> bool:
    return value is False or value == ()


class _Sparse(Shape[T]):
    """Leaves optional members out that are empty or false: nobody misses them, and they cost octets."""

    def __init__(self, made: type[T], *fields: Field) -> None:
        super().__init__(made, *fields)
        self._optional = frozenset(field.tag for field in fields if field.optional)

    def write(self, tag: Tag, value: T) -> Element:
        whole = super().write(tag, value)
        members = (one for one in whole if one.tag not in self._optional or not _is_nothing(one.value))
        return Element(tag, whole.kind, tuple(members))


STATUS_RESPONSE = Shape(StatusResponse, Field("status", 0, UINT8), _REVISION)
READ_REQUEST = _Sparse(
    ReadRequest,
    Field("attributes", 0, Several(ATTRIBUTE_PATH, _MOST), optional=True),
    Field("events", 1, Several(EVENT_PATH, _MOST), optional=True),
    Field("event_filters", 2, Several(EVENT_FILTER, _MOST), optional=True),
    Field("fabric_filtered", 3, BOOLEAN),
    Field("versions", 4, Several(VERSION_FILTER, _MOST), optional=True),
    _REVISION,
)
SUBSCRIBE_REQUEST = _Sparse(
    SubscribeRequest,
    Field("keep", 0, BOOLEAN),
    Field("floor", 1, UINT16),
    Field("ceiling", 2, UINT16),
    Field("attributes", 3, Several(ATTRIBUTE_PATH, _MOST), optional=True),
    Field("events", 4, Several(EVENT_PATH, _MOST), optional=True),
    Field("event_filters", 5, Several(EVENT_FILTER, _MOST), optional=True),
    Field("fabric_filtered", 7, BOOLEAN),
    Field("versions", 8, Several(VERSION_FILTER, _MOST), optional=True),
    _REVISION,
)
SUBSCRIBE_RESPONSE = Shape(
    SubscribeResponse, Field("subscription", 0, UINT32), Field("ceiling", 2, UINT16), _REVISION
)
REPORT_DATA = _Sparse(
    ReportData,
    Field("subscription", 0, UINT32, optional=True),
    Field("attributes", 1, Several(ATTRIBUTE_REPORT, _MOST), optional=True),
    Field("events", 2, Several(EVENT_REPORT, _MOST), optional=True),
    Field("more", 3, BOOLEAN, optional=True),
    Field("quiet", 4, BOOLEAN, optional=True),
    _REVISION,
)
WRITE_REQUEST = _Sparse(
    WriteRequest,
    Field("quiet", 0, BOOLEAN, optional=True),
    Field("timed", 1, BOOLEAN),
    Field("data", 2, Several(ATTRIBUTE_DATA, _MOST)),
    Field("more", 3, BOOLEAN, optional=True),
    _REVISION,
)
WRITE_RESPONSE = Shape(WriteResponse, Field("statuses", 0, Several(ATTRIBUTE_STATUS, _MOST)), _REVISION)
INVOKE_REQUEST = Shape(
    InvokeRequest,
    Field("quiet", 0, BOOLEAN),
    Field("timed", 1, BOOLEAN),
    Field("commands", 2, Several(COMMAND_DATA, _MOST)),
    _REVISION,
)
INVOKE_RESPONSE = _Sparse(
    InvokeResponse,
    Field("quiet", 0, BOOLEAN),
    Field("replies", 1, Several(COMMAND_REPLY, _MOST)),
    Field("more", 2, BOOLEAN, optional=True),
    _REVISION,
)
TIMED_REQUEST = Shape(TimedRequest, Field("timeout", 0, UINT16), _REVISION)
