"""Paths to attributes, commands, events and clusters (Core 8.9, 10.6). In requests, None is a wildcard."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.tlv import (
    BOOLEAN,
    UINT16,
    UINT32,
    UINT64,
    Element,
    Field,
    Kind,
    Shape,
    Tag,
    null,
)

APPEND = -1
"""The list index that stands for the end of a list: data is added there."""


@dataclass(frozen=True)
class _ListIndex:
    """An index, or APPEND, which is null on the wire and must be told from no index."""

    def write(self, tag: Tag, value: int) -> Element:
        return null(tag) if value == APPEND else UINT16.write(tag, value)

    def read(self, element: Element) -> int:
        return APPEND if element.kind is Kind.NULL else UINT16.read(element)


@dataclass(frozen=True)
class AttributePath:
    """endpoint, cluster, attribute: numbers; index: of an item of a list, or APPEND."""

    endpoint: int | None = None
    cluster: int | None = None
    attribute: int | None = None
    index: int | None = None
    node: int | None = None
    compressed: bool | None = None
    skipping: int | None = None

    @property
    def place(self) -> Place | None:
        """Where it leads, None for one with a wildcard or left-out parts."""
        if self.endpoint is None or self.cluster is None or self.attribute is None:
            return None
        return Place(self.endpoint, self.cluster, self.attribute)

    def covers(self, place: Place) -> bool:
        """True if an attribute is one of those that are meant."""
        wanted = (self.endpoint, self.cluster, self.attribute)
        return all(one in (None, there) for one, there in zip(wanted, place.numbers, strict=True))

    def __str__(self) -> str:
        parts = (self.endpoint, self.cluster, self.attribute)
        return "/".join("*" if part is None else f"{part:X}" for part in parts)


@dataclass(frozen=True, order=True)
class Place:
    """One attribute of a node."""

    endpoint: int
    cluster: int
    attribute: int

    @property
    def numbers(self) -> tuple[int, int, int]:
        return self.endpoint, self.cluster, self.attribute

    def path(self, index: int | None = None) -> AttributePath:
        return AttributePath(self.endpoint, self.cluster, self.attribute, index)


@dataclass(frozen=True)
class CommandPath:
    """endpoint: None for all, which only groups are asked."""

    endpoint: int | None = None
    cluster: int = 0
    command: int = 0

    def __str__(self) -> str:
        place = "*" if self.endpoint is None else f"{self.endpoint:X}"
        return f"{place}/{self.cluster:X}/{self.command:X}"


@dataclass(frozen=True)
class EventPath:
    endpoint: int | None = None
    cluster: int | None = None
    event: int | None = None
    urgent: bool | None = None
    node: int | None = None


@dataclass(frozen=True)
class ClusterPath:
    endpoint: int
    cluster: int
    node: int | None = None


ATTRIBUTE_PATH = Shape(
    AttributePath,
    Field("compressed", 0, BOOLEAN, optional=True),
    Field("node", 1, UINT64, optional=True),
    Field("endpoint", 2, UINT16, optional=True),
    Field("cluster", 3, UINT32, optional=True),
    Field("attribute", 4, UINT32, optional=True),
    Field("index", 5, _ListIndex(), optional=True),
    Field("skipping", 6, UINT32, optional=True),
    kind=Kind.LIST,
)
COMMAND_PATH = Shape(
    CommandPath,
    Field("endpoint", 0, UINT16, optional=True),
    Field("cluster", 1, UINT32),
    Field("command", 2, UINT32),
    kind=Kind.LIST,
)
EVENT_PATH = Shape(
    EventPath,
    Field("node", 0, UINT64, optional=True),
    Field("endpoint", 1, UINT16, optional=True),
    Field("cluster", 2, UINT32, optional=True),
    Field("event", 3, UINT32, optional=True),
    Field("urgent", 4, BOOLEAN, optional=True),
    kind=Kind.LIST,
)
CLUSTER_PATH = Shape(
    ClusterPath,
    Field("node", 0, UINT64, optional=True),
    Field("endpoint", 1, UINT16),
    Field("cluster", 2, UINT32),
    kind=Kind.LIST,
)
