"""The link ends at each BTP segment of a commissioning of matter.js's light, in both directions, once.

The run goes on by itself and ends well, though the light answers nobody until its fail-safe is over. Nothing
is shortened, so runs wait beside each other. `--rounds N` takes N segments, evenly spread.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import companion as api
from companion.services import Services
from tests.bench.matter_rounds import PATIENCE, check
from tests.bench.rounds import Failed, Series, count, spread
from tests.interop.commissioning import companion_with
from tests.interop.matterjs.installation import missing
from tests.interop.matterjs.light import LightOptions, MatterJsLight

MTUS = (247, 23)
AT_ONCE = 4


def table(rounds: int | None = None) -> Iterator[str]:
    """A line for each MTU."""
    if reason := missing():
        print(f"matter-losses: {reason}", file=sys.stderr)
        return
    yield from count("matter-losses", map(partial(_series, rounds), MTUS), at_once=AT_ONCE)


def _series(rounds: int | None, mtu: int) -> Series:
    segments = asyncio.run(_segments(mtu))
    chosen = spread(range(1, segments + 1), rounds)
    name = f"lost at each of {segments} segments, MTU {mtu}"
    return Series(name, [(f"segment {each}", partial(lost_at, mtu=mtu, segment=each)) for each in chosen])


async def _segments(mtu: int) -> int:
    """Of a run over a good link."""
    light = MatterJsLight(LightOptions(mtu=mtu))
    with tempfile.TemporaryDirectory() as folder:
        async with companion_with(Path(folder), light) as companion:
            check(companion, await companion.commission(light.setup_code))
            return [*light.links, light.counts][0].segments


async def lost_at(folder: Path, *, mtu: int, segment: int) -> None:
    """The first link ends at a segment; the light is ours all the same, once. Raises Failed."""
    light = MatterJsLight(LightOptions(mtu=mtu, lose_at=segment))
    async with companion_with(folder, light) as companion:
        outcome = await companion.commission(light.setup_code)
        try:
            check(companion, outcome)
            await light.program.until("commissioned", seconds=PATIENCE)
            assert outcome.record is not None
            await check_that_it_is_ours_alone(companion.services, outcome.record)
            if not light.links or light.links[0].segments < segment:
                raise Failed("the link did not end there")
        except Exception as error:
            raise Failed(str(error), light.program.log()) from error


async def check_that_it_is_ours_alone(services: Services, device: str) -> None:
    """The device knows our fabric and no other, also none of an attempt. Raises Failed."""
    asked = await api.controllers(services, device)
    if asked.administered is None or asked.administered.controllers is None:
        raise Failed(f"it does not say who controls it: {asked.error!r}")
    controllers = asked.administered.controllers.entries
    if [each.is_us for each in controllers] != [True]:
        raise Failed(f"the light has {len(controllers)} fabrics")
