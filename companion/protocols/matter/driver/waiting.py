"""Devices on the network that a run can go on with: those that wait, and those left whole by another run."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.model import Advertisement, FoundDevice, Ownership, SetupCode
from companion.protocols.matter.driver import discovery, operational, pending
from companion.protocols.matter.driver.own_fabric import known_fabric
from companion.protocols.matter.driver.pending import Pending

if TYPE_CHECKING:
    from companion.protocols.contract import Surroundings

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Whole:
    """A node of our fabric that no record is of: the run that made it ended before it could write one."""

    pending: Pending


@asynccontextmanager
async def on_network(
    around: Surroundings, code: SetupCode | None
) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """Those that fit a code, as they are found. Where multicast DNS can't be used there are none."""
    found: asyncio.Queue[FoundDevice] = asyncio.Queue()
    searches = [asyncio.ensure_future(search(around, code, found)) for search in (_waiting, _left_whole)]

    async def each() -> AsyncIterator[FoundDevice]:
        while True:
            yield await found.get()

    try:
        yield each()
    finally:
        for search in searches:
            search.cancel()
        for search in searches:
            with suppress(asyncio.CancelledError, OSError):
                await search


async def _waiting(around: Surroundings, code: SetupCode | None, found: asyncio.Queue[FoundDevice]) -> None:
    try:
        async with around.lan.browse(discovery.COMMISSIONABLE) as services:
            async for service in services:
                if (device := discovery.over_network(service, code)) is not None:
                    found.put_nowait(device)
    except OSError as error:
        log.info("nobody can be found on the network: %s", error)


async def _left_whole(
    around: Surroundings, code: SetupCode | None, found: asyncio.Queue[FoundDevice]
) -> None:
    """Those of earlier runs that answer to their name."""
    fabric = known_fabric(around.identity.vault)
    if fabric is None:
        return
    for each in pending.kept(around.memory):
        if not any(each.fits(payload) for payload in discovery.payloads_of(code)):
            continue
        instance = fabric.authority.identity.instance(each.node)
        with suppress(OSError):
            if await around.lan.resolve(operational.KIND, instance, LOOK_SECONDS) is not None:
                found.put_nowait(_device_of(each, instance))


def _device_of(left: Pending, instance: str) -> FoundDevice:
    return FoundDevice(
        discovery.PROTOCOL,
        Advertisement(instance, left.name, handle=Whole(left)),
        left.name,
        Ownership.OWNED,
        on_network=True,
    )
