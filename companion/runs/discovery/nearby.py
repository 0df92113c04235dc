"""Who could be set up here: in range of the radio, and waiting on the network."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

from companion.model import Advertisement, FoundDevice
from companion.protocols import Driver, NetworkDriver, drivers, installed
from companion.runs.discovery.search import merged

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.radio import Radio

log = logging.getLogger(__name__)


async def nearby(radio: Radio, lan: Lan | None = None) -> AsyncGenerator[FoundDevice, None]:
    """Every commissionable device, each again when its name or state changes.

    lan: where devices that wait on the network are looked for; None: nowhere
    Raises RadioError leaves.
    """
    last: dict[str, FoundDevice] = {}
    async with merged(_over_air(radio), *(_over_network(each, lan) for each in waiting_drivers(lan))) as seen:
        async for found in seen:
            if last.get(found.address) != found:
                last[found.address] = found
                yield found


def waiting_drivers(lan: Lan | None) -> tuple[NetworkDriver, ...]:
    """Those whose devices may wait on a network."""
    return tuple(each for each in drivers() if lan is not None and isinstance(each, NetworkDriver))


async def _over_air(radio: Radio) -> AsyncGenerator[FoundDevice, None]:
    known = drivers()
    async with radio.scan() as advertisements:
        async for advertisement in advertisements:
            for each in known:
                if (found := _find(each, advertisement)) is not None:
                    yield found


async def _over_network(driver: NetworkDriver, lan: Lan | None) -> AsyncGenerator[FoundDevice, None]:
    assert lan is not None
    async with driver.waiting(lan) as devices:
        async for found in devices:
            yield found


def _find(protocol: Driver, advertisement: Advertisement) -> FoundDevice | None:
    """The device, if it speaks the protocol. A plug-in's mistake does not end the search for others."""
    try:
        return protocol.find(advertisement, None)
    except Exception:
        if protocol.name not in installed().foreign:
            raise
        log.warning("%s could not judge an advertisement", protocol.name, exc_info=True)
        return None
