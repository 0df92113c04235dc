"""Finds the device of a code: on the air and, where its protocol looks there too, on the network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from companion.errors import DeviceNotFound
from companion.model import FoundDevice, SetupCode
from companion.protocols.contract import NetworkDriver, Surroundings

if TYPE_CHECKING:
    from companion.radio import Radio

log = logging.getLogger(__name__)

MOST_OFFERED = 16
"""Anybody can announce names without end."""

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
                    if len(found) == MOST_OFFERED:
                        break
        except TimeoutError:
            pass
    if not found:
        raise DeviceNotFound(f"not seen within {seconds:g} s")
    devices = tuple(found.values())
    return devices[0] if len(devices) == 1 else await ask(devices)


@asynccontextmanager
async def sightings(
    radio: Radio, driver: NetworkDriver, around: Surroundings, code: SetupCode
) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """Devices of a protocol on the air and on the network, as they are seen."""

    async def over_air() -> AsyncGenerator[FoundDevice, None]:
        async with radio.scan() as advertisements:
            async for advertisement in advertisements:
                if (device := driver.find(advertisement, code)) is not None:
                    yield device

    async def over_network() -> AsyncGenerator[FoundDevice, None]:
        async with driver.on_network(around, code) as devices:
            async for device in devices:
                yield device

    async with merged(over_air(), over_network()) as seen:
        yield seen


@asynccontextmanager
async def merged(*sources: AsyncGenerator[FoundDevice, None]) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """What several searches find, as it is found, until all have ended; the first error of one ends it."""
    seen: asyncio.Queue[FoundDevice | Exception | None] = asyncio.Queue()

    async def follow(source: AsyncGenerator[FoundDevice, None]) -> None:
        try:
            async with aclosing(source):
                async for device in source:
                    seen.put_nowait(device)
            seen.put_nowait(None)
        except Exception as error:
            seen.put_nowait(error)

    async def each() -> AsyncIterator[FoundDevice]:
        left = len(sources)
        while left:
            one = await seen.get()
            if isinstance(one, Exception):
                raise one
            if one is None:
                left -= 1
            else:
                yield one

    searches = [asyncio.ensure_future(follow(source)) for source in sources]
    try:
        yield each()
    finally:
        for search in searches:
            search.cancel()
        for search in searches:
            with suppress(asyncio.CancelledError):
                await search
