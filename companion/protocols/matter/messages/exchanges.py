"""The conversations of one session over one transport, sans-IO (Matter Core 1.4, 4.10 and 4.12).

begin  exchanges = Exchanges(session, reliable=True)       (False over Bluetooth: BTP loses nothing)
ask    exchange = exchanges.begin(); exchanges.send(exchange, protocol, opcode, payload, now)
in     message = exchanges.receive(data, now)              None for what asks for nothing
out    for data in exchanges.outgoing(): send it           after each of the others
time   at exchanges.next_deadline: lost = exchanges.tick(now)
end    exchanges.finish(exchange)
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from companion.protocols.matter.messages.failure import BadMessage
from companion.protocols.matter.messages.message import SECURE_CHANNEL, Duplicate, Message, Opcode
from companion.protocols.matter.messages.reliability import (
    ACKNOWLEDGEMENT_SECONDS,
    MOST_TRANSMISSIONS,
    Outstanding,
    PendingAcknowledgement,
    Timing,
)
from companion.protocols.matter.messages.session import Session

MOST_EXCHANGES = 16
"""That the other side may have open at one time."""


@dataclass(frozen=True)
class Exchange:
    """One conversation. ours: this end began it."""

    number: int
    ours: bool

    @staticmethod
    def of(message: Message) -> Exchange:
        """The conversation that a received message belongs to."""
        return Exchange(message.exchange, not message.initiator)


@dataclass
class _State:
    outstanding: Outstanding | None = None
    owed: PendingAcknowledgement | None = None
    finished: bool = False


class Exchanges:
    """Gives messages their exchange, and over UDP sees that they arrive."""

    def __init__(
        self,
        session: Session,
        *,
        reliable: bool,
        timing: Timing | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """reliable: acknowledge and repeat; timing: of the other side; jitter: random, 0 to 1."""
        self.session = session
        self.timing = timing or Timing()
        self.dropped: BadMessage | None = None
        """Why the last message that was left out was, for reports."""
        self._reliable, self._jitter = reliable, jitter
        self._open: dict[Exchange, _State] = {}
        self._out: list[bytes] = []
        self._next = secrets.randbits(16)
        self._heard: float | None = None

    @property
    def next_deadline(self) -> float | None:
        """When `tick` has something to do, if it ever has."""
        waits = [wait for state in self._open.values() for wait in (state.outstanding, state.owed)]
        return min((wait.due for wait in waits if wait is not None), default=None)

    def begin(self) -> Exchange:
        """A new conversation of ours."""
        while (exchange := Exchange(self._next, True)) in self._open:
            self._next = (self._next + 1) & 0xFFFF
        self._next = (self._next + 1) & 0xFFFF
        self._open[exchange] = _State()
        return exchange

    def send(self, exchange: Exchange, protocol: int, opcode: int, payload: bytes, now: float) -> None:
        """Say something in an open conversation; what was said before is not repeated any more.

        Raises CounterExhausted, and ValueError for a conversation that is over.
        """
        state = self._open.get(exchange)
        if state is None or state.finished:
            raise ValueError("the exchange is over")
        acknowledged = state.owed.counter if state.owed is not None else None
        message = Message(
            exchange.number, exchange.ours, protocol, opcode, payload, self._reliable, acknowledged
        )
        data = self.session.seal(message)
        state.owed = None
        self._out.append(data)
        if self._reliable:
            due = now + self._backoff(0, now)
            state.outstanding = Outstanding(data, self.session.last_counter, due)

    def receive(self, data: bytes, now: float) -> Message | None:
        """Take what arrived; the message to react to, or None.

        None stands for acknowledgements, for what was there before, and for what is no message of this
        session (`dropped` says why).
        """
        try:
            message = self.session.open(data)
        except Duplicate as duplicate:
            self._heard = now
            self._acknowledge_alone(duplicate.message)
            return None
        except BadMessage as bad:
            self.dropped = bad
            return None
        self._heard = now
        exchange = Exchange.of(message)
        state = self._open.get(exchange) or self._opened(exchange, message)
        if state is None:
            self._acknowledge_alone(message)
            return None
        self._settle(exchange, state, message.acknowledged)
        if message.is_acknowledgement:
            return None
        self._owe(exchange, state, message, now)
        return None if state.finished else message

    def tick(self, now: float) -> tuple[Exchange, ...]:
        """Time has passed. The conversations that are lost: their last message was never acknowledged."""
        lost = []
        for exchange, state in list(self._open.items()):
            if state.owed is not None and state.owed.due <= now:
                self._acknowledge(exchange, state)
            waiting = state.outstanding
            if waiting is None or waiting.due > now:
                continue
            if waiting.transmissions < MOST_TRANSMISSIONS:
                self._out.append(waiting.data)
                waiting.due = now + self._backoff(waiting.transmissions, now)
                waiting.transmissions += 1
                continue
            del self._open[exchange]
            if not state.finished:
                lost.append(exchange)
        return tuple(lost)

    def finish(self, exchange: Exchange) -> None:
        """Nothing more is to be said. What is owed goes out, what is outstanding is still repeated."""
        state = self._open.get(exchange)
        if state is None:
            return
        state.finished = True
        if state.owed is not None:
            self._acknowledge(exchange, state)
        self._forget(exchange, state)

    def outgoing(self) -> tuple[bytes, ...]:
        """What is to be sent now, once."""
        out, self._out = tuple(self._out), []
        return out

    def _opened(self, exchange: Exchange, message: Message) -> _State | None:
        """The state of a conversation that this message of the other side begins, if it may."""
        if exchange.ours or message.is_acknowledgement:
            return None
        if sum(not each.ours for each in self._open) >= MOST_EXCHANGES:
            return None
        return self._open.setdefault(exchange, _State())

    def _settle(self, exchange: Exchange, state: _State, acknowledged: int | None) -> None:
        if state.outstanding is not None and state.outstanding.counter == acknowledged:
            state.outstanding = None
            self._forget(exchange, state)

    def _owe(self, exchange: Exchange, state: _State, message: Message, now: float) -> None:
        if not (message.reliable and self._reliable):
            return
        if state.finished:
            self._acknowledge_alone(message)
            return
        if state.owed is not None:
            self._acknowledge(exchange, state)
        state.owed = PendingAcknowledgement(message.counter, now + ACKNOWLEDGEMENT_SECONDS)

    def _acknowledge(self, exchange: Exchange, state: _State) -> None:
        assert state.owed is not None
        self._say_acknowledged(exchange, state.owed.counter)
        state.owed = None

    def _acknowledge_alone(self, message: Message) -> None:
        """For what belongs to no open conversation, or was acknowledged before, lest it be sent on and on."""
        if message.reliable and self._reliable:
            self._say_acknowledged(Exchange.of(message), message.counter)

    def _say_acknowledged(self, exchange: Exchange, counter: int) -> None:
        opcode = Opcode.STANDALONE_ACKNOWLEDGEMENT
        message = Message(exchange.number, exchange.ours, SECURE_CHANNEL, opcode, b"", acknowledged=counter)
        self._out.append(self.session.seal(message))

    def _forget(self, exchange: Exchange, state: _State) -> None:
        if state.finished and state.outstanding is None:
            self._open.pop(exchange, None)

    def _backoff(self, transmission: int, now: float) -> float:
        active = self._heard is not None and now - self._heard < self.timing.threshold
        return self.timing.backoff(transmission, active=active, jitter=self._jitter())
