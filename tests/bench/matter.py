"""Commissioning a light of others, against matter.js's own commissioner on lights that are the same.

Both are measured at the light's radio: writes of the link, and the time from the first message of PASE to the
end of CommissioningComplete. They take turns, on an air and a loopback network each. matter.js's commissioner
is a new process each time; ours is one too where a row says "cold".

`python -m tests.bench.matter MTU` is one of those processes, and prints JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from asyncio.subprocess import PIPE
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean, median

from companion.outcome import Result
from companion.virtual.air_link import AirLink
from tests.bench import Row
from tests.interop.commissioning import companion_with
from tests.interop.matterjs.commissioner import Errand, MatterJsCommissioner
from tests.interop.matterjs.installation import missing
from tests.interop.matterjs.light import LightOptions, MatterJsLight

LARGE = 247
ROUNDS = {LARGE: 5, 23: 3}
CHIP_WRITES = 20
"""Of the Matter SDK's own commissioner through BlueZ, on such a light at MTU 247; it is not run here."""
MOST_WRITES = 19


@dataclass(frozen=True)
class Taken:
    writes: int
    ms: float


def run() -> list[Row]:
    if reason := missing():
        print(f"matter: {reason}", file=sys.stderr)
        return []
    return [row for mtu in ROUNDS for row in asyncio.run(_rows(mtu))]


async def _rows(mtu: int) -> list[Row]:
    cold, ours, theirs = [], [], []
    for _ in range(ROUNDS[mtu]):
        cold.append(await _cold(mtu))
        theirs.append(await _theirs(mtu))
        ours.append(await _ours(mtu))
    writes, their_writes = (mean(each.writes for each in all_of) for all_of in ([*cold, *ours], theirs))
    cold_took, took, they_took = (median(each.ms for each in all_of) for all_of in (cold, ours, theirs))
    what = f"Matter light, MTU {mtu}"
    rows = [
        Row(f"{what}: PASE to complete, cold", cold_took, "matter.js's commissioner", they_took, bound=1.0),
        Row(f"{what}: PASE to complete, warm", took, "matter.js's commissioner", they_took, bound=1.0),
        Row(f"{what}: writes", writes, "matter.js's commissioner", their_writes, bound=1.0, unit=""),
    ]
    if mtu == LARGE:
        bound = MOST_WRITES / CHIP_WRITES
        rows.append(Row(f"{what}: writes", writes, "Matter SDK's, known", CHIP_WRITES, bound=bound, unit=""))
    return rows


async def _ours(mtu: int) -> Taken:
    light = MatterJsLight(LightOptions(mtu=mtu))
    with tempfile.TemporaryDirectory() as folder:
        async with companion_with(Path(folder), light) as companion:
            outcome = await companion.commission(light.setup_code)
            assert outcome.result is Result.COMMISSIONED, outcome.error
            return await _taken(light)


async def _cold(mtu: int) -> Taken:
    """The same in a process that never did it before."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.matter", str(mtu), stdout=PIPE
    )
    said, _ = await process.communicate()
    return Taken(**json.loads(said.splitlines()[-1]))


async def _theirs(mtu: int) -> Taken:
    light, air = MatterJsLight(LightOptions(mtu=mtu)), AirLink()
    await light.open(air)
    try:
        options = light.options
        verdict = await MatterJsCommissioner(Errand(options.passcode, options.discriminator)).run(air)
        assert verdict.commissioned, verdict.causes
        return await _taken(light)
    finally:
        await light.close()


async def _taken(light: MatterJsLight) -> Taken:
    done = await light.program.until("commissioned")
    assert light.asked_at is not None
    counts = [*light.links, light.counts][0]
    return Taken(counts.writes, (done["at"] - light.asked_at) * 1000)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_ours(int(sys.argv[1]))))))
