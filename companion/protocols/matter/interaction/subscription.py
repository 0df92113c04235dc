"""A client's end of a subscription: it is established on one exchange, its reports come on others."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.interaction.assembly import USUAL, Assembler, Bounds, Reading
from companion.protocols.matter.interaction.client import GOOD, Transaction, expect, read
from companion.protocols.matter.interaction.messages import (
    REPORT_DATA,
    STATUS_RESPONSE,
    SUBSCRIBE_REQUEST,
    SUBSCRIBE_RESPONSE,
    Opcode,
    Outgoing,
    StatusResponse,
    SubscribeRequest,
)
from companion.protocols.matter.interaction.status import Status, UnexpectedMessage

UNKNOWN = (
    Opcode.STATUS_RESPONSE,
    STATUS_RESPONSE.encode(StatusResponse(Status.INVALID_SUBSCRIPTION)),
)
"""The answer to a report of a subscription that we don't have: the other end stops then."""


@dataclass(frozen=True)
class Established:
    """id: of the subscription; ceiling: seconds until the next report at the latest; first: all data."""

    id: int
    ceiling: int
    first: Reading


class Subscribe(Transaction[Established]):
    """Establishes a subscription: all data first, then the id."""

    def __init__(self, request: SubscribeRequest, bounds: Bounds = USUAL) -> None:
        super().__init__()
        self._request = request
        self._assembler = Assembler(bounds)
        self._id: int | None = None
        self._primed = False

    def start(self) -> Outgoing:
        return Opcode.SUBSCRIBE_REQUEST, SUBSCRIBE_REQUEST.encode(self._request)

    def _on_message(self, opcode: int, payload: bytes) -> Outgoing | None:
        if opcode == Opcode.REPORT_DATA and not self._primed:
            return self._on_report(payload)
        expect(opcode, Opcode.SUBSCRIBE_RESPONSE)
        response = read(SUBSCRIBE_RESPONSE, payload)
        if not self._primed or response.subscription != self._id:
            raise UnexpectedMessage("a subscription without data, or another one")
        if response.ceiling < self._request.floor:
            raise UnexpectedMessage("reports more often than was allowed")
        self._finish(Established(response.subscription, response.ceiling, self._assembler.result()))
        return None

    def _on_report(self, payload: bytes) -> Outgoing:
        report = read(REPORT_DATA, payload)
        if report.subscription is None or self._id not in (None, report.subscription):
            raise UnexpectedMessage("a report of no or another subscription")
        self._id = report.subscription
        self._assembler.add(report, len(payload))
        self._primed = not report.more
        return GOOD


class Subscription:
    """An established subscription. `receive` takes the reports that the other end begins exchanges with."""

    def __init__(self, established: Established, now: float, margin: float = 30.0) -> None:
        """now: seconds of a clock that never goes back; margin: seconds by which reports may be late."""
        self.id = established.id
        self._patience = established.ceiling + margin
        self._assembler = Assembler()
        self.next_deadline = now + self._patience
        """When the other end must be taken for gone."""

    def receive(self, opcode: int, payload: bytes, now: float) -> tuple[Outgoing | None, Reading | None]:
        """Answer to a message, and what it reports once all chunks are here. Raises UnexpectedMessage.

        What raised ends the exchange, not the subscription.
        """
        try:
            return self._receive(opcode, payload, now)
        except UnexpectedMessage:
            self._assembler = Assembler()
            raise

    def _receive(self, opcode: int, payload: bytes, now: float) -> tuple[Outgoing | None, Reading | None]:
        expect(opcode, Opcode.REPORT_DATA)
        report = read(REPORT_DATA, payload)
        if report.subscription != self.id:
            return UNKNOWN, None
        self.next_deadline = now + self._patience
        self._assembler.add(report, len(payload))
        if report.more:
            return GOOD, None
        reading, self._assembler = self._assembler.result(), Assembler()
        return None if report.quiet else GOOD, reading

    def is_lost(self, now: float) -> bool:
        return now >= self.next_deadline
