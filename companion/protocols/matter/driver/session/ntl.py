"""NTL over a reader's channel: each message is a command, and what the device says to it the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from companion.errors import CompanionError, DeviceLifted, OperationTimeout, TagError, TagUnsupported
from companion.protocols.matter.ntl import reader

if TYPE_CHECKING:
    from companion.nfc.channel import Channel
    from companion.protocols.matter.driver.session.transport import OnEnd, OnMessage
    from companion.protocols.matter.ntl.octets import Announcement

DRAIN_SECONDS = 1.0


class NtlTransport:
    """A device that is held to a reader. The channel itself belongs to whoever made it.

    The reader repeats what gets lost between the two, and a device that needs long asks for time: a message
    has no other limit here than whoever waits for the answer has.
    """

    reliable = False

    def __init__(self, channel: Channel) -> None:
        """Use `open`."""
        self._channel = channel
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._sent = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, channel: Channel, said: Announcement) -> NtlTransport:
        """said: by the device that is expected.

        Raises DeviceLifted where it is gone or another one is there, OperationTimeout while it takes nobody.
        """
        try:
            if await channel.do(reader.select()) != said:
                raise DeviceLifted("another device is held to the reader")
        except TagUnsupported as refused:
            raise OperationTimeout(str(refused)) from refused
        except TagError as gone:
            raise DeviceLifted(str(gone)) from gone
        return cls(channel)

    def start(self, on_message: OnMessage, on_end: OnEnd) -> None:
        self._task = asyncio.ensure_future(self._carry(on_message, on_end))

    def send(self, message: bytes) -> None:
        self._sent.clear()
        self._queue.put_nowait(message)

    async def drain(self) -> None:
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._sent.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        self._sent.set()
        if self._task is not None:
            self._task.cancel()

    async def _carry(self, on_message: OnMessage, on_end: OnEnd) -> None:
        try:
            while True:
                message = await self._queue.get()
                answer = await self._channel.do(reader.ask(message))
                if self._queue.empty():
                    self._sent.set()
                if answer:
                    on_message(answer)
        except TagError as gone:
            on_end(DeviceLifted(str(gone)))
        except CompanionError as error:
            on_end(error)
        finally:
            self._sent.set()
