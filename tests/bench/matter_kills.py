"""`kill -9` at each message of a commissioning of matter.js's light, over Bluetooth and the network.

Nothing of the light is in the registry then, and the same command sets it up afterwards, once. Nothing is
shortened, so runs wait beside each other. `--rounds N` takes N moments, evenly spread.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from companion.services import Services
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from tests.bench.matter_losses import check_that_it_is_ours_alone
from tests.bench.rounds import Failed, Series, count, spread
from tests.interop.matterjs.installation import missing
from tests.interop.matterjs.light import LightOptions, MatterJsLight

AT_ONCE = 3
PATIENCE = 600.0
KILLED = -9


def table(rounds: int | None = None) -> Iterator[str]:
    """One line."""
    if reason := missing():
        print(f"matter-kills: {reason}", file=sys.stderr)
        return
    yield from count("matter-kills", [_series(rounds)], at_once=AT_ONCE)


def _series(rounds: int | None) -> Series:
    moments = asyncio.run(_moments())
    chosen = spread(range(1, moments + 1), rounds)
    return Series(
        f"killed at each of {moments} moments",
        [(f"moment {each}", partial(killed_at, moment=each)) for each in chosen],
    )


@dataclass(frozen=True)
class Ended:
    """How a command ended. said: its document, None where it wrote none."""

    status: int
    said: Any
    errors: str


@dataclass(frozen=True)
class Desk:
    """Commands with one folder of data, and a light on their air."""

    folder: Path
    radio: str
    light: MatterJsLight

    async def companion(self, *words: str, moment: int | str = 0) -> Ended:
        """A command, killed at a moment of its run; 0 for never. Raises TimeoutError."""
        place = ("--radio", f"virtual+bumble:{self.radio}", "--data-dir", str(self.folder / "app"), "--json")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.interop.kill_moments", str(moment), *words, *place),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            async with asyncio.timeout(PATIENCE):
                out, errors = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        assert process.returncode is not None
        return Ended(process.returncode, json.loads(out) if out else None, errors.decode())

    async def commission(self, moment: int | str = 0) -> Ended:
        wifi = self.folder / "wifi.json"
        assert HAFEN.passphrase is not None
        wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": HAFEN.passphrase.reveal_text()}))
        code = ("--code", self.light.setup_code, "--wifi-file", str(wifi), "--name", "Lamp")
        return await self.companion("commission", *code, "--accept-risks", "--timeout", "120", moment=moment)

    @asynccontextmanager
    async def records(self) -> AsyncIterator[Services]:
        """What the commands left, open in this process, without a radio."""
        async with Services(["virtual"], data_dir=self.folder / "app") as services:
            services.open_identity()
            services.open_registry()
            yield services


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    """With a light that waits to be set up."""
    light = MatterJsLight(LightOptions())
    async with Air() as air:
        radio = f"tcp-client:127.0.0.1:{air.ports[0]}"
        await light.open(radio)
        try:
            yield Desk(folder, radio, light)
        finally:
            await light.close()


async def _moments() -> int:
    """Of a run that nobody kills."""
    with tempfile.TemporaryDirectory() as folder:
        async with desk(Path(folder)) as table:
            ended = await table.commission()
            if ended.status:
                raise Failed(f"exit status {ended.status}: {ended.errors}")
            return int(ended.errors.split("moments ")[1])


async def killed_at(folder: Path, *, moment: int | str) -> None:
    """A run is killed, and the next one sets the light up. Raises Failed."""
    async with desk(folder) as table:
        first = await table.commission(moment)
        if first.status != KILLED:
            raise Failed(f"not killed, exit status {first.status}", first.errors)
        async with table.records() as services:
            if left := services.registry.devices():
                raise Failed(f"{len(left)} devices are on record after the kill")
        again = await table.commission()
        if again.status or again.said["outcome"] != "commissioned":
            raise Failed(f"the next run: {again.said and again.said.get('error')}", again.errors)
        async with table.records() as services:
            (device,) = services.registry.devices()
            await check_that_it_is_ours_alone(services, device.id)
