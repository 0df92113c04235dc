"""The proxy bearer over a Bluetooth LE link: whole messages of each type, out and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import ServiceMissing
from companion.protocols.mesh.bearer import PROXY_IN, PROXY_OUT, MessageType, Reassembler, segments
from companion.protocols.mesh.network.proxy import ProxyPduType

if TYPE_CHECKING:
    from companion.radio import Inbox, Link


class ProxyLink:
    """Belongs to one link. messages, octets: in both directions"""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._inbox: Inbox | None = None
        self._reassembler = Reassembler()
        self.messages = self.octets = 0

    async def open(self) -> None:
        """Subscribe. Raises ServiceMissing for a device that only repeated an advertisement."""
        if not {PROXY_IN, PROXY_OUT} <= self._link.characteristics.keys():
            raise ServiceMissing("no mesh proxy service")
        self._inbox = await self._link.subscribe(PROXY_OUT)

    async def send(self, type: ProxyPduType, octets: bytes) -> None:
        """Raises RadioError leaves."""
        acknowledged = "write-without-response" not in self._link.characteristics[PROXY_IN].properties
        for piece in segments(MessageType(type), octets, self._link.max_write):
            await self._link.write(PROXY_IN, piece, response=acknowledged)
        self._count(octets)

    async def receive(self, seconds: float) -> tuple[ProxyPduType, bytes]:
        """The next message. Raises OperationTimeout, LinkLostError, ProtocolViolation."""
        assert self._inbox is not None
        while True:
            whole = self._reassembler.feed(await self._inbox.get(timeout=seconds))
            if whole is not None:
                self._count(whole[1])
                return ProxyPduType(whole[0]), whole[1]

    def _count(self, octets: bytes) -> None:
        self.messages += 1
        self.octets += len(octets)
