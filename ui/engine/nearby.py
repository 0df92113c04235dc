"""Who is near, told while a radio listens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from companion.errors import StorageError
from companion.model import FoundDevice, MakerGuide
from ui.engine.events import Nearby

if TYPE_CHECKING:
    from companion.services import Services

NEARBY_EVERY = 0.5

log = logging.getLogger(__name__)


async def follow(services: Services, emit: Callable[[object], None]) -> None:
    """Emit `Nearby` whenever that has changed, until cancelled. Raises RadioError.

    services: with a radio that is open
    """
    from companion.api import nearby

    seen: dict[str, FoundDevice] = {}
    reported: tuple[FoundDevice, ...] | None = None
    guides: dict[str, MakerGuide | None] = {}

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
                emit(Nearby(now, _known(guides)))
            if new := [found for found in now if found.address not in guides]:
                guides |= await asyncio.to_thread(_guides, services, new)
                if _known(guides):
                    emit(Nearby(now, _known(guides)))
            await asyncio.wait([gathering], timeout=NEARBY_EVERY)
        gathering.result()
    finally:
        gathering.cancel()
        await asyncio.wait([gathering])


def _known(guides: Mapping[str, MakerGuide | None]) -> dict[str, MakerGuide]:
    return {address: guide for address, guide in guides.items() if guide is not None}


def _guides(services: Services, new: Sequence[FoundDevice]) -> dict[str, MakerGuide | None]:
    """What is known of each, by address; nothing of any where the records can't be read."""
    from companion.runs.discovery.guidance import guide_to

    try:
        registry = services.open_registry()
        return {found.address: guide_to(registry, found) for found in new}
    except StorageError as error:
        log.info("imported lists can't be read: %s", error)
        return dict.fromkeys((found.address for found in new), None)
