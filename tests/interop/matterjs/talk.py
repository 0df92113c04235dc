"""Conversations with a device of others, made of Matter's layers alone, over Bluetooth and over datagrams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from companion.lan import Address, Lan
from companion.protocols.matter.btp import BtpSession
from companion.protocols.matter.clusters.table import Query
from companion.protocols.matter.establishment.outcome import Established, EstablishmentFailed, Outgoing
from companion.protocols.matter.interaction.client import Transaction
from companion.protocols.matter.messages import INTERACTION, SECURE_CHANNEL, Exchanges, Message, Router
from tests.interop.matterjs.central import Central

PATIENCE = 20.0

R = TypeVar("R")
Q = TypeVar("Q")
A = TypeVar("A")


def clock() -> float:
    """Now, on the clock of the running loop."""
    return asyncio.get_running_loop().time()


class Begins(Protocol):
    established: Established | None

    def begin(self) -> Outgoing: ...

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None: ...


@dataclass
class Talk:
    """Conversations with one device over one transport."""

    router: Router
    send: Callable[[bytes], None]
    arrived: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)

    async def establish(self, machine: Begins) -> Exchanges:
        """Talk until there is a session. Raises EstablishmentFailed, TimeoutError."""
        exchanges = self.router.unsecured()
        exchange, saying = exchanges.begin(), machine.begin()
        while True:
            exchanges.send(exchange, SECURE_CHANNEL, saying.opcode, saying.payload, clock())
            if machine.established is not None:
                break
            answer = await self._next()
            try:
                going_on = machine.receive(answer.opcode, answer.payload)
            except EstablishmentFailed as failed:
                if failed.reply is not None:
                    reply = failed.reply
                    exchanges.send(exchange, SECURE_CHANNEL, reply.opcode, reply.payload, clock())
                    self._flush()
                raise
            if going_on is None:
                break
            saying = going_on
        exchanges.finish(exchange)
        self._flush()
        assert machine.established is not None
        return self.router.secure(machine.established.keys, machine.established.ends)

    async def run(self, exchanges: Exchanges, transaction: Transaction[R]) -> R:
        exchange = exchanges.begin()
        saying: tuple[int, bytes] | None = transaction.start()
        while saying is not None:
            exchanges.send(exchange, INTERACTION, *saying, clock())
            if transaction.done:
                break
            answer = await self._next()
            saying = transaction.receive(answer.opcode, answer.payload)
        exchanges.finish(exchange)
        self._flush()
        return transaction.result

    async def ask(self, exchanges: Exchanges, query: Query[Q, A], request: Q) -> A:
        return query.read(await self.run(exchanges, query.begin(request)))

    async def _next(self) -> Message:
        async with asyncio.timeout(PATIENCE):
            while True:
                self._flush()
                try:
                    async with asyncio.timeout_at(self.router.next_deadline):
                        data = await self.arrived.get()
                except TimeoutError:
                    assert not self.router.tick(clock()), "the device acknowledges nothing"
                    continue
                message = self.router.receive(data, clock())
                if message is not None:
                    return message.message

    def _flush(self) -> None:
        for _, data in self.router.outgoing():
            self.send(data)


@asynccontextmanager
async def over_bluetooth(central: Central, address: str, mtu: int) -> AsyncIterator[Talk]:
    """A BTP session. mtu: the ATT MTU that is asked for."""
    agreed = await central.connect(address, mtu)
    session = BtpSession.central(agreed, clock())
    stirred = asyncio.Event()

    def send(data: bytes) -> None:
        session.send(data)
        stirred.set()

    talk = Talk(Router(reliable=False), send)

    def indicated(segment: bytes) -> None:
        for message in session.receive(segment, clock()):
            talk.arrived.put_nowait(message)
        stirred.set()

    async def pump() -> None:
        request = session.next_segment(clock())
        assert request is not None
        await central.write(request)
        await central.subscribe(indicated)
        while True:
            while (segment := session.next_segment(clock())) is not None:
                await central.write(segment)
            stirred.clear()
            try:
                async with asyncio.timeout_at(session.next_deadline):
                    await stirred.wait()
            except TimeoutError:
                session.tick(clock())

    pumping = asyncio.create_task(pump())
    try:
        yield talk
    finally:
        pumping.cancel()
        await asyncio.gather(pumping, return_exceptions=True)
        await central.disconnect()


@asynccontextmanager
async def over_udp(lan: Lan, place: Address) -> AsyncIterator[Talk]:
    """Datagrams to a place, repeated where they are lost."""
    endpoint = await lan.listen(lambda data, _: talk.arrived.put_nowait(data))
    talk = Talk(Router(reliable=True), lambda data: endpoint.send(data, place))
    try:
        yield talk
    finally:
        endpoint.close()
