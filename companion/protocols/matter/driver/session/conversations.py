"""Sessions with one device over one transport, and what is said in them, one conversation at a time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from companion.errors import CompanionError, OperationTimeout
from companion.protocols.matter.establishment.outcome import Established, EstablishmentFailed, Outgoing
from companion.protocols.matter.interaction.status import UnexpectedMessage
from companion.protocols.matter.messages import (
    INTERACTION,
    SECURE_CHANNEL,
    CounterExhausted,
    Exchange,
    Exchanges,
    Message,
    Router,
    Timing,
)

if TYPE_CHECKING:
    from companion.protocols.matter.driver.session.transport import Transport
    from companion.protocols.matter.interaction.client import Transaction
    from companion.protocols.matter.messages.router import Arrived

R = TypeVar("R")
log = logging.getLogger(__name__)

ANSWER_SECONDS = 30.0
"""For one message of a handshake or an interaction: small devices stretch a passcode for seconds."""
MORE_SECONDS = 30.0
"""For an answer that comes in pieces, each of them in time."""


class HandshakeMachine(Protocol):
    """`PaseCommissioner`, `CaseInitiator`."""

    established: Established | None

    def begin(self) -> Outgoing: ...

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None: ...


class Conversations:
    """What a run says to a device over one transport.

    counted: messages of handshakes and their octets, in both directions
    """

    def __init__(self, transport: Transport) -> None:
        self.router = Router(reliable=transport.reliable)
        self.counted = (0, 0)
        self._transport = transport
        self._ended: CompanionError | None = None
        self._turn = asyncio.Lock()
        self._waiting: tuple[Exchanges, Exchange] | None = None
        self._answer: asyncio.Future[Message] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._take: Callable[[int, bytes], tuple[int, bytes] | None] | None = None
        transport.start(self._arrived, self._on_end)

    @property
    def is_up(self) -> bool:
        """False once the transport is over."""
        return self._ended is None

    async def establish(
        self, machine: HandshakeMachine, timing: Timing | None = None, *, first: float | None = None
    ) -> Exchanges:
        """Go through a handshake; returns the session. first: seconds for the first answer, if less.

        Raises EstablishmentFailed, RadioError leaves.
        """
        async with self._turn:
            unsecured = self.router.unsecured(timing)
            try:
                await self._shake_hands(machine, unsecured, ANSWER_SECONDS if first is None else first)
            finally:
                self.router.close(unsecured)
            done = machine.established
            assert done is not None
            return self.router.secure(done.keys, done.ends, done.parameters.timing)

    async def run(
        self, session: Exchanges, transaction: Transaction[R], seconds: float = ANSWER_SECONDS
    ) -> R:
        """Go through an interaction. seconds: for each answer; all of them together get `MORE_SECONDS` more.

        Raises DeviceError and RadioError leaves, and InteractionFailed.
        """
        async with self._turn:
            until = time.monotonic() + seconds + MORE_SECONDS
            exchange = session.begin()
            try:
                opcode, payload = transaction.start()
                while True:
                    left = max(0.0, min(seconds, until - time.monotonic()))
                    message = await self._ask(session, exchange, INTERACTION, opcode, payload, left)
                    answer = transaction.receive(message.opcode, message.payload)
                    if transaction.done:
                        if answer is not None:
                            self._say(session, exchange, INTERACTION, *answer)
                        return transaction.result
                    if answer is None:
                        raise UnexpectedMessage("nothing to answer")
                    opcode, payload = answer
            except UnexpectedMessage as unexpected:
                raise unexpected.leaf from unexpected
            finally:
                session.finish(exchange)
                self._flush()

    def listen(self, take: Callable[[int, bytes], tuple[int, bytes] | None] | None) -> None:
        """Let `take` have the opcode and payload of what the device begins by itself; it gives the answer.

        None: what the device begins is passed over, as before. `take` may raise UnexpectedMessage.
        """
        self._take = take

    def close(self) -> None:
        """Say nothing any more."""
        self._ended = self._ended or OperationTimeout("closed")
        if self._timer is not None:
            self._timer.cancel()
        self._transport.close()

    # --- one message and its answer ------------------------------------------------------------------

    async def _shake_hands(self, machine: HandshakeMachine, unsecured: Exchanges, seconds: float) -> None:
        exchange = unsecured.begin()
        out: Outgoing | None = machine.begin()
        try:
            while out is not None and machine.established is None:
                self._count(out.payload)
                message = await self._ask(
                    unsecured, exchange, SECURE_CHANNEL, out.opcode, out.payload, seconds
                )
                seconds = ANSWER_SECONDS
                self._count(message.payload)
                out = machine.receive(message.opcode, message.payload)
            if out is not None:
                self._count(out.payload)
                self._say(unsecured, exchange, SECURE_CHANNEL, out.opcode, out.payload)
        except EstablishmentFailed as failed:
            if failed.reply is not None and self.is_up:
                self._say(unsecured, exchange, SECURE_CHANNEL, failed.reply.opcode, failed.reply.payload)
                # Whoever hears of the failure closes the transport, and the device would wait for its minute.
                await self._transport.drain()
            raise
        finally:
            unsecured.finish(exchange)
            self._flush()

    async def _ask(
        self,
        session: Exchanges,
        exchange: Exchange,
        protocol: int,
        opcode: int,
        payload: bytes,
        seconds: float,
    ) -> Message:
        if self._ended is not None:
            raise self._ended
        self._waiting = (session, exchange)
        self._answer = asyncio.get_running_loop().create_future()
        try:
            self._say(session, exchange, protocol, opcode, payload)
            async with asyncio.timeout(seconds):
                return await self._answer
        except TimeoutError:
            raise OperationTimeout(f"no answer within {seconds:g} s") from None
        finally:
            self._waiting = self._answer = None

    def _say(
        self, session: Exchanges, exchange: Exchange, protocol: int, opcode: int, payload: bytes
    ) -> None:
        try:
            session.send(exchange, protocol, opcode, payload, time.monotonic())
        except (CounterExhausted, ValueError) as over:
            raise OperationTimeout(str(over)) from over
        self._flush()

    def _count(self, payload: bytes) -> None:
        messages, octets = self.counted
        self.counted = (messages + 1, octets + len(payload))

    # --- the transport's side ------------------------------------------------------------------------

    def _arrived(self, data: bytes) -> None:
        arrived = self.router.receive(data, time.monotonic())
        if arrived is not None and self._waiting is not None and self._answer is not None:
            session, exchange = self._waiting
            mine = arrived.exchanges is session and arrived.exchange == exchange
            if mine and not self._answer.done():
                self._answer.set_result(arrived.message)
        if arrived is not None and self._take is not None and not arrived.exchange.ours:
            self._hear(arrived, self._take)
        self._flush()

    def _hear(self, arrived: Arrived, take: Callable[[int, bytes], tuple[int, bytes] | None]) -> None:
        """What the device began, and our answer to it."""
        message, exchange = arrived.message, arrived.exchange
        try:
            answer = take(message.opcode, message.payload) if message.protocol == INTERACTION else None
            if answer is not None:
                self._say(arrived.exchanges, exchange, INTERACTION, *answer)
        except (UnexpectedMessage, CompanionError) as wrong:
            log.info("what the device tells is passed over: %s", wrong)
        finally:
            arrived.exchanges.finish(exchange)

    def _on_end(self, error: CompanionError) -> None:
        self._ended = error
        self._fail(error)

    def _flush(self) -> None:
        """Send what is due, and come back when more is."""
        for _, data in self.router.outgoing():
            self._transport.send(data)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self.router.next_deadline
        if due is not None and self._ended is None:
            wait = max(0.001, due - time.monotonic())
            self._timer = asyncio.get_running_loop().call_later(wait, self._tick)

    def _tick(self) -> None:
        for exchanges, exchange in self.router.tick(time.monotonic()):
            if self._waiting == (exchanges, exchange):
                self._fail(OperationTimeout("the device does not acknowledge"))
        self._flush()

    def _fail(self, error: CompanionError) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
