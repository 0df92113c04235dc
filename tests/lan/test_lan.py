"""The network on loopback: services are found as they were announced, datagrams arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from companion.lan import Address, Lan, MissingLink, Service
from companion.lan.reachability import missing_link

LAMP = Service(
    "_matter._tcp", "87E1B004E235A130-8FC7772401CD0696", 5540, ("::1",), "B75AFB458ECD", {"SII": b"500"}
)


@pytest.fixture
async def ends() -> AsyncIterator[tuple[Lan, Lan]]:
    """This computer, and a device, on one network."""
    here, there = Lan.loopback(), Lan.loopback()
    yield here, there
    await here.close()
    await there.close()


async def test_what_is_announced_is_resolved_with_its_address_and_texts(ends: tuple[Lan, Lan]) -> None:
    here, there = ends
    await there.publish(LAMP)
    assert await here.resolve(LAMP.kind, LAMP.instance) == LAMP
    assert LAMP.places == (Address("::1", 5540),)
    assert LAMP.text("SII") == "500" and LAMP.text("T") is None


async def test_what_nobody_announces_is_not_found(ends: tuple[Lan, Lan]) -> None:
    here, there = ends
    await there.publish(LAMP)
    await there.withdraw(LAMP)
    assert await here.resolve(LAMP.kind, "0000000000000000-0000000000000000", 0.3) is None


async def test_browsing_gives_what_is_there_and_what_comes(ends: tuple[Lan, Lan]) -> None:
    here, there = ends
    waiting = Service("_matterc._udp", "DD200C20D25AE5F7", 5540, ("::1",), "B75AFB458ECD", {"D": b"840"})
    async with asyncio.timeout(10), here.browse("_matterc._udp") as services:
        await there.publish(waiting)
        assert await anext(services) == waiting


async def test_a_service_is_found_by_its_subtypes_too(ends: tuple[Lan, Lan]) -> None:
    """As commissioners do that know a device's discriminator."""
    here, there = ends
    waiting = Service("_matterc._udp", "DD200C20D25AE5F8", 5540, ("::1",), subtypes=("_L840", "_CM"))
    await there.publish(waiting)
    assert await instances(here, "_L840._sub._matterc._udp") == {waiting.instance}
    await there.publish(replace(waiting, subtypes=("_L841",)))
    assert await instances(here, "_L841._sub._matterc._udp") == {waiting.instance}
    assert await here.resolve(waiting.kind, waiting.instance) == replace(waiting, host=waiting.instance)


async def instances(lan: Lan, subtype: str) -> set[str]:
    """Those that answer first to a question for a subtype."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with asyncio.timeout(10), lan._listening(subtype, heard.put_nowait):
        name = await heard.get()
    return {name.partition(".")[0]}


async def test_a_change_of_what_is_announced_is_seen(ends: tuple[Lan, Lan]) -> None:
    here, there = ends
    await there.publish(LAMP)
    moved = Service(LAMP.kind, LAMP.instance, 5541, ("::1",), LAMP.host, {"SII": b"300"})
    await there.publish(moved)
    assert await here.resolve(LAMP.kind, LAMP.instance) == moved


async def test_datagrams_go_there_and_back(ends: tuple[Lan, Lan]) -> None:
    here, there = ends
    arrived: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()
    device = await there.listen(lambda data, sender: device.send(data[::-1], sender))
    us = await here.listen(lambda data, sender: arrived.put_nowait((data, sender)))
    us.send(b"abc", device.address)
    async with asyncio.timeout(5):
        assert await arrived.get() == (b"cba", device.address)
    us.send(b"abc", Address("127.0.0.1", device.address.port))
    us.close()
    device.close()
    us.send(b"abc", device.address)


@pytest.mark.parametrize(
    ("announced", "thread", "others", "missing"),
    [
        (True, False, (), MissingLink.ANSWER),
        (False, True, (), MissingLink.BORDER_ROUTER),
        (False, True, ("_meshcop._udp",), MissingLink.ANNOUNCEMENT),
        (False, False, ("_ipp._tcp",), MissingLink.ANNOUNCEMENT),
        (False, False, (), MissingLink.ANNOUNCEMENT),  # nothing stops multicast within a computer
    ],
)
async def test_the_missing_link_is_named(
    ends: tuple[Lan, Lan],
    monkeypatch: pytest.MonkeyPatch,
    announced: bool,
    thread: bool,
    others: tuple[str, ...],
    missing: MissingLink,
) -> None:
    async def hears(kind: str, seconds: float) -> bool:
        return kind in others or (bool(others) and kind.startswith("_services"))

    monkeypatch.setattr(ends[0], "hears", hears)
    assert await missing_link(ends[0], announced=announced, thread=thread) is missing


async def test_a_network_on_which_nobody_is_heard_may_stop_multicast(
    ends: tuple[Lan, Lan], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hears(kind: str, seconds: float) -> bool:
        return False

    monkeypatch.setattr(Lan, "is_loopback", property(lambda lan: False))
    monkeypatch.setattr(ends[0], "hears", hears)
    monkeypatch.setattr("companion.lan.reachability.has_ipv6", lambda lan: True)
    assert await missing_link(ends[0], announced=False) is MissingLink.MULTICAST


async def test_a_computer_without_ipv6_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ifaddr.get_adapters", lambda: ())
    assert await missing_link(Lan(), announced=True) is MissingLink.IPV6


async def test_others_are_heard_by_the_kind_of_their_service(ends: tuple[Lan, Lan]) -> None:
    here, there = ends
    await there.publish(LAMP)
    assert await here.hears(LAMP.kind, 5)
    assert await here.hears("_services._dns-sd._udp", 5)
    assert not await here.hears("_companion-nobody._udp", 0.2)
