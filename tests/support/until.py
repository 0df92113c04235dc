"""Waiting for a condition of the world, where nothing tells when it is met."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

HANGS_AFTER = 120.0
"""Seconds. Only a test that fails waits so long."""


async def until(met: Callable[[], bool]) -> None:
    """Look again and again, and let everything else go on between. Raises TimeoutError if it never is."""
    async with asyncio.timeout(HANGS_AFTER):
        while not met():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0.005)
