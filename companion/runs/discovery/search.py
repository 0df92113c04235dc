"""Finds the device of a code: on the air and, where its protocol looks there too, on the network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from companion.errors import CompanionError, DeviceNotFound
from companion.model import FoundDevice, SetupCode
from companion.protocols.contract import NetworkDriver, Surroundings

if TYPE_CHECKING:
    from companion.radio import Radio

log = logging.getLogger(__name__)

Ask = Callable[[tuple[FoundDevice, ...]], Awaitable[FoundDevice]]


async def find(
    radio: Radio,
    driver: NetworkDriver,
    around: Surroundings,
    code: SetupCode,
    *,
    seconds: float,
    ask: Ask,
) -> FoundDevice:
    """The device of a code; where several fit it, the one that its user names.

    Raises DeviceNotFound after `seconds`, and the radio's error where there is nothing on the network either.
    """
    found: dict[str, FoundDevice] = {}
    async with sightings(radio, driver, around, code) as seen:
        try:
            async with asyncio.timeout(seconds):
                first = await anext(seen)
            found[first.address] = first
            async with asyncio.timeout(driver.settle_seconds(code)):
                async for other in seen:
                    found.setdefault(other.address, other)
        except TimeoutError:
            pass
    if not found:
        raise DeviceNotFound(f"not seen within {seconds:g} s")
    devices = tuple(found.values())
    return devices[0] if len(devices) == 1 else await ask(devices)


@asynccontextmanager
async def sightings(
    radio: Radio, driver: NetworkDriver, around: Surroundings, code: SetupCode | None
) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """Devices of a protocol on the air and on the network, as they are seen."""
    seen: asyncio.Queue[FoundDevice | CompanionError] = asyncio.Queue()

    async def over_air() -> None:
        try:
            async with radio.scan() as advertisements:
                async for advertisement in advertisements:
                    if (device := driver.find(advertisement, code)) is not None:
                        seen.put_nowait(device)
        except CompanionError as error:
            seen.put_nowait(error)

    async def over_network() -> None:
        async with driver.on_network(around, code) as devices:
            async for device in devices:
                seen.put_nowait(device)

    async def each() -> AsyncIterator[FoundDevice]:
        while True:
            one = await seen.get()
            if isinstance(one, CompanionError):
                raise one
            yield one

    searches = [asyncio.ensure_future(search()) for search in (over_air, over_network)]
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_end, searches)
        yield each()


async def _end(searches: Sequence[asyncio.Future[None]]) -> None:
    for search in searches:
        search.cancel()
    for search in searches:
        with suppress(asyncio.CancelledError):
            await search
