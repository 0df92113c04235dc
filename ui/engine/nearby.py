"""Who is near, told while a radio listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.model import FoundDevice
from ui.engine.events import Nearby

if TYPE_CHECKING:
    from companion.services import Services

NEARBY_EVERY = 0.5


async def follow(services: Services, emit: Callable[[object], None]) -> None:
    """Emit `Nearby` whenever that has changed, until cancelled. Raises RadioError.

    services: with a radio that is open
    """
    from companion.api import nearby

    seen: dict[str, FoundDevice] = {}
    reported: tuple[FoundDevice, ...] | None = None

    async def gather() -> None:
        async for found in nearby(services):
            seen[found.address] = found

    gathering = asyncio.get_running_loop().create_task(gather())
    try:
        while not gathering.done():
            # In the order in which they were seen first: rows that move are missed.
            now = tuple(seen.values())
            if now != reported:
                reported = now
                emit(Nearby(now))
            await asyncio.wait([gathering], timeout=NEARBY_EVERY)
        gathering.result()
    finally:
        gathering.cancel()
        await asyncio.wait([gathering])
