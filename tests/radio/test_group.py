"""`--radio` given more than once: what group radios hear and do together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from companion.errors import AdapterOff, CaptureUnavailable, DeviceNotFound, RadioSpecError
from companion.model import Advertisement
from companion.radio import open_radios
from companion.radio.group import RadioGroup
from companion.virtual.air import Air
from companion.virtual.devices import DeviceOptions
from companion.virtual.world import devices_of
from tests.support.fakes import SENSOR

QUIET = DeviceOptions(say=lambda text: None)


class Scripted:
    """A radio that sees what is put into it, and remembers whom it was asked to connect to."""

    is_virtual = True

    def __init__(self, name: str) -> None:
        self.spec = name
        self.sees: asyncio.Queue[Advertisement | Exception] = asyncio.Queue()
        self.asked: list[Any] = []
        self.scanning = False
        self.closed = False
        self.links = 0

    def hears(self, rssi: int | None, address: str = SENSOR.address) -> None:
        self.sees.put_nowait(Advertisement(address, rssi=rssi, handle=f"{self.spec}'s own"))

    @asynccontextmanager
    async def scan(self) -> AsyncIterator[AsyncIterator[Advertisement]]:
        self.scanning = True
        yield self._sightings()
        self.scanning = False

    async def _sightings(self) -> AsyncIterator[Advertisement]:
        while True:
            seen = await self.sees.get()
            if isinstance(seen, Exception):
                raise seen
            yield seen

    async def connect(self, advertisement: Advertisement, **_: Any) -> str:
        self.asked.append(advertisement.handle)
        return f"a link by {self.spec}"

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def radios() -> tuple[Scripted, Scripted]:
    return Scripted("near"), Scripted("far")


def together(radios: tuple[Scripted, Scripted]) -> RadioGroup:
    return RadioGroup(radios)  # type: ignore[arg-type]  # scripted ones


async def seen(scan: AsyncIterator[Advertisement]) -> Advertisement:
    async with asyncio.timeout(60):
        return await anext(scan)


async def test_a_device_is_reached_by_the_radio_that_hears_it_best(radios: tuple[Scripted, Scripted]) -> None:
    near, far = radios
    group = together(radios)
    async with group.scan() as scan:
        far.hears(-80)
        first = await seen(scan)
        near.hears(-50)
        second = await seen(scan)
        far.hears(-70)
        far.hears(None)
        far.hears(-30, "C0:00:00:00:00:02")
        other = await seen(scan)
    assert [each.rssi for each in (first, second, other)] == [-80, -50, -30]
    for device in (first, second, other):
        await group.connect(device)
    assert (far.asked, near.asked) == (["far's own"] * 2, ["near's own"])
    assert not near.scanning and not far.scanning


async def test_a_radio_with_links_leaves_a_device_to_one_that_hears_it_nearly_as_well(
    radios: tuple[Scripted, Scripted],
) -> None:
    near, far = radios
    near.links = 2
    async with together(radios).scan() as scan:
        near.hears(-50)
        assert (await seen(scan)).rssi == -50
        far.hears(-60)
        assert (await seen(scan)).rssi == -60
        near.hears(-49)
        near.hears(-40)
        assert (await seen(scan)).rssi == -40


async def test_nothing_is_lost_between_two_looks(radios: tuple[Scripted, Scripted]) -> None:
    """A look that is given up, as by a time limit, takes nothing with it."""
    near, far = radios
    async with together(radios).scan() as scan:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await anext(scan)
        near.hears(-50)
        far.hears(-60, "C0:00:00:00:00:02")
        assert {(await seen(scan)).rssi, (await seen(scan)).rssi} == {-50, -60}


async def test_a_radio_that_fails_is_told_of(radios: tuple[Scripted, Scripted]) -> None:
    async with together(radios).scan() as scan:
        radios[1].sees.put_nowait(AdapterOff())
        with pytest.raises(AdapterOff):
            await seen(scan)


async def test_an_advertisement_of_another_scan_is_no_device_here(
    radios: tuple[Scripted, Scripted], tmp_path: Path
) -> None:
    group = together(radios)
    with pytest.raises(DeviceNotFound):
        await group.connect(SENSOR)
    with pytest.raises(CaptureUnavailable):
        async with group.capture(tmp_path / "traffic"):
            pass
    await group.close()
    assert radios[0].closed and radios[1].closed


async def test_radios_on_two_airs_find_the_devices_of_both() -> None:
    async with Air() as here, Air() as there:
        lamp, board = devices_of("rp1").make(QUIET), devices_of("improv").make(QUIET)
        specs = [f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}" for air in (here, there)]
        for device, spec in zip((lamp, board), specs, strict=True):
            await device.open(spec.removeprefix("virtual+bumble:"))
        async with await open_radios([*specs, specs[0]]) as both:
            assert (both.spec, both.is_virtual) == (",".join(specs), True)
            await both.check()
            names: dict[str, Advertisement] = {}
            async with asyncio.timeout(60), both.scan() as scan:
                while len(names) < 2:
                    found = await anext(scan)
                    if found.name is not None:
                        names[found.address] = found
            for found in names.values():
                link = await both.connect(found)
                assert link.is_up
                await link.close()
        for device in (lamp, board):
            await device.close()


async def test_virtual_radios_and_others_do_not_mix() -> None:
    with pytest.raises(RadioSpecError) as refused:
        await open_radios(["virtual", "os"])
    assert "virtual, os" in refused.value.title_text
    with pytest.raises(RadioSpecError):
        await open_radios(["virtual", "nonsense"])
