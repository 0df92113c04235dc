"""The provisioning bearer over a Bluetooth LE link: whole messages out and in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from companion.errors import OperationTimeout, ServiceMissing
from companion.protocols.mesh.bearer import (
    PROVISIONING_IN,
    PROVISIONING_OUT,
    MessageType,
    Reassembler,
    segments,
)

if TYPE_CHECKING:
    from companion.radio import Inbox, Link


class Peer(Protocol):
    """Whoever is provisioned, as the dialogue needs it."""

    async def send(self, message: bytes) -> None:
        """A provisioning PDU. Raises RadioError leaves."""

    async def receive(self, seconds: float) -> bytes:
        """The next one. Raises OperationTimeout, LinkLostError, ProtocolViolation."""


class GattPeer:
    """Belongs to one link. messages, octets: of provisioning, in both directions"""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._inbox: Inbox | None = None
        self._reassembler = Reassembler()
        self.messages = self.octets = 0

    async def open(self) -> None:
        """Subscribe. Raises ServiceMissing for a device that only repeated an advertisement."""
        if not {PROVISIONING_IN, PROVISIONING_OUT} <= self._link.characteristics.keys():
            raise ServiceMissing("no provisioning service")
        self._inbox = await self._link.subscribe(PROVISIONING_OUT)

    async def send(self, message: bytes) -> None:
        """See `Peer`."""
        acknowledged = "write-without-response" not in self._link.characteristics[PROVISIONING_IN].properties
        for piece in segments(MessageType.PROVISIONING, message, self._link.max_write):
            await self._link.write(PROVISIONING_IN, piece, response=acknowledged)
        self._count(message)

    async def receive(self, seconds: float) -> bytes:
        """See `Peer`. Messages that are none of provisioning are passed over, and gain no time."""
        try:
            async with asyncio.timeout(seconds):
                message = await self._next(seconds)
        except TimeoutError:
            raise OperationTimeout("no answer from the device") from None
        self._count(message)
        return message

    async def _next(self, seconds: float) -> bytes:
        assert self._inbox is not None
        while True:
            whole = self._reassembler.feed(await self._inbox.get(timeout=seconds))
            if whole is not None and whole[0] is MessageType.PROVISIONING:
                return whole[1]

    def _count(self, message: bytes) -> None:
        self.messages += 1
        self.octets += len(message)
