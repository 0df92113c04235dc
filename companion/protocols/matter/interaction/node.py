"""A node as a server sees it: endpoints, their clusters, and what reads, writes and commands do there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from companion.protocols.matter.interaction.blocks import (
    AttributeData,
    AttributeReport,
    AttributeStatus,
    CommandData,
)
from companion.protocols.matter.interaction.paths import AttributePath, Place
from companion.protocols.matter.interaction.status import Status, StatusBlock
from companion.protocols.matter.tlv import Element, array, unsigned

GENERATED_COMMANDS, ACCEPTED_COMMANDS = 0xFFF8, 0xFFF9
ATTRIBUTES, FEATURES, REVISION = 0xFFFB, 0xFFFC, 0xFFFD
GLOBAL = (GENERATED_COMMANDS, ACCEPTED_COMMANDS, ATTRIBUTES, FEATURES, REVISION)


@dataclass(frozen=True)
class Access:
    """Who asks. session: number of the session; fabric: index, 0 over PASE; subject: node id, 0 over PASE.

    filtered: of lists that belong to fabrics, only what belongs to this one is asked for
    """

    session: int
    fabric: int = 0
    subject: int = 0
    filtered: bool = True


class Verb(Enum):
    """What somebody wants to do."""

    READ = auto()
    WRITE = auto()
    INVOKE = auto()


class Later(Enum):
    """What a command answers that takes its time: the answer comes by `ServerExchange.complete`."""

    LATER = auto()


@dataclass(frozen=True)
class Response:
    """The answer of a command that has a response. fields: a structure, None for a response without any."""

    command: int
    fields: Element | None = None


Answer: TypeAlias = Response | StatusBlock | Later
Reader: TypeAlias = Callable[[Access], Element]
Writer: TypeAlias = Callable[[AttributeData, Access], StatusBlock]
Handler: TypeAlias = Callable[[Element | None, Access], Answer]
Guard: TypeAlias = Callable[[Access, Verb, int, int], bool]
"""May they, at this endpoint and cluster?"""


@dataclass
class ServedCluster:
    """One cluster of an endpoint.

    readers, writers, commands: by number; responses: numbers of the commands that are its answers; timed:
    commands and attributes that must be announced; version: of its data, to be counted up by `touch`
    """

    id: int
    revision: int
    readers: Mapping[int, Reader] = field(default_factory=dict)
    writers: Mapping[int, Writer] = field(default_factory=dict)
    commands: Mapping[int, Handler] = field(default_factory=dict)
    responses: tuple[int, ...] = ()
    features: int = 0
    timed_commands: frozenset[int] = frozenset()
    timed_attributes: frozenset[int] = frozenset()
    version: int = 1

    def touch(self) -> None:
        """Its data changed."""
        self.version = (self.version + 1) & 0xFFFFFFFF

    @property
    def attributes(self) -> tuple[int, ...]:
        """All that can be read, in order, with the global ones."""
        return (*sorted(self.readers), *GLOBAL)

    def value(self, attribute: int, access: Access) -> Element:
        """The value of an attribute that is there."""
        if attribute in self.readers:
            return self.readers[attribute](access)
        return {
            GENERATED_COMMANDS: _numbers(self.responses),
            ACCEPTED_COMMANDS: _numbers(self.commands),
            ATTRIBUTES: _numbers(self.attributes),
            FEATURES: unsigned(None, self.features),
            REVISION: unsigned(None, self.revision),
        }[attribute]


def _numbers(of: Iterable[int]) -> Element:
    return array(None, *(unsigned(None, number) for number in sorted(of)))


def _everybody(access: Access, verb: Verb, endpoint: int, cluster: int) -> bool:
    return True


class Node:
    """Endpoints by number, each with its clusters. guard: who may do what; everybody may without one."""

    def __init__(self, guard: Guard = _everybody) -> None:
        self._endpoints: dict[int, dict[int, ServedCluster]] = {}
        self._guard = guard

    def serve(self, endpoint: int, cluster: ServedCluster) -> None:
        """Adds a cluster, in place of another one with its number."""
        self._endpoints.setdefault(endpoint, {})[cluster.id] = cluster

    def forget(self, endpoint: int) -> None:
        """Takes an endpoint away, as bridges do. Raises KeyError where there is none."""
        del self._endpoints[endpoint]

    def cluster(self, endpoint: int, cluster: int) -> ServedCluster:
        """Raises KeyError where there is none."""
        return self._endpoints[endpoint][cluster]

    @property
    def endpoints(self) -> tuple[int, ...]:
        return tuple(sorted(self._endpoints))

    def clusters(self, endpoint: int) -> tuple[int, ...]:
        return tuple(sorted(self._endpoints[endpoint]))

    def read(
        self, path: AttributePath, access: Access, unchanged: Mapping[tuple[int, int], int]
    ) -> Iterator[AttributeReport]:
        """Reports of all that a path covers. unchanged: versions of clusters that the asker has already.

        What is missing or forbidden is reported for a path without wildcards, and left out for others.
        """
        place = path.place
        if place is not None:
            missing = self._missing(place.endpoint, place.cluster, access, Verb.READ)
            if (
                missing is None
                and place.attribute not in self.cluster(place.endpoint, place.cluster).attributes
            ):
                missing = Status.UNSUPPORTED_ATTRIBUTE
            if missing is not None:
                yield AttributeReport(status=AttributeStatus(path, StatusBlock(missing)))
                return
        for one in self._covered(path, access):
            cluster = self.cluster(one.endpoint, one.cluster)
            if unchanged.get((one.endpoint, one.cluster)) != cluster.version:
                value = cluster.value(one.attribute, access)
                yield AttributeReport(data=AttributeData(one.path(), value, cluster.version))

    def write(self, data: AttributeData, access: Access, *, timed: bool) -> StatusBlock:
        """Does one write. Wildcards are refused, as no attribute that we serve is written so."""
        place = data.path.place
        if place is None:
            return StatusBlock(Status.INVALID_ACTION)
        missing = self._missing(place.endpoint, place.cluster, access, Verb.WRITE)
        if missing is not None:
            return StatusBlock(missing)
        cluster = self.cluster(place.endpoint, place.cluster)
        if place.attribute not in cluster.attributes:
            return StatusBlock(Status.UNSUPPORTED_ATTRIBUTE)
        if place.attribute not in cluster.writers:
            return StatusBlock(Status.UNSUPPORTED_WRITE)
        if place.attribute in cluster.timed_attributes and not timed:
            return StatusBlock(Status.NEEDS_TIMED_INTERACTION)
        if data.version not in (None, cluster.version):
            return StatusBlock(Status.DATA_VERSION_MISMATCH)
        status = cluster.writers[place.attribute](data, access)
        if status.succeeded:
            cluster.touch()
        return status

    def invoke(self, command: CommandData, access: Access, *, timed: bool) -> Answer:
        """Does one command."""
        path = command.path
        if path.endpoint is None:
            return StatusBlock(Status.INVALID_ACTION)
        missing = self._missing(path.endpoint, path.cluster, access, Verb.INVOKE)
        if missing is not None:
            return StatusBlock(missing)
        cluster = self.cluster(path.endpoint, path.cluster)
        if path.command not in cluster.commands:
            return StatusBlock(Status.UNSUPPORTED_COMMAND)
        if path.command in cluster.timed_commands and not timed:
            return StatusBlock(Status.NEEDS_TIMED_INTERACTION)
        return cluster.commands[path.command](command.fields, access)

    def _missing(self, endpoint: int, cluster: int, access: Access, verb: Verb) -> Status | None:
        if endpoint not in self._endpoints:
            return Status.UNSUPPORTED_ENDPOINT
        if cluster not in self._endpoints[endpoint]:
            return Status.UNSUPPORTED_CLUSTER
        return None if self._guard(access, verb, endpoint, cluster) else Status.UNSUPPORTED_ACCESS

    def _covered(self, path: AttributePath, access: Access) -> Iterator[Place]:
        for endpoint in self.endpoints:
            for number in self.clusters(endpoint):
                if not self._guard(access, Verb.READ, endpoint, number):
                    continue
                places = (Place(endpoint, number, one) for one in self.cluster(endpoint, number).attributes)
                yield from (place for place in places if path.covers(place))
