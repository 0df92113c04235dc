"""Datagrams to and from devices on the network."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import cast

from companion.lan.service import Address

log = logging.getLogger(__name__)

Receive = Callable[[bytes, Address], None]


class UdpEndpoint(asyncio.DatagramProtocol):
    """One socket. Opened by `Lan.listen`; what arrives goes to the function given there."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._transport: asyncio.DatagramTransport | None = None
        self._family = socket.AF_INET6

    @classmethod
    async def open(cls, receive: Receive, host: str, port: int) -> UdpEndpoint:
        """Bound to an address of this computer; port 0: any free one. Raises OSError."""
        made = cls(receive)
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: made, local_addr=(host, port))
        made._family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return made

    @property
    def address(self) -> Address:
        """Its own address."""
        assert self._transport is not None
        host, port = self._transport.get_extra_info("sockname")[:2]
        return Address(host, port)

    def send(self, data: bytes, to: Address) -> None:
        """Send one datagram; nobody knows whether it arrives. Raises nothing."""
        if self._transport is None or self._transport.is_closing():
            return
        try:
            self._transport.sendto(data, _socket_address(to, self._family))
        except OSError as error:
            self.error_received(error)

    def close(self) -> None:
        """Close the socket."""
        if self._transport is not None:
            self._transport.close()

    # --- asyncio's side ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        self._receive(data, Address(*address[:2]))

    def error_received(self, error: Exception) -> None:
        log.debug("a datagram was not delivered: %s", error)


def _socket_address(to: Address, family: int) -> tuple[str, int]:
    """What the socket takes: the number of a scope instead of its name. Raises OSError."""
    found = socket.getaddrinfo(
        to.host, to.port, family, socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    )
    address: tuple[str, int] = found[0][4]  # type: ignore[assignment]  # of IPv6: four values
    return address
