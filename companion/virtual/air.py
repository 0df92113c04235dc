"""The virtual air, offered to other processes over TCP.

One TCP connection is one controller. When its process ends, however abruptly, the controller leaves
the air: whoever had a link with it is told at once, as if the supervision timeout had passed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from itertools import count

from bumble.core import InvalidPacketError
from bumble.transport.common import PacketParser

from companion.virtual.air_link import AirLink
from companion.virtual.controller import VirtualController

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


class _HostPort(asyncio.Protocol):
    """One TCP connection of a host: HCI packets (H4 framing) to and from a fresh controller."""

    def __init__(self, air: Air, name: str) -> None:
        self._air = air
        self._name = name
        self._parser = PacketParser()
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._controller = VirtualController(self._name, self._air.link, host_sink=self)
        self._parser.set_packet_sink(self._controller)
        self._air.hosts.add(self)
        log.info("%s joined the air", self._name)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except InvalidPacketError:
            log.warning("%s does not speak HCI", self._name)
            self._transport.abort()

    def connection_lost(self, _: Exception | None) -> None:
        self._air.hosts.discard(self)
        self._controller.vanish()
        self.gone.set_result(None)
        log.info("%s left the air", self._name)

    def on_packet(self, packet: bytes) -> None:
        """From the controller: an HCI packet for the host."""
        if not self._transport.is_closing():
            self._transport.write(packet)

    def close(self) -> None:
        self._transport.abort()


class Air:
    """An air whose controllers are offered on TCP ports of this machine.

    A host joins with the transport `tcp-client:127.0.0.1:PORT`. Any number may use one port.
    """

    def __init__(self) -> None:
        self.link = AirLink()
        self.ports: tuple[int, ...] = ()
        self.hosts: set[_HostPort] = set()
        self._servers: list[asyncio.Server] = []
        self._numbers = count(1)

    async def start(self, ports: Sequence[int] = (0,)) -> None:
        """Listen on the loopback address; port 0 takes any free one. Raises OSError if one is taken.

        `ports` tells which they became.
        """
        loop = asyncio.get_running_loop()
        try:
            for port in ports:
                server = await loop.create_server(self._welcome, LOOPBACK, port)
                self._servers.append(server)
                self.ports += (server.sockets[0].getsockname()[1],)
        except OSError:
            await self.close()
            raise

    async def serve_host(self, port: int) -> asyncio.Transport:
        """Be the controller of a host that waits for one on a loopback port, as a virtual machine does.

        Closing the transport takes the controller off the air. Raises OSError if nobody waits there.
        """
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(self._welcome, LOOPBACK, port)
        return transport

    async def close(self) -> None:
        """Send all hosts away and free the ports. May be called again."""
        servers, self._servers, self.ports = self._servers, [], ()
        for server in servers:
            server.close()
        hosts = tuple(self.hosts)
        for host in hosts:
            host.close()
        await asyncio.gather(*(host.gone for host in hosts))
        for server in servers:
            await server.wait_closed()

    def _welcome(self) -> _HostPort:
        return _HostPort(self, f"host {next(self._numbers)}")

    async def __aenter__(self) -> Air:
        if not self._servers:
            await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
