"""A scan that its user leaves while it starts or ends leaves the controller in order."""

import asyncio
from typing import Any

import pytest

from companion.radio import open_radio
from companion.virtual.world import World


@pytest.mark.parametrize("turns", range(1, 12))
async def test_a_scan_may_be_left_at_any_moment(turns: int) -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    radio = await open_radio("virtual", world=World([]))

    async def scan() -> None:
        async with radio.scan() as advertisements:
            async for _ in advertisements:
                pass

    first = asyncio.ensure_future(scan())
    for _ in range(turns):
        await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait([first])
    async with asyncio.timeout(5), radio.scan():
        pass
    await radio.close()
    assert complaints == []
