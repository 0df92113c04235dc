"""A controller of our own layers for a virtual Matter device, over the virtual air and over loopback."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from typing import Any, TypeVar

from companion.lan import Address, Lan, UdpEndpoint
from companion.protocols.matter.btp import BtpSession
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.clusters.table import Query
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.interaction.client import Transaction
from companion.protocols.matter.messages import INTERACTION, SECURE_CHANNEL, Exchanges, Router
from companion.protocols.matter.messages.message import Message
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.secret import Secret
from companion.virtual.air_link import AirLink
from tests.interop.matterjs.central import Central

R = TypeVar("R")
Q = TypeVar("Q")
A = TypeVar("A")

PATIENCE = 10.0


class LinkLost(Exception):
    """The device let the link go."""


class Wire(ABC):
    """Octets to a device and back."""

    def __init__(self) -> None:
        self.arriving: asyncio.Queue[bytes | None] = asyncio.Queue()

    @abstractmethod
    async def send(self, data: bytes) -> None: ...


class OverBluetooth(Wire):
    """BTP over a link. Raises LinkLost where there is none any more."""

    def __init__(self, central: Central, mtu: int) -> None:
        super().__init__()
        self._central = central
        self._session = BtpSession.central(mtu, time.monotonic())
        central.on_lost = lambda: self.arriving.put_nowait(None)

    @classmethod
    async def to(cls, central: Central, air: AirLink, mtu: int = 247) -> OverBluetooth:
        """A session with the only device that advertises on an air."""
        found: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        central.on_heard = lambda address, data: found.done() or found.set_result(address)
        await central.open(air)
        await central.scan()
        async with asyncio.timeout(PATIENCE):
            made = cls(central, await central.connect(await found, mtu))
            await made._pump()
            await central.subscribe(made._indicated)
            return made

    async def send(self, data: bytes) -> None:
        self._session.send(data)
        await self._pump()

    def _indicated(self, segment: bytes) -> None:
        for message in self._session.receive(segment, time.monotonic()):
            self.arriving.put_nowait(message)
        self._chore = asyncio.ensure_future(self._pump())

    async def _pump(self) -> None:
        while (segment := self._session.next_segment(time.monotonic())) is not None:
            try:
                await self._central.write(segment)
            except Exception as error:
                raise LinkLost from error


class OverNetwork(Wire):
    """Datagrams."""

    _endpoint: UdpEndpoint
    _address: Address

    @classmethod
    async def to(cls, lan: Lan, address: Address) -> OverNetwork:
        made = cls()
        made._endpoint = await lan.listen(lambda data, _: made.arriving.put_nowait(data))
        made._address = address
        return made

    async def send(self, data: bytes) -> None:
        self._endpoint.send(data, self._address)

    def close(self) -> None:
        self._endpoint.close()


class Controller:
    """Sessions with a device over one wire."""

    def __init__(self, wire: Wire, *, reliable: bool) -> None:
        self._wire = wire
        self._router = Router(reliable=reliable)
        self.exchanges: Exchanges | None = None

    async def pase(self, passcode: Secret) -> Controller:
        """A session by passcode. Raises EstablishmentFailed, LinkLost, TimeoutError."""
        return await self._establish(PaseCommissioner(passcode, self._router.reserve()))

    async def case(self, own: NodeCredentials, node: int) -> Controller:
        """A session by certificate. Raises as `pase`."""
        return await self._establish(CaseInitiator(own, node, self._router.reserve()))

    async def _establish(self, end: Any) -> Controller:
        exchanges = self._router.unsecured()
        exchange = exchanges.begin()
        message = end.begin()
        while message is not None:
            exchanges.send(exchange, SECURE_CHANNEL, message.opcode, message.payload, time.monotonic())
            await self._flush()
            if end.established is not None:
                break
            answer = await self._answer()
            message = end.receive(answer.opcode, answer.payload)
        exchanges.finish(exchange)
        await self._flush()
        self.exchanges = self._router.secure(end.established.keys, end.established.ends)
        return self

    async def run(self, transaction: Transaction[R]) -> R:
        """Raises InteractionFailed, LinkLost, TimeoutError."""
        assert self.exchanges is not None
        exchange = self.exchanges.begin()
        message: Any = transaction.start()
        while message is not None and not transaction.done:
            self.exchanges.send(exchange, INTERACTION, *message, time.monotonic())
            await self._flush()
            answer = await self._answer()
            message = transaction.receive(answer.opcode, answer.payload)
        self.exchanges.finish(exchange)
        await self._flush()
        return transaction.result

    async def ask(self, query: Query[Q, A], request: Q) -> A:
        return query.read(await self.run(query.begin(request)))

    async def _flush(self) -> None:
        for _, data in self._router.outgoing():
            await self._wire.send(data)

    async def _answer(self) -> Message:
        async with asyncio.timeout(PATIENCE):
            while True:
                data = await self._wire.arriving.get()
                if data is None:
                    raise LinkLost
                arrived = self._router.receive(data, time.monotonic())
                await self._flush()
                if arrived is not None:
                    return arrived.message
