"""What was read: reports of many chunks put together, with lists whole again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from companion.protocols.matter.interaction.blocks import AttributeData, EventData, EventReport
from companion.protocols.matter.interaction.messages import ReportData
from companion.protocols.matter.interaction.paths import APPEND, Place
from companion.protocols.matter.interaction.status import StatusBlock, UnexpectedMessage
from companion.protocols.matter.tlv import Element, Kind


@dataclass(frozen=True)
class Bounds:
    """What a reader bears of one interaction. chunks: messages; size: octets of all; entries: of all."""

    chunks: int = 512
    size: int = 512 * 1024
    entries: int = 16384


USUAL = Bounds()


@dataclass(frozen=True)
class Reading:
    """Values of attributes, statuses of what could not be read, versions of clusters, events in order."""

    values: Mapping[Place, Element] = field(default_factory=dict)
    statuses: Mapping[Place, StatusBlock] = field(default_factory=dict)
    versions: Mapping[tuple[int, int], int] = field(default_factory=dict)
    events: tuple[EventData, ...] = ()

    def places(self, cluster: int, attribute: int) -> Iterator[Place]:
        """Where an attribute was read, by endpoint."""
        return iter(
            sorted(one for one in self.values if (one.cluster, one.attribute) == (cluster, attribute))
        )


class Assembler:
    """Puts chunks together. Raises UnexpectedMessage for more than `bounds` and for what is no report."""

    def __init__(self, bounds: Bounds = USUAL) -> None:
        self._bounds = bounds
        self._chunks = self._size = self._entries = 0
        self._values: dict[Place, Element] = {}
        self._lists: dict[Place, list[Element]] = {}
        self._statuses: dict[Place, StatusBlock] = {}
        self._versions: dict[tuple[int, int], int] = {}
        self._events: list[EventData] = []

    def add(self, report: ReportData, size: int) -> None:
        """One chunk, which had `size` octets. Raises UnexpectedMessage."""
        self._chunks += 1
        self._size += size
        self._entries += len(report.attributes) + len(report.events)
        bounds = self._bounds
        if self._chunks > bounds.chunks or self._size > bounds.size or self._entries > bounds.entries:
            raise UnexpectedMessage("a report without an end")
        for one in report.attributes:
            if one.data is not None:
                self._put(one.data)
            elif one.status is not None and one.status.path.place is not None:
                self._statuses[one.status.path.place] = one.status.status
        self._events += _events(report.events)

    def result(self) -> Reading:
        """All that was added."""
        whole = {place: Element(None, Kind.ARRAY, tuple(items)) for place, items in self._lists.items()}
        return Reading(self._values | whole, self._statuses, self._versions, tuple(self._events))

    def _put(self, data: AttributeData) -> None:
        place = data.path.place
        if place is None:
            raise UnexpectedMessage("data of no one attribute")
        if data.version is not None:
            self._versions[place.endpoint, place.cluster] = data.version
        if data.path.index is None:
            self._begin(place, data.data)
        elif data.path.index == APPEND and place in self._lists:
            self._lists[place].append(data.data.tagged(None))
        else:
            raise UnexpectedMessage("an item of a list that did not begin")

    def _begin(self, place: Place, value: Element) -> None:
        for held in (self._statuses, self._values, self._lists):
            held.pop(place, None)
        if value.kind is Kind.ARRAY:
            self._lists[place] = list(value)
        else:
            self._values[place] = value.tagged(None)


def _events(reports: tuple[EventReport, ...]) -> list[EventData]:
    return [one.data for one in reports if one.data is not None]
