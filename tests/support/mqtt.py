"""A client of a broker whose goodbye ends."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType

import aiomqtt

GOODBYE_SECONDS = 2.0


class Client(aiomqtt.Client):
    """aiomqtt waits for its disconnection without a limit, and paho does not always tell it of that."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                await super().__aexit__(kind, error, trace)
