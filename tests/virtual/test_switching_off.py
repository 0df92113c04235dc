"""A virtual device can be switched off at any moment, also while it tells its controller something."""

import asyncio
from typing import Any

from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.virtual.air_link import AirLink

# A change of what is advertised takes fewer turns of the loop than this; each is a moment to switch off at.
TURNS = 25
SETTLED = 30


async def test_a_device_that_changes_its_advertising_can_be_switched_off() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    for turns in range(TURNS):
        device = VirtualRp1()
        await device.open(AirLink())
        for _ in range(SETTLED):
            await asyncio.sleep(0)
        device._advertising_changed.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(60):
            await device.close()
    assert complaints == []
