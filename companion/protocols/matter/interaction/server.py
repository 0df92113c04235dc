"""A server's end of one exchange: requests in, answers out, on a node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from companion.protocols.matter.interaction.blocks import (
    AttributeReport,
    AttributeStatus,
    CommandData,
    CommandReply,
    CommandStatus,
    VersionFilter,
)
from companion.protocols.matter.interaction.client import read
from companion.protocols.matter.interaction.messages import (
    INVOKE_REQUEST,
    INVOKE_RESPONSE,
    MAX_PAYLOAD,
    READ_REQUEST,
    STATUS_RESPONSE,
    SUBSCRIBE_REQUEST,
    SUBSCRIBE_RESPONSE,
    TIMED_REQUEST,
    WRITE_REQUEST,
    WRITE_RESPONSE,
    InvokeResponse,
    Opcode,
    Outgoing,
    StatusResponse,
    SubscribeRequest,
    SubscribeResponse,
    WriteResponse,
)
from companion.protocols.matter.interaction.node import Access, Answer, Later, Node, Response
from companion.protocols.matter.interaction.paths import AttributePath, CommandPath
from companion.protocols.matter.interaction.reports import Reporting
from companion.protocols.matter.interaction.status import Status, StatusBlock, UnexpectedMessage

MOST_PATHS = 256
"""Of one request. A longer one is refused rather than answered for minutes."""


@dataclass(frozen=True)
class Subscribed:
    """What a server owes a subscriber. ceiling: seconds between reports at most."""

    id: int
    ceiling: int
    request: SubscribeRequest
    access: Access

    def report(
        self, node: Node, room: int = MAX_PAYLOAD, unchanged: Mapping[tuple[int, int], int] | None = None
    ) -> Reporting:
        """What is subscribed, for an exchange that the server begins.

        unchanged: versions of clusters, by endpoint and number, that the subscriber has already
        """
        reports = (
            report
            for path in self.request.attributes
            for report in node.read(path, self.access, unchanged or {})
        )
        return Reporting(reports, self.id, room)


class ServerExchange:
    """One exchange that a client began. `receive` answers each message until it is `done`."""

    def __init__(
        self,
        node: Node,
        access: Access,
        room: int = MAX_PAYLOAD,
        subscribe: Callable[[], int] | None = None,
    ) -> None:
        """room: octets of a message; subscribe: numbers a new subscription, None where none is taken."""
        self._node, self._access, self._room = node, access, room
        self._subscribe = subscribe
        self._timed_until: float | None = None
        self._reporting: Reporting | None = None
        self._wanted: Subscribed | None = None
        self._waiting: CommandData | None = None
        self.subscribed: Subscribed | None = None
        """What was subscribed, once it is established."""
        self.done = False

    def receive(self, opcode: int, payload: bytes, now: float) -> Outgoing | None:
        """The answer to a message, None for none. Raises nothing.

        now: seconds of a clock that never goes back
        """
        try:
            return self._receive(opcode, payload, now)
        except UnexpectedMessage:
            return self._refuse(Status.INVALID_ACTION)

    def complete(self, answer: Response | StatusBlock) -> Outgoing:
        """The answer to a command that said LATER. Raises RuntimeError where none did."""
        if self._waiting is None:
            raise RuntimeError("no command waits")
        command, self._waiting = self._waiting, None
        return self._respond((_reply(command, answer),))

    def _receive(self, opcode: int, payload: bytes, now: float) -> Outgoing | None:
        if self.done or self._waiting is not None:
            raise UnexpectedMessage("nothing is expected")
        if self._reporting is not None:
            return self._on_status(opcode, payload, self._reporting)
        match opcode:
            case Opcode.READ_REQUEST:
                return self._on_read(payload)
            case Opcode.WRITE_REQUEST:
                return self._on_write(payload, now)
            case Opcode.INVOKE_REQUEST:
                return self._on_invoke(payload, now)
            case Opcode.SUBSCRIBE_REQUEST:
                return self._on_subscribe(payload)
            case Opcode.TIMED_REQUEST if self._timed_until is None:
                self._timed_until = now + read(TIMED_REQUEST, payload).timeout / 1000
                return _status(Status.SUCCESS)
        raise UnexpectedMessage("no request")

    def _on_status(self, opcode: int, payload: bytes, reporting: Reporting) -> Outgoing | None:
        """The client took a chunk, or did not."""
        if opcode != Opcode.STATUS_RESPONSE:
            raise UnexpectedMessage("no status")
        if read(STATUS_RESPONSE, payload).status != Status.SUCCESS:
            self.done = True
            return None
        if not reporting.all_sent:
            return self._next(reporting)
        assert self._wanted is not None, "the last report of a read wants no response"
        self.done, self.subscribed = True, self._wanted
        response = SubscribeResponse(self._wanted.id, self._wanted.ceiling)
        return Opcode.SUBSCRIBE_RESPONSE, SUBSCRIBE_RESPONSE.encode(response)

    def _next(self, reporting: Reporting) -> Outgoing:
        message = reporting.next()
        self.done = reporting.done
        return message

    def _on_read(self, payload: bytes) -> Outgoing:
        request = read(READ_REQUEST, payload)
        if len(request.attributes) > MOST_PATHS:
            return self._refuse(Status.PATHS_EXHAUSTED)
        access = replace(self._access, filtered=request.fabric_filtered)
        reports = _reports(self._node, access, request.attributes, request.versions)
        self._reporting = Reporting(reports, None, self._room)
        return self._next(self._reporting)

    def _on_subscribe(self, payload: bytes) -> Outgoing:
        request = read(SUBSCRIBE_REQUEST, payload)
        if self._subscribe is None:
            return self._refuse(Status.RESOURCE_EXHAUSTED)
        if len(request.attributes) > MOST_PATHS:
            return self._refuse(Status.PATHS_EXHAUSTED)
        if request.floor > request.ceiling or not request.attributes + request.events:
            return self._refuse(Status.INVALID_ACTION)
        access = replace(self._access, filtered=request.fabric_filtered)
        self._wanted = Subscribed(self._subscribe(), request.ceiling, request, access)
        reports = _reports(self._node, access, request.attributes, request.versions)
        self._reporting = Reporting(reports, self._wanted.id, self._room)
        return self._next(self._reporting)

    def _on_write(self, payload: bytes, now: float) -> Outgoing | None:
        request = read(WRITE_REQUEST, payload)
        refusal = self._timing(request.timed, now)
        if refusal is not None:
            return self._refuse(refusal)
        statuses = tuple(
            AttributeStatus(one.path, self._node.write(one, self._access, timed=request.timed))
            for one in request.data
        )
        self.done = not request.more
        if request.quiet:
            return None
        return Opcode.WRITE_RESPONSE, WRITE_RESPONSE.encode(WriteResponse(statuses))

    def _on_invoke(self, payload: bytes, now: float) -> Outgoing | None:
        request = read(INVOKE_REQUEST, payload)
        refusal = self._timing(request.timed, now)
        if refusal is not None:
            return self._refuse(refusal)
        if not _told_apart(request.commands):
            return self._refuse(Status.INVALID_ACTION)
        answers = [
            (command, self._node.invoke(command, self._access, timed=request.timed))
            for command in request.commands
        ]
        if request.quiet:
            self.done = True
            return None
        if len(answers) == 1 and isinstance(answers[0][1], Later):
            self._waiting = answers[0][0]
            return None
        return self._respond(tuple(_reply(command, answer) for command, answer in answers))

    def _respond(self, replies: tuple[CommandReply, ...]) -> Outgoing:
        self.done = True
        return Opcode.INVOKE_RESPONSE, INVOKE_RESPONSE.encode(InvokeResponse(replies))

    def _timing(self, timed: bool, now: float) -> Status | None:
        """Why a request can't be served that says that it was announced, or not."""
        if timed != (self._timed_until is not None):
            return Status.TIMED_REQUEST_MISMATCH
        if self._timed_until is not None and now > self._timed_until:
            return Status.TIMEOUT
        return None

    def _refuse(self, status: Status) -> Outgoing:
        self.done = True
        return _status(status)


def _status(status: Status) -> Outgoing:
    return Opcode.STATUS_RESPONSE, STATUS_RESPONSE.encode(StatusResponse(status))


def _reports(
    node: Node, access: Access, paths: tuple[AttributePath, ...], versions: tuple[VersionFilter, ...]
) -> Iterator[AttributeReport]:
    unchanged = {(one.path.endpoint, one.path.cluster): one.version for one in versions}
    for path in paths:
        yield from node.read(path, access, unchanged)


def _told_apart(commands: tuple[CommandData, ...]) -> bool:
    """One command, or several with a reference each."""
    references = [command.reference for command in commands]
    return len(commands) == 1 or (
        0 < len(commands) <= MOST_PATHS and None not in references and len(set(references)) == len(references)
    )


def _reply(command: CommandData, answer: Answer) -> CommandReply:
    if isinstance(answer, Response):
        path = CommandPath(command.path.endpoint, command.path.cluster, answer.command)
        return CommandReply(data=CommandData(path, answer.fields, command.reference))
    # Nobody waits for one of several commands.
    status = StatusBlock(Status.BUSY) if isinstance(answer, Later) else answer
    return CommandReply(status=CommandStatus(command.path, status, command.reference))
