"""Announcements that nobody can use, and too many of them."""

from __future__ import annotations

import asyncio

from companion.lan import Lan, Service
from companion.lan.resolution import MOST_ASKED, MOST_WAITING, Resolution
from tests.lan.hostile import Liar
from tests.support.until import until

KIND = "_matterc._udp"
LAMP = Service(KIND, "DD200C20D25AE5F7", 5540, ("127.0.0.1",), "B75AFB458ECD", {"D": b"840"})


async def test_names_that_lead_nowhere_hide_no_device() -> None:
    """Each is asked for in vain for seconds; a device that comes after them does not wait."""
    here, there = Lan.loopback(), Lan.loopback()
    try:
        async with Liar.on_loopback() as liar, here.browse(KIND) as services:
            liar.names(KIND, 200)
            await asyncio.sleep(0.2)
            await there.publish(LAMP)
            async with asyncio.timeout(5):
                async for service in services:  # other tests' devices are on the same loopback
                    if service == LAMP:
                        break
    finally:
        await here.close()
        await there.close()


async def test_endless_names_cost_bounded_work_and_memory() -> None:
    asked: set[str] = set()
    running, most = 0, 0

    async def ask(name: str) -> Service | None:
        nonlocal running, most
        asked.add(name)
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return None

    resolving = Resolution(lambda name: None, ask)
    for number in range(10_000):
        resolving.heard(str(number))
    await until(lambda: "9999" in asked and not running)
    assert most <= MOST_ASKED
    assert len(asked) <= MOST_ASKED + MOST_WAITING
    await resolving.close()


async def test_what_is_announced_again_and_again_is_kept_once() -> None:
    versions = iter(range(10_000))

    def known(name: str) -> Service:
        return Service(KIND, name, next(versions), ("::1",))

    async def ask(name: str) -> Service | None:
        raise AssertionError("it is known")

    resolving = Resolution(known, ask)
    for _ in range(2):
        for number in range(MOST_WAITING + 100):
            resolving.heard(str(number))
    services = resolving.services()
    got = [await anext(services) for _ in range(MOST_WAITING)]
    assert len({each.instance for each in got}) == MOST_WAITING
    assert got[-1].port == 2 * (MOST_WAITING + 100) - 1
    resolving.heard("one more")
    async with asyncio.timeout(5):
        assert (await anext(services)).instance == "one more"
    await resolving.close()
