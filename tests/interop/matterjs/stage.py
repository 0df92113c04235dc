"""An air with a light by matter.js on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from companion.virtual.air_link import AirLink
from tests.interop.matterjs.central import Central
from tests.interop.matterjs.commissioner import Errand, MatterJsCommissioner, Verdict
from tests.interop.matterjs.light import MTU, LightOptions, MatterJsLight
from tests.interop.matterjs.talk import over_bluetooth
from tests.interop.matterjs.walk import Walk


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
async def walked(light: MatterJsLight, air: AirLink, mtu: int = MTU, **differs: Any) -> AsyncIterator[Walk]:
    """Our layers with a session by the light's passcode. differs: what they believe of its options."""
    central = Central()
    await central.open(air)
    try:
        address = await central.find(light.options.discriminator)
        async with over_bluetooth(central, address, mtu) as talk:
            yield await Walk.begin(talk, replace(light.options, **differs))
    finally:
        await central.close()
