"""A device in a process of its own, met over a TCP air, and killed without warning."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from companion.errors import ConnectFailed, LinkLostError, RadioGone
from companion.radio import open_radio
from companion.virtual.air import Air
from tests.radio.echo import RX, TX, VALUE, Echo, find


@asynccontextmanager
async def device_process(port: int) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """An Echo device in another process; yields it and the device's address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.radio.echo",
        f"tcp-client:127.0.0.1:{port}",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            address = (await process.stdout.readline()).decode().strip()
        yield process, address
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_device_of_another_process_lives_and_dies() -> None:
    async with Air() as air, await open_radio(f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}") as radio:
        assert radio.is_virtual
        async with device_process(air.ports[0]) as (process, address):
            advertisement = await find(radio, address)
            link = await radio.connect(advertisement)
            inbox = await link.subscribe(TX)
            for number in range(50):
                await link.write(RX, number.to_bytes(2, "big") * 200, response=bool(number % 2))
            for number in range(50):
                assert await inbox.get(timeout=60) == number.to_bytes(2, "big") * 200
            await link.write(VALUE, bytes(512))
            waiting = asyncio.create_task(inbox.get(timeout=60))
            await asyncio.sleep(0.05)
            process.kill()
            async with asyncio.timeout(60):
                with pytest.raises(LinkLostError):
                    await waiting
            with pytest.raises(ConnectFailed):
                await radio.connect(advertisement, timeout=0.2, attempts=1)
        async with device_process(air.ports[0]) as (_, again):
            link = await radio.connect(await find(radio, again))
            await link.write(VALUE, b"alive")
            assert await link.read(VALUE) == b"alive"


async def test_an_air_that_closes_takes_radio_and_links_with_it() -> None:
    air = Air()
    await air.start([0])
    device = Echo()
    await device.open(air.link)
    async with await open_radio(f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}") as radio:
        link = await radio.connect(await find(radio, device.address))
        inbox = await link.subscribe(TX)
        async with radio.scan() as advertisements:
            await air.close()
            async with asyncio.timeout(60):
                with pytest.raises(LinkLostError):
                    await inbox.get(timeout=60)
                with pytest.raises(RadioGone):
                    async for _ in advertisements:
                        pass
        with pytest.raises(RadioGone):
            await radio.check()
    await device.close()
