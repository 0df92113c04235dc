"""What a cluster's table consists of: attributes and commands with their codecs, for both ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from companion.protocols.matter.interaction.assembly import Reading
from companion.protocols.matter.interaction.blocks import AttributeData, CommandData, CommandReply
from companion.protocols.matter.interaction.client import Invoke, fields, raise_status
from companion.protocols.matter.interaction.node import (
    Access,
    Answer,
    Handler,
    Later,
    Reader,
    Response,
    Writer,
)
from companion.protocols.matter.interaction.paths import APPEND, AttributePath, CommandPath, Place
from companion.protocols.matter.interaction.status import (
    InteractionFailed,
    Status,
    StatusBlock,
    UnexpectedMessage,
)
from companion.protocols.matter.tlv import Codec, Element, MalformedTlv, Shape, array, structure

T = TypeVar("T")
Q = TypeVar("Q")
A = TypeVar("A")

_FIELDS = 1
"""Tag of a command's fields in the message around them; it means nothing."""
_NO_FIELDS = structure(_FIELDS)


@dataclass(frozen=True)
class Attribute(Generic[T]):
    """An attribute of a cluster."""

    cluster: int
    id: int
    codec: Codec[T]

    def path(self, endpoint: int | None = 0) -> AttributePath:
        """None for all endpoints."""
        return AttributePath(endpoint, self.cluster, self.id)

    def place(self, endpoint: int = 0) -> Place:
        return Place(endpoint, self.cluster, self.id)

    def of(self, reading: Reading, endpoint: int = 0) -> T:
        """The value that was read. Raises InteractionFailed without one, or UnexpectedMessage."""
        place = self.place(endpoint)
        value = reading.values.get(place)
        if value is None:
            status = reading.statuses.get(place, StatusBlock(Status.UNSUPPORTED_ATTRIBUTE))
            raise InteractionFailed(status, str(place.path()))
        try:
            return self.codec.read(value)
        except MalformedTlv as error:
            raise UnexpectedMessage(f"{place.path()}: {error}") from error

    def find(self, reading: Reading, endpoint: int = 0) -> T | None:
        """The same, and None where it was not read or is of another type: for what is only shown."""
        try:
            return self.of(reading, endpoint)
        except (InteractionFailed, UnexpectedMessage):
            return None

    def data(self, value: T, endpoint: int = 0) -> AttributeData:
        """To be written."""
        return AttributeData(self.path(endpoint), self.codec.write(2, value))

    def serve(self, read: Callable[[Access], T]) -> tuple[int, Reader]:
        """A server's entry among the readers of its cluster."""
        return self.id, lambda access: self.codec.write(None, read(access))

    def accept(self, write: Callable[[T, Access], StatusBlock]) -> tuple[int, Writer]:
        """A server's entry among the writers of its cluster, for whole values."""

        def writer(data: AttributeData, access: Access) -> StatusBlock:
            try:
                value = self.codec.read(data.data)
            except MalformedTlv:
                return StatusBlock(Status.INVALID_DATA_TYPE)
            if data.path.index is not None:
                return StatusBlock(Status.UNSUPPORTED_WRITE)
            return write(value, access)

        return self.id, writer


@dataclass(frozen=True)
class _Request(Generic[Q]):
    """A command. timed: it must be announced, so that nobody can replay it."""

    cluster: int
    id: int
    request: Shape[Q]
    timed: bool = field(default=False, kw_only=True)

    def begin(self, request: Q, endpoint: int = 0, timeout: int = 10_000) -> Invoke:
        """The transaction of a client. timeout: milliseconds until a timed command must have come."""
        path = CommandPath(endpoint, self.cluster, self.id)
        data = CommandData(path, self.request.write(_FIELDS, request))
        return Invoke(data, timeout if self.timed else None)

    def _handled(self, run: Callable[[Q, Access], Answer]) -> tuple[int, Handler]:
        def handler(given: Element | None, access: Access) -> Answer:
            try:
                request = self.request.read(given if given is not None else _NO_FIELDS)
            except MalformedTlv:
                return StatusBlock(Status.INVALID_COMMAND)
            return run(request, access)

        return self.id, handler


@dataclass(frozen=True)
class Command(_Request[Q]):
    """A command that is answered by a status."""

    def check(self, reply: CommandReply) -> None:
        """Raises InteractionFailed for a refusal, UnexpectedMessage for what is no status."""
        raise_status(reply)

    def serve(self, run: Callable[[Q, Access], StatusBlock | Later]) -> tuple[int, Handler]:
        """A server's entry among the commands of its cluster."""
        return self._handled(run)


@dataclass(frozen=True)
class Query(_Request[Q], Generic[Q, A]):
    """A command that is answered by a response. response: its number; answer: its fields."""

    response: int
    answer: Shape[A]

    def read(self, reply: CommandReply) -> A:
        """The response. Raises InteractionFailed for a refusal, UnexpectedMessage for anything else."""
        given = fields(reply, self.response)
        try:
            return self.answer.read(given if given is not None else _NO_FIELDS)
        except MalformedTlv as error:
            raise UnexpectedMessage(str(error)) from error

    def respond(self, answer: A) -> Response:
        """A server's response, for `ServerExchange.complete` too."""
        return Response(self.response, self.answer.write(_FIELDS, answer))

    def serve(self, run: Callable[[Q, Access], A | StatusBlock | Later]) -> tuple[int, Handler]:
        """A server's entry among the commands of its cluster."""

        def answered(request: Q, access: Access) -> Answer:
            given = run(request, access)
            return given if isinstance(given, StatusBlock | Later) else self.respond(given)

        return self._handled(answered)


def accept_list(
    attribute: Attribute[tuple[T, ...]],
    current: Callable[[Access], tuple[T, ...]],
    write: Callable[[tuple[T, ...], Access], StatusBlock],
) -> tuple[int, Writer]:
    """A server's entry for a list, which is written whole or item by item. write: gets the whole list."""

    def writer(data: AttributeData, access: Access) -> StatusBlock:
        adds = data.path.index == APPEND
        try:
            given = attribute.codec.read(array(None, data.data.tagged(None)) if adds else data.data)
        except MalformedTlv:
            return StatusBlock(Status.INVALID_DATA_TYPE)
        if data.path.index is not None and not adds:
            return StatusBlock(Status.UNSUPPORTED_WRITE)
        return write((*current(access), *given) if adds else given, access)

    return attribute.id, writer


@dataclass(frozen=True)
class Nothing:
    """The fields of a command without any."""


NOTHING = Shape(Nothing)
