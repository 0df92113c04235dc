"""Improv over a Bluetooth LE link: commands in writes, what the device says in notifications."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Fault
from companion.protocols.improv.driver.connection import Connection

if TYPE_CHECKING:
    from companion.radio import Inbox, Link

# A cut-off notification is followed by its rest, or by nothing: then the whole value is read.
PIECE_SECONDS = 0.5
_FOR_EVER = 86400.0


class GattConnection(Connection):
    """Subscribed before anything is written, so that no answer is missed. `stop` when done."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self._listeners: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Subscribe, then read state and capabilities. Raises RadioError leaves, ProtocolViolation."""
        for uuid, note in (
            (codec.ERROR, self.device_state.receive_fault),
            (codec.RESULT, self.device_state.receive_result),
            (codec.STATE, self.device_state.receive_state),
        ):
            inbox = await self._link.subscribe(uuid)
            self._listeners.append(asyncio.ensure_future(self._listen(inbox, note)))
        self.device_state.receive_state(await self._link.read(codec.STATE))
        self.capabilities = codec.read_capabilities(await self._link.read(codec.CAPABILITIES))

    @property
    def is_up(self) -> bool:
        return self._link.is_up

    async def reports_failure(self) -> bool:
        """What the device's error says by itself: the last network could not be joined."""
        self.device_state.receive_fault(await self._link.read(codec.ERROR))
        return self.device_state.fault is Fault.UNABLE_TO_CONNECT

    async def stop(self) -> None:
        """End listening. The link stays."""
        for listener in self._listeners:
            listener.cancel()
        await asyncio.gather(*self._listeners, return_exceptions=True)

    async def _transmit(self, body: bytes) -> None:
        """In pieces that each fit one write."""
        octets, size = codec.frame(body), self._link.max_write
        acknowledged = "write" in self._link.characteristics[codec.COMMAND].properties
        for at in range(0, len(octets), size):
            await self._link.write(codec.COMMAND, octets[at : at + size], response=acknowledged)

    async def _until_news(self) -> None:
        if not self.device_state.cut_off:
            await self._news.wait()
            return
        try:
            async with asyncio.timeout(PIECE_SECONDS):
                await self._news.wait()
        except TimeoutError:
            self.device_state.read_result(await self._link.read(codec.RESULT))

    async def _listen(self, inbox: Inbox, note: Callable[[bytes], None]) -> None:
        try:
            while True:
                self._hear(note, await inbox.get(timeout=_FOR_EVER))
        except CompanionError as failure:
            self._fail(failure)
