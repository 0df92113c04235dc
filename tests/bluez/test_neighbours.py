"""Other devices and other programs on the same adapter, and what BlueZ remembers of a device."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from companion.radio import Radio, open_radio
from companion.virtual.air import Air
from companion.virtual.gatt import Characteristic, Properties, Service
from tests.bluez.adapter import Adapter, Bluez
from tests.bluez.stage import linked, seen
from tests.radio.echo import RX, VALUE, Echo

EXTRA = "6e400101-b5a3-f393-e0a9-e50e24dcca9e"


class Updated(Echo):
    """The same device after a firmware update: a new service comes first, so every handle has moved."""

    def __init__(self, address: str) -> None:
        super().__init__(address=address)
        added = tuple(
            Characteristic(f"6e40011{number}-b5a3-f393-e0a9-e50e24dcca9e", Properties.READ, lambda _: b"new")
            for number in range(5)
        )
        self.services = (Service(EXTRA, added), *self.services)


@pytest.fixture
async def radio(adapter: Adapter) -> AsyncIterator[Radio]:
    async with await open_radio("os") as opened:
        yield opened


async def test_what_bluez_remembers_of_a_device_does_not_outlive_its_update(radio: Radio, air: Air) -> None:
    old = Echo()
    await old.open(air.link)
    async with linked(radio, old) as link:
        await link.write(VALUE, b"old")
    await old.close()
    new = Updated(old.address)
    await new.open(air.link)
    try:
        async with linked(radio, new) as link:
            await link.write(VALUE, b"after the update")
            assert await link.read(VALUE) == b"after the update"
        assert new.value == b"after the update"
    finally:
        await new.close()


async def test_a_link_is_made_although_another_program_connects_at_the_same_time(
    adapter: Adapter, bluez: Bluez, radio: Radio, air: Air
) -> None:
    ours, theirs = Echo(), Echo()
    await ours.open(air.link)
    await theirs.open(air.link)
    try:
        found = await seen(radio, ours)
        await seen(radio, theirs)
        path = f"{adapter.path}/dev_{theirs.address.replace(':', '_')}"
        other = asyncio.ensure_future(bluez.call(path, "org.bluez.Device1", "Connect"))
        async with await radio.connect(found) as link:
            await link.write(RX, b"beside another")
            await asyncio.wait((other,), timeout=15)
        assert ours.received == [b"beside another"]
        assert "connected" in theirs.events
    finally:
        await ours.close()
        await theirs.close()


async def test_two_links_of_one_run_of_ours_do_not_stand_in_each_others_way(radio: Radio, air: Air) -> None:
    devices = [Echo(), Echo()]
    for device in devices:
        await device.open(air.link)
    try:
        found = [await seen(radio, device) for device in devices]
        links = await asyncio.gather(*(radio.connect(one) for one in found))
        await asyncio.gather(*(link.write(RX, b"both") for link in links))
        await asyncio.gather(*(link.close() for link in links))
        assert [device.received for device in devices] == [[b"both"], [b"both"]]
        assert not any(device.centrals for device in devices)  # closed here is over there
    finally:
        for device in devices:
            await device.close()
