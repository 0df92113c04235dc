"""An air with a light by matter.js on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from companion.virtual.air_link import AirLink
from tests.interop.matterjs.commissioner import Errand, MatterJsCommissioner, Verdict
from tests.interop.matterjs.light import LightOptions, MatterJsLight


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
