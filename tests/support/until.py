"""Waiting for a condition of the world, where nothing tells when it is met."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

HANGS_AFTER = 120.0
"""Seconds. Only a test that fails waits so long."""


def wait_until(met: Callable[[], bool]) -> None:
    """`until` for what has no loop. Raises TimeoutError."""
    deadline = time.monotonic() + HANGS_AFTER
    while not met():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.005)


async def until(met: Callable[[], bool]) -> None:
    """Look again and again, and let everything else go on between. Raises TimeoutError if it never is."""
    async with asyncio.timeout(HANGS_AFTER):
        while not met():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.005)
