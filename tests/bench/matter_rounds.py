"""Matter with peers that others wrote, many times at each ATT MTU and in each direction.

`python -m tests.bench matter-rounds --rounds 50` takes about half an hour; one commissioning runs at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from companion.outcome import Outcome, Result
from companion.protocols.matter.driver.store import pending_nodes
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.virtual.access_points import HAFEN
from tests.bench.rounds import Failed, Once, Series, count
from tests.interop.circuitmatter.program import light_on_loopback
from tests.interop.commissioning import Companion, companion_with
from tests.interop.matterjs.installation import missing
from tests.interop.matterjs.light import LightOptions, MatterJsLight
from tests.interop.matterjs.stage import device_commissioned_by_matterjs, device_on_air

ROUNDS = 50
MTUS = (23, 185, 247, 517)
PATIENCE = 10.0
SLOW = 30.0
"""A light that was lost answers again after its minute, so a round went well and something in it did not."""


def table(rounds: int = ROUNDS) -> Iterator[str]:
    """A line for each direction and MTU."""
    if reason := missing():
        print(f"matter-rounds: {reason}", file=sys.stderr)
        return
    yield from count("matter-rounds", all_series(rounds))


def all_series(rounds: int) -> Iterator[Series]:
    for mtu in MTUS:
        yield _series(f"matter.js's light by us, MTU {mtu}", rounds, partial(ours, mtu=mtu))
    for mtu in MTUS:
        yield _series(f"our device by matter.js, MTU {mtu}", rounds, partial(theirs, mtu=mtu))
    yield _series("CircuitMatter's light by us, UDP", rounds, over_datagrams)


def _series(name: str, rounds: int, once: Once) -> Series:
    return Series(name, [(str(number), once) for number in range(1, rounds + 1)], SLOW)


async def ours(folder: Path, *, mtu: int) -> None:
    """We commission matter.js's light over Bluetooth. Raises Failed."""
    light = MatterJsLight(LightOptions(mtu=mtu))
    async with companion_with(folder, light) as companion:
        outcome = await companion.commission(light.setup_code)
        try:
            check(companion, outcome)
            await light.program.until("commissioned", seconds=PATIENCE)
        except Exception as error:
            raise Failed(str(error), light.program.log()) from error


async def theirs(folder: Path, *, mtu: int) -> None:
    """matter.js commissions our virtual device over Bluetooth. Raises Failed."""
    async with device_on_air(MatterOptions(mtu=mtu)) as (device, air):
        verdict = await device_commissioned_by_matterjs(device, air, mtu=mtu)
        if not verdict.commissioned:
            raise Failed(" / ".join(verdict.causes), f"after {verdict.steps}, {verdict.counts}")
        (member,) = device.state.kept.members
        if not member.acl or device.state.kept.networks[0].credentials != HAFEN.passphrase:
            raise Failed("the device has not what it was given", repr(device.state.kept))


async def over_datagrams(folder: Path) -> None:
    """We commission CircuitMatter's light over the network. Raises Failed."""
    peer = folder / "light"
    peer.mkdir()
    async with light_on_loopback(peer) as light, companion_with(folder) as companion:
        outcome = await companion.commission(light.setup_code)
        try:
            check(companion, outcome)
        except Exception as error:
            raise Failed(str(error), (peer / "log").read_text(encoding="utf-8")) from error


def check(companion: Companion, outcome: Outcome) -> None:
    """It ended well, and it is on record once. Raises Failed."""
    if outcome.result is not Result.COMMISSIONED:
        raise Failed(repr(outcome.error))
    services = companion.services
    if len(services.registry.devices()) != 1:
        raise Failed(f"{len(services.registry.devices())} devices are on record")
    if list(pending_nodes.kept(services.registry.memory("matter", services.identity.vault))):
        raise Failed("the device is still one to be gone on with")
