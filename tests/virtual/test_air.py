"""The air: who hears whom, and what becomes of those who go."""

from __future__ import annotations

import asyncio
import socket

import pytest

from companion.errors import ConnectFailed, LinkLostError
from companion.radio import open_radio
from companion.virtual.air import Air
from companion.virtual.air_link import AirLink
from companion.virtual.controller import VirtualController
from tests.radio.echo import VALUE, Echo, World, find
from tests.support.until import until


class Nobody:
    """A world without devices that leaves the air to the test."""

    link: AirLink

    async def populate(self, link: AirLink) -> None:
        self.link = link

    async def close(self) -> None: ...


async def test_hosts_on_one_port_and_on_several_meet() -> None:
    async with Air() as shared:
        await shared.close()
        await shared.start([0, 0])
        first, second = shared.ports
        devices = [Echo(), Echo()]
        for device, port in zip(devices, (first, second), strict=True):
            await device.open(f"tcp-client:127.0.0.1:{port}")
        async with await open_radio(f"bumble:tcp-client:127.0.0.1:{first}") as radio:
            for device in devices:
                async with await radio.connect(await find(radio, device.address)) as link:
                    await link.write(VALUE, b"hello")
                assert device.value == b"hello"
        for device in devices:
            await device.close()


async def test_a_host_that_speaks_nonsense_is_sent_away_and_the_port_stays() -> None:
    async with Air() as air:
        reader, writer = await asyncio.open_connection("127.0.0.1", air.ports[0])
        writer.write(b"\xffnot HCI at all")
        async with asyncio.timeout(60):
            assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
        async with await open_radio(f"bumble:tcp-client:127.0.0.1:{air.ports[0]}") as radio:
            await radio.check()


async def test_a_taken_port_is_an_error_and_nothing_stays_open() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        air = Air()
        with pytest.raises(OSError, match="in use"):
            await air.start([0, other.getsockname()[1]])
        assert air.ports == ()


async def test_a_closed_air_frees_its_ports() -> None:
    async with Air() as air:
        (port,) = air.ports
    await air.start([port])
    assert air.ports == (port,)
    await air.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_advertisements_go_only_to_those_who_listen() -> None:
    device, idle = Echo(), Echo()
    heard: list[object] = []
    async with await open_radio("virtual", world=World(device, idle)) as radio:
        (link,) = {host.controller.link for host in (device._host, idle._host) if host and host.controller}
        for controller in link.controllers:
            assert isinstance(controller, VirtualController)
            controller.on_ll_advertising_pdu = heard.append
        await asyncio.sleep(0.1)
        assert heard == []
        async with radio.scan():
            await until(lambda: bool(heard))


async def test_of_two_centrals_only_one_gets_the_device_and_the_other_gets_it_next() -> None:
    device, nobody = Echo(), Nobody()
    first = await open_radio("virtual", world=nobody)
    await device.open(nobody.link)
    port = Air()
    port.link = nobody.link
    async with port:
        second = await open_radio(f"bumble:tcp-client:127.0.0.1:{port.ports[0]}")
        seen = [await find(first, device.address), await find(second, device.address)]
        racing = [
            asyncio.create_task(radio.connect(advertisement, timeout=10))
            for radio, advertisement in zip((first, second), seen, strict=True)
        ]
        done, pending = await asyncio.wait(racing, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        assert (len(done), len(pending)) == (1, 1)
        (winner,), (loser,) = done, pending
        await (await winner).close()
        async with asyncio.timeout(60):
            link = await loser
        await link.write(VALUE, b"mine now")
        assert device.value == b"mine now"
        await first.close()
        await second.close()
        await device.close()


async def test_a_device_that_vanishes_drops_its_links() -> None:
    device = Echo()
    async with await open_radio("virtual", world=World(device)) as radio:
        advertisement = await find(radio, device.address)
        link = await radio.connect(advertisement)
        assert device._host is not None
        assert device._host.controller is not None
        device._host.controller.vanish()
        await until(lambda: not link.is_up)
        with pytest.raises(LinkLostError):
            await link.read(VALUE)
        with pytest.raises(ConnectFailed):
            await radio.connect(advertisement, timeout=0.1, attempts=1)


async def test_a_world_that_fails_to_open_leaves_nothing_behind() -> None:
    class Broken(Nobody):
        closed = False

        async def populate(self, link: AirLink) -> None:
            await super().populate(link)
            raise RuntimeError("no device today")

        async def close(self) -> None:
            self.closed = True

    world = Broken()
    with pytest.raises(RuntimeError):
        await open_radio("virtual", world=world)
    assert world.closed
    assert world.link.controllers == set()
