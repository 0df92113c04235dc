"""A client's end of read, write and invoke: opcodes and payloads in, opcodes and payloads out.

A transaction lives on one exchange. `start` gives the first message; each message that comes is given to
`receive`, which answers with what is to be sent, until `done`; then `result` is there. `receive` raises
InteractionFailed for a refusal, and UnexpectedMessage for what the interaction does not allow; the exchange
is over then.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from companion.protocols.matter.interaction.assembly import USUAL, Assembler, Bounds, Reading
from companion.protocols.matter.interaction.blocks import (
    ATTRIBUTE_DATA,
    AttributeData,
    AttributeStatus,
    CommandData,
    CommandReply,
)
from companion.protocols.matter.interaction.messages import (
    INVOKE_REQUEST,
    INVOKE_RESPONSE,
    MAX_PAYLOAD,
    READ_REQUEST,
    REPORT_DATA,
    STATUS_RESPONSE,
    TIMED_REQUEST,
    WRITE_REQUEST,
    WRITE_RESPONSE,
    InvokeRequest,
    InvokeResponse,
    Opcode,
    Outgoing,
    ReadRequest,
    StatusResponse,
    TimedRequest,
    WriteRequest,
    WriteResponse,
)
from companion.protocols.matter.interaction.paths import AttributePath
from companion.protocols.matter.interaction.pieces import FRAME, groups, pieces
from companion.protocols.matter.interaction.status import (
    InteractionFailed,
    Status,
    StatusBlock,
    UnexpectedMessage,
)
from companion.protocols.matter.tlv import Element, MalformedTlv, Shape

R = TypeVar("R")
M = TypeVar("M")

GOOD = (Opcode.STATUS_RESPONSE, STATUS_RESPONSE.encode(StatusResponse(Status.SUCCESS)))
"""The answer that asks for more, or says that all is well."""


class Transaction(ABC, Generic[R]):
    """One interaction on one exchange."""

    def __init__(self) -> None:
        self._result: R | None = None
        self.done = False

    @property
    def result(self) -> R:
        """Raises RuntimeError before it is done."""
        if not self.done or self._result is None:
            raise RuntimeError("not done")
        return self._result

    @abstractmethod
    def start(self) -> Outgoing:
        """The first message of the exchange."""

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None:
        """The answer to a message of the exchange, None for none. See the module for what it raises."""
        if self.done:
            raise UnexpectedMessage("the interaction is over")
        if opcode == Opcode.STATUS_RESPONSE:
            return self._on_status(read(STATUS_RESPONSE, payload).status)
        return self._on_message(opcode, payload)

    def _on_status(self, status: int) -> Outgoing | None:
        if status == Status.SUCCESS:
            raise UnexpectedMessage("success where an answer is expected")
        raise InteractionFailed(StatusBlock(status))

    @abstractmethod
    def _on_message(self, opcode: int, payload: bytes) -> Outgoing | None: ...

    def _finish(self, result: R) -> None:
        self._result, self.done = result, True


class Read(Transaction[Reading]):
    """Reads attributes and events, in as many chunks as the other end makes of them."""

    def __init__(self, request: ReadRequest, bounds: Bounds = USUAL) -> None:
        super().__init__()
        self._request = request
        self._assembler = Assembler(bounds)

    @classmethod
    def of(cls, *paths: AttributePath, fabric_filtered: bool = True) -> Read:
        """fabric_filtered: False to read what belongs to other fabrics, too."""
        return cls(ReadRequest(paths, fabric_filtered=fabric_filtered))

    def start(self) -> Outgoing:
        return Opcode.READ_REQUEST, READ_REQUEST.encode(self._request)

    def _on_message(self, opcode: int, payload: bytes) -> Outgoing | None:
        expect(opcode, Opcode.REPORT_DATA)
        report = read(REPORT_DATA, payload)
        self._assembler.add(report, len(payload))
        if report.more:
            return GOOD
        self._finish(self._assembler.result())
        return None if report.quiet else GOOD


class _Timed(Transaction[R]):
    """A transaction that can be announced, so that nobody can replay it later. timeout: ms, None for none."""

    def __init__(self, timeout: int | None) -> None:
        super().__init__()
        self._timeout = timeout
        self._announced = timeout is None

    def start(self) -> Outgoing:
        if self._timeout is None:
            return self._request()
        return Opcode.TIMED_REQUEST, TIMED_REQUEST.encode(TimedRequest(self._timeout))

    @abstractmethod
    def _request(self) -> Outgoing: ...

    def _on_status(self, status: int) -> Outgoing | None:
        if status == Status.SUCCESS and not self._announced:
            self._announced = True
            return self._request()
        return super()._on_status(status)

    def _on_message(self, opcode: int, payload: bytes) -> Outgoing | None:
        if not self._announced:
            raise UnexpectedMessage("an answer before the request")
        return self._on_answer(opcode, payload)

    @abstractmethod
    def _on_answer(self, opcode: int, payload: bytes) -> Outgoing | None: ...


class Write(_Timed[WriteResponse]):
    """Writes attributes. The result has a status for each piece, of which `raise_for` makes an exception.

    What does not fit into one message goes in several, and a list that does not item by item.
    """

    def __init__(self, *data: AttributeData, timeout: int | None = None, room: int = MAX_PAYLOAD) -> None:
        """timeout: as of a timed interaction; room: octets of a message."""
        super().__init__(timeout)
        cut = (piece for one in data for piece in pieces(one, room - 2 * FRAME))
        self._waiting = list(groups(ATTRIBUTE_DATA, cut, room))
        self._statuses: tuple[AttributeStatus, ...] = ()

    def _request(self) -> Outgoing:
        data = self._waiting.pop(0)
        request = WriteRequest(self._timeout is not None, data, more=bool(self._waiting))
        return Opcode.WRITE_REQUEST, WRITE_REQUEST.encode(request)

    def _on_answer(self, opcode: int, payload: bytes) -> Outgoing | None:
        expect(opcode, Opcode.WRITE_RESPONSE)
        self._statuses += read(WRITE_RESPONSE, payload).statuses
        if self._waiting:
            return self._request()
        self._finish(WriteResponse(self._statuses))
        return None


def raise_for(response: WriteResponse) -> None:
    """Raises InteractionFailed with the first status that is not success, UnexpectedMessage without any."""
    if not response.statuses:
        raise UnexpectedMessage("nothing is said about what was written")
    for one in response.statuses:
        if not one.status.succeeded:
            raise InteractionFailed(one.status, str(one.path))


class Invoke(_Timed[CommandReply]):
    """Invokes one command."""

    def __init__(self, command: CommandData, timeout: int | None = None) -> None:
        super().__init__(timeout)
        self._command = command
        self._reply: CommandReply | None = None
        self._chunks = 0

    def _request(self) -> Outgoing:
        request = InvokeRequest(False, self._timeout is not None, (self._command,))
        return Opcode.INVOKE_REQUEST, INVOKE_REQUEST.encode(request)

    def _on_answer(self, opcode: int, payload: bytes) -> Outgoing | None:
        expect(opcode, Opcode.INVOKE_RESPONSE)
        response = read(INVOKE_RESPONSE, payload)
        self._take(response)
        if response.more:
            return GOOD
        if self._reply is None:
            raise UnexpectedMessage("a response without a reply")
        self._finish(self._reply)
        return None

    def _take(self, response: InvokeResponse) -> None:
        self._chunks += 1
        if self._chunks > USUAL.chunks:
            raise UnexpectedMessage("a response without an end")
        for reply in response.replies:
            if self._reply is not None:
                raise UnexpectedMessage("two replies to one command")
            self._reply = reply


def fields(reply: CommandReply, command: int) -> Element | None:
    """What a reply says, which must be `command`. Raises InteractionFailed and UnexpectedMessage."""
    if reply.data is None:
        raise_status(reply)
        raise UnexpectedMessage("a status where a response is expected")
    if reply.data.path.command != command:
        raise UnexpectedMessage("the response of another command")
    return reply.data.fields


def raise_status(reply: CommandReply) -> None:
    """Raises InteractionFailed for a status that is not success, UnexpectedMessage for data."""
    if reply.status is None:
        raise UnexpectedMessage("a response where a status is expected")
    if not reply.status.status.succeeded:
        raise InteractionFailed(reply.status.status, str(reply.status.path))


def expect(opcode: int, expected: Opcode) -> None:
    """Raises UnexpectedMessage for another opcode."""
    if opcode != expected:
        raise UnexpectedMessage(f"opcode {opcode} where {expected.name} is expected")


def read(shape: Shape[M], payload: bytes) -> M:
    """Raises UnexpectedMessage for what is not of this shape."""
    try:
        return shape.decode(payload)
    except MalformedTlv as error:
        raise UnexpectedMessage(str(error)) from error
