"""The virtual air: controllers that hear each other, in this process or offered to others over TCP.

One TCP connection is one controller. When its process ends, however abruptly, the controller leaves
the air: whoever had a link with it is told at once, as if the supervision timeout had passed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from itertools import count
from typing import Any

from bumble import hci, ll
from bumble.core import InvalidPacketError, PhysicalTransport
from bumble.link import LocalLink
from bumble.transport.common import PacketParser

from companion.virtual.controller import VirtualController

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


class AirLink(LocalLink):  # type: ignore[misc]  # Bumble is not type-checked
    """Bumble's link between controllers, made to scale and to bear peers that are gone.

    An advertisement goes only to those who listen: with n devices Bumble's own link does n * n work.
    """

    def send_advertising_pdu(self, sender_controller: Any, packet: Any) -> None:
        if isinstance(packet, ll.ConnectInd):
            # At once, so that of two centrals that heard one advertisement only one gets the link.
            for controller in tuple(self.controllers):
                if controller is not sender_controller:
                    controller.on_ll_advertising_pdu(packet)
            return
        loop = asyncio.get_running_loop()
        for controller in self.controllers:
            if controller is not sender_controller and getattr(controller, "is_listening", True):
                loop.call_soon(controller.on_ll_advertising_pdu, packet)

    def is_connectable(self, address: hci.Address) -> bool:
        """True if a controller advertises connectably under `address` at this moment."""
        return any(controller.is_connectable_at(address) for controller in self.controllers)

    def break_connection(self, connection: Any) -> None:
        """Tell the peer of `connection` that it is gone: supervision timeout."""
        peer = self._peer(connection.peer_address, connection.self_address)
        if peer is not None:
            ended = peer.le_connections[connection.self_address]
            peer.on_le_disconnected(ended, hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def send_acl_data(
        self, sender_controller: Any, destination_address: Any, transport: Any, data: bytes
    ) -> None:
        connection = sender_controller.le_connections.get(destination_address)
        if transport != PhysicalTransport.LE or connection is None:
            return
        peer = self._peer(destination_address, connection.self_address)
        if peer is not None:
            asyncio.get_running_loop().call_soon(
                peer.on_link_acl_data, connection.self_address, transport, data
            )

    def send_ll_control_pdu(self, sender_address: Any, receiver_address: Any, packet: Any) -> None:
        peer = self._peer(receiver_address, sender_address)
        if peer is not None:
            asyncio.get_running_loop().call_soon(self._deliver_control, peer, sender_address, packet)

    @staticmethod
    def _deliver_control(peer: Any, sender_address: Any, packet: Any) -> None:
        # Both sides may end a connection in the same moment.
        if sender_address in peer.le_connections:
            peer.on_ll_control_pdu(sender_address, packet)

    def _peer(self, own_address: Any, peer_address: Any) -> Any | None:
        """The controller that is `own_address` in a connection with `peer_address`."""
        for controller in self.controllers:
            connection = controller.le_connections.get(peer_address)
            if connection is not None and connection.self_address == own_address:
                return controller
        return None


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
