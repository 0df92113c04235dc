"""The notifications of one characteristic, waiting to be read."""

from __future__ import annotations

import asyncio
from collections import deque

from companion.errors import LinkLostError, OperationTimeout


class Inbox:
    """Notifications in the order of their arrival. Nothing is dropped, however slow the reader is."""

    def __init__(self) -> None:
        self._messages: deque[bytes] = deque()
        self._stirred = asyncio.Event()
        self._loss: str | None = None

    async def get(self, *, timeout: float) -> bytes:
        """The next notification's value, waited for up to `timeout` seconds.

        What arrived before the link went can still be read. Raises OperationTimeout, and LinkLostError
        as soon as the link is gone and nothing is left.
        """
        try:
            async with asyncio.timeout(timeout):
                while not self._messages:
                    if self._loss is not None:
                        raise LinkLostError(self._loss)
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            raise OperationTimeout(f"no notification within {timeout:g} s") from None
        return self._messages.popleft()

    def put(self, value: bytes) -> None:
        """For the link: a notification arrived."""
        self._messages.append(value)
        self._stirred.set()

    def fail(self, loss: str) -> None:
        """For the link: it is gone, nothing more will arrive."""
        self._loss = loss
        self._stirred.set()
