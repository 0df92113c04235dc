"""A virtual device on the network: its socket, and what is announced about it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from companion.lan import Address, Lan, Service, UdpEndpoint
from companion.protocols.matter.virtual.conversations.conversations import Conversations

log = logging.getLogger(__name__)


class Presence:
    """Where a device is reached. told: called when something arrived; is_deaf: nothing is heard."""

    def __init__(
        self,
        lan: Lan,
        conversations: Conversations[Address],
        told: Callable[[], None],
        *,
        is_deaf: bool = False,
    ) -> None:
        self._lan, self._conversations = lan, conversations
        self._told, self._is_deaf = told, is_deaf
        self._endpoint: UdpEndpoint | None = None
        self._announced: tuple[Service, ...] = ()

    @property
    def address(self) -> Address | None:
        """None while it is not there."""
        return self._endpoint.address if self._endpoint is not None else None

    async def join(self, port: int) -> Address:
        """Be there. port: 0 for any. Raises OSError where there is neither IPv6 nor IPv4."""
        if self._endpoint is None:
            try:
                self._endpoint = await self._lan.listen(self._receive, port=port)
            except OSError as error:
                log.info("no socket for IPv6: %s", error)
                self._endpoint = await self._lan.listen(self._receive, port=port, ipv4=True)
        return self._endpoint.address

    async def announce(self, services: tuple[Service, ...]) -> None:
        """Announce these and no others. Raises OSError where multicast DNS can't be used."""
        names = {(each.kind, each.instance) for each in services}
        for known in self._announced:
            if (known.kind, known.instance) not in names:
                await self._lan.withdraw(known)
        for service in services:
            if service not in self._announced:
                await self._lan.publish(service)
        self._announced = services

    async def leave(self) -> None:
        """Be there no more; sessions end. Raises nothing."""
        endpoint, self._endpoint = self._endpoint, None
        if endpoint is None:
            return
        endpoint.close()
        self._conversations.end()
        try:
            await self.announce(())
        except OSError as error:
            log.info("what was announced could not be taken back: %s", error)

    def send(self) -> None:
        """All that is to be sent."""
        for peer, data in self._conversations.outgoing():
            if self._endpoint is not None:
                self._endpoint.send(data, peer)

    def _receive(self, data: bytes, peer: Address) -> None:
        if not self._is_deaf:
            self._conversations.receive(data, peer, time.monotonic())
            self._told()
