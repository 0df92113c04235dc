"""Devices on the network that a run can go on with: those that wait, and those left whole by another run."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import TagError
from companion.model import Advertisement, FoundDevice, Ownership, SetupCode
from companion.protocols.matter.driver import discovery
from companion.protocols.matter.driver.session import operational
from companion.protocols.matter.driver.store import own_fabrics, pending_nodes
from companion.protocols.matter.driver.store.held_fabrics import held_fabric
from companion.protocols.matter.driver.store.pending_nodes import Pending
from companion.protocols.matter.ntl import reader
from companion.protocols.matter.setup_code.payload import OVER_NFC

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.nfc.channel import Channel
    from companion.protocols.contract import Surroundings
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.ntl.octets import Announcement

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
HOLD_SECONDS = 5.0
"""For a device whose tag was read a moment ago to lie on the reader."""


@dataclass(frozen=True)
class UnrecordedNode:
    """A node of our fabric that no record is of: the run that made it ended before it could write one."""

    pending: Pending


@dataclass(frozen=True)
class AtReader:
    """A device that is held to an NFC reader. said: by it, when it was selected."""

    channel: Channel
    said: Announcement


async def at_reader(channel: Channel, code: SetupCode) -> FoundDevice | None:
    """The device that is held to a reader, if the code says that it can be set up there and may be its."""
    if not any((each.capabilities or 0) & OVER_NFC for each in discovery.openers(code)):
        return None
    try:
        await channel.hold(HOLD_SECONDS)
        said = await channel.do(reader.select())
    except TagError as unable:
        log.info("nothing at the reader can be set up there: %s", unable)
        return None
    return discovery.over_nfc(said, AtReader(channel, said), code)


@asynccontextmanager
async def all_waiting(lan: Lan) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """Those that wait, whatever their code. Where multicast DNS can't be used there are none."""
    found: asyncio.Queue[FoundDevice] = asyncio.Queue()
    async with _searching(found, _waiting(lan, None, found)) as each:
        yield each


async def others_waiting(lan: Lan, code: SetupCode | None) -> AsyncGenerator[FoundDevice, None]:
    """Those that wait and fit a code, as they are found, and as they come back."""
    found: asyncio.Queue[FoundDevice] = asyncio.Queue()
    async with _searching(found, _waiting(lan, code, found)) as each:
        async for device in each:
            yield device


@asynccontextmanager
async def on_network(around: Surroundings, code: SetupCode) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """Those that fit a code, as they are found. Where multicast DNS can't be used there are none."""
    found: asyncio.Queue[FoundDevice] = asyncio.Queue()
    left, waits = _left_whole(around, code, found), _waiting(around.lan, code, found)
    async with _searching(found, left, waits) as each:
        yield each


@asynccontextmanager
async def _searching(
    found: asyncio.Queue[FoundDevice], *searches: Coroutine[None, None, None]
) -> AsyncIterator[AsyncIterator[FoundDevice]]:
    """What searches put in a queue, while the context lasts."""
    running = [asyncio.ensure_future(search) for search in searches]

    async def each() -> AsyncIterator[FoundDevice]:
        while True:
            yield await found.get()

    try:
        yield each()
    finally:
        for search in running:
            search.cancel()
        for search in running:
            with suppress(asyncio.CancelledError, OSError):
                await search


async def _waiting(lan: Lan, code: SetupCode | None, found: asyncio.Queue[FoundDevice]) -> None:
    try:
        async with lan.browse(discovery.COMMISSIONABLE) as services:
            async for service in services:
                if (device := discovery.over_network(service, code)) is not None:
                    found.put_nowait(device)
    except OSError as error:
        log.info("nobody can be found on the network: %s", error)


async def _left_whole(around: Surroundings, code: SetupCode, found: asyncio.Queue[FoundDevice]) -> None:
    """Those of earlier runs that answer to their name."""
    payloads = discovery.payloads_of(code)
    for each in pending_nodes.kept(around.memory):
        fabric = _fabric_of(each, around)
        if fabric is None or not any(each.fits(payload) for payload in payloads):
            continue
        instance = fabric.authority.identity.instance(each.node)
        with suppress(OSError):
            if await around.lan.resolve(operational.KIND, instance, LOOK_SECONDS) is not None:
                found.put_nowait(_device_of(each, instance))


def _fabric_of(left: Pending, around: Surroundings) -> OwnFabric | None:
    """That which a device was given, if this run is for it."""
    vault, grant = around.identity.vault, around.grant
    if left.grant != grant:
        return None
    if grant:
        return held_fabric(vault, grant)
    fabric = own_fabrics.of_id(own_fabrics.known(vault), left.fabric)
    return None if fabric is None or around.fabric not in ("", fabric.id) else fabric


def _device_of(left: Pending, instance: str) -> FoundDevice:
    return FoundDevice(
        discovery.PROTOCOL,
        Advertisement(instance, left.name, handle=UnrecordedNode(left)),
        left.name,
        Ownership.OWNED,
        on_network=True,
    )
