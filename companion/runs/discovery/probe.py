"""Devices that no advertisement tells: they are asked over a link of their own, where a protocol can do that.

Products may choose the UUID of their service. Connecting to somebody's device is only done on demand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.model import Advertisement, FoundDevice
from companion.protocols import ProbingDriver, drivers

if TYPE_CHECKING:
    from companion.radio import Radio

log = logging.getLogger(__name__)

SECONDS = 10.0
MOST = 8


async def probe(radio: Radio, seconds: float) -> AsyncGenerator[FoundDevice, None]:
    """Scan, then connect to at most `MOST` devices that may be meant, the nearest first.

    What goes wrong with one of them ends nothing. Raises RadioError where the scan does.
    """
    for driver, advertisement in (await candidates(radio, seconds))[:MOST]:
        try:
            async with asyncio.timeout(SECONDS):
                found = await _ask(radio, driver, advertisement)
        except (CompanionError, TimeoutError) as failure:
            log.info("%s could not be asked: %s", advertisement.address, type(failure).__name__)
            continue
        if found is not None:
            yield found


async def candidates(radio: Radio, seconds: float) -> list[tuple[ProbingDriver, Advertisement]]:
    """Who could be asked what it is, as its advertisement does not tell, and by which driver; nearest first.

    Raises RadioError.
    """
    known = drivers()
    asking = [each for each in known if isinstance(each, ProbingDriver)]
    seen: dict[str, Advertisement] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), radio.scan() as advertisements:
            async for advertisement in advertisements:
                seen[advertisement.address] = advertisement
    unknown = [each for each in seen.values() if all(one.find(each, None) is None for one in known)]
    unknown.sort(key=lambda each: -127 if each.rssi is None else each.rssi, reverse=True)
    return [(one, each) for each in unknown for one in asking if one.may_be(each)]


async def _ask(radio: Radio, driver: ProbingDriver, advertisement: Advertisement) -> FoundDevice | None:
    link = await radio.connect(advertisement, timeout=SECONDS, attempts=1)
    try:
        return await driver.probe(link, advertisement)
    finally:
        await link.close()
