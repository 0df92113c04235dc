"""An air with a light by matter.js on it, or with our virtual device for matter.js's commissioner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.virtual.air_link import AirLink
from tests.interop.matterjs.bare_commissioner import BareCommissioner
from tests.interop.matterjs.central import Central
from tests.interop.matterjs.commissioner import Errand, MatterJsCommissioner, Verdict
from tests.interop.matterjs.light import MTU, LightOptions, MatterJsLight, free_port
from tests.interop.matterjs.talk import over_bluetooth


@asynccontextmanager
async def light_on_air(**options: Any) -> AsyncIterator[tuple[MatterJsLight, AirLink]]:
    """The light, ready to be commissioned. options: those of `LightOptions`."""
    air = AirLink()
    light = MatterJsLight(LightOptions(**options))
    try:
        await light.open(air)
        yield light, air
    finally:
        await light.close()


async def commissioned_by_matterjs(light: MatterJsLight, air: AirLink, **errand: Any) -> Verdict:
    """matter.js's commissioner sent to the light. errand: what differs from `Errand`."""
    options = light.options
    known = {"passcode": options.passcode, "discriminator": options.discriminator, "ssid": options.ssid}
    return await MatterJsCommissioner(Errand(**{**known, **errand})).run(air)


@asynccontextmanager
async def in_session(light: MatterJsLight, air: AirLink, **differs: Any) -> AsyncIterator[BareCommissioner]:
    """Our layers with a session by the light's passcode. differs: what they believe of its options."""
    central = Central()
    await central.open(air)
    try:
        address = await central.find(light.options.discriminator)
        async with over_bluetooth(central, address, MTU) as talk:
            yield await BareCommissioner.begin(talk, replace(light.options, **differs))
    finally:
        await central.close()


@asynccontextmanager
async def device_on_air(options: MatterOptions | None = None) -> AsyncIterator[tuple[VirtualMatter, AirLink]]:
    """Our virtual device, ready to be commissioned, on a port of its own."""
    air = AirLink()
    device = VirtualMatter(replace(options or MatterOptions(), port=free_port()))
    try:
        await device.open(air)
        yield device, air
    finally:
        await device.close()


async def device_commissioned_by_matterjs(device: VirtualMatter, air: AirLink, **errand: Any) -> Verdict:
    """matter.js's commissioner sent to our device with what its label says. errand: what differs."""
    made = device.label
    usual = {
        "passcode": made.passcode,
        "discriminator": made.discriminator,
        "place": f"::1:{device.options.port}",
        "seconds": 20.0,
    }
    return await MatterJsCommissioner(Errand(**{**usual, **errand})).run(air)
