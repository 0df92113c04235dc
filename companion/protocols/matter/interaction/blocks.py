"""What messages carry: data and statuses of attributes, commands and events (Core 10.6)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.interaction.paths import (
    ATTRIBUTE_PATH,
    CLUSTER_PATH,
    COMMAND_PATH,
    EVENT_PATH,
    AttributePath,
    ClusterPath,
    CommandPath,
    EventPath,
)
from companion.protocols.matter.interaction.status import STATUS, StatusBlock
from companion.protocols.matter.tlv import ANYTHING, UINT8, UINT16, UINT32, UINT64, Element, Field, Shape


@dataclass(frozen=True)
class AttributeData:
    """version: of the cluster's data; data: an element whose tag means nothing."""

    path: AttributePath
    data: Element
    version: int | None = None


@dataclass(frozen=True)
class AttributeStatus:
    path: AttributePath
    status: StatusBlock


@dataclass(frozen=True)
class AttributeReport:
    """One of both."""

    status: AttributeStatus | None = None
    data: AttributeData | None = None

    def __post_init__(self) -> None:
        if (self.status is None) == (self.data is None):
            raise ValueError("either data or a status")


@dataclass(frozen=True)
class CommandData:
    """fields: a structure, None for a command without any; reference: tells several of one message apart."""

    path: CommandPath
    fields: Element | None = None
    reference: int | None = None


@dataclass(frozen=True)
class CommandStatus:
    path: CommandPath
    status: StatusBlock
    reference: int | None = None


@dataclass(frozen=True)
class CommandReply:
    """One of both."""

    data: CommandData | None = None
    status: CommandStatus | None = None

    def __post_init__(self) -> None:
        if (self.status is None) == (self.data is None):
            raise ValueError("either data or a status")


@dataclass(frozen=True)
class EventData:
    """An event. epoch, uptime: as the node counts them; deltas: to the event before in the same report."""

    path: EventPath
    number: int
    priority: int
    epoch: int | None = None
    uptime: int | None = None
    epoch_delta: int | None = None
    uptime_delta: int | None = None
    data: Element | None = None


@dataclass(frozen=True)
class EventStatus:
    path: EventPath
    status: StatusBlock


@dataclass(frozen=True)
class EventReport:
    """One of both."""

    status: EventStatus | None = None
    data: EventData | None = None

    def __post_init__(self) -> None:
        if (self.status is None) == (self.data is None):
            raise ValueError("either data or a status")


@dataclass(frozen=True)
class VersionFilter:
    """Leave a cluster out whose data have this version."""

    path: ClusterPath
    version: int


@dataclass(frozen=True)
class EventFilter:
    """Leave events out below a number."""

    first: int
    node: int | None = None


ATTRIBUTE_DATA = Shape(
    AttributeData,
    Field("version", 0, UINT32, optional=True),
    Field("path", 1, ATTRIBUTE_PATH),
    Field("data", 2, ANYTHING),
)
ATTRIBUTE_STATUS = Shape(AttributeStatus, Field("path", 0, ATTRIBUTE_PATH), Field("status", 1, STATUS))
ATTRIBUTE_REPORT = Shape(
    AttributeReport,
    Field("status", 0, ATTRIBUTE_STATUS, optional=True),
    Field("data", 1, ATTRIBUTE_DATA, optional=True),
)
COMMAND_DATA = Shape(
    CommandData,
    Field("path", 0, COMMAND_PATH),
    Field("fields", 1, ANYTHING, optional=True),
    Field("reference", 2, UINT16, optional=True),
)
COMMAND_STATUS = Shape(
    CommandStatus,
    Field("path", 0, COMMAND_PATH),
    Field("status", 1, STATUS),
    Field("reference", 2, UINT16, optional=True),
)
COMMAND_REPLY = Shape(
    CommandReply,
    Field("data", 0, COMMAND_DATA, optional=True),
    Field("status", 1, COMMAND_STATUS, optional=True),
)
EVENT_DATA = Shape(
    EventData,
    Field("path", 0, EVENT_PATH),
    Field("number", 1, UINT64),
    Field("priority", 2, UINT8),
    Field("epoch", 3, UINT64, optional=True),
    Field("uptime", 4, UINT64, optional=True),
    Field("epoch_delta", 5, UINT64, optional=True),
    Field("uptime_delta", 6, UINT64, optional=True),
    Field("data", 7, ANYTHING, optional=True),
)
EVENT_STATUS = Shape(EventStatus, Field("path", 0, EVENT_PATH), Field("status", 1, STATUS))
EVENT_REPORT = Shape(
    EventReport,
    Field("status", 0, EVENT_STATUS, optional=True),
    Field("data", 1, EVENT_DATA, optional=True),
)
VERSION_FILTER = Shape(VersionFilter, Field("path", 0, CLUSTER_PATH), Field("version", 1, UINT32))
EVENT_FILTER = Shape(EventFilter, Field("node", 0, UINT64, optional=True), Field("first", 1, UINT64))
