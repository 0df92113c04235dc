"""The radio room on BlueZ: what only the real stack can tell."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from companion.errors import AdapterOff, CompanionError, LinkLostError, NoAdapter, RadioError
from companion.radio import Radio, open_radio
from companion.virtual.air import Air
from companion.virtual.gatt import drop_at
from tests.bluez.adapter import Adapter, Bluez
from tests.bluez.guest import Guest
from tests.bluez.stage import linked, seen
from tests.radio.echo import RX, TX, VALUE, Echo


@pytest.fixture
async def radio(adapter: Adapter) -> AsyncIterator[Radio]:
    async with await open_radio("os") as opened:
        yield opened


@pytest.fixture
async def echo(air: Air) -> AsyncIterator[Echo]:
    device = Echo()
    await device.open(air.link)
    yield device
    await device.close()


async def works_again(radio: Radio) -> bool:
    """True once the radio works; bleak hears of a change a moment after BlueZ made it."""
    for _ in range(50):
        try:
            await radio.check()
        except AdapterOff:
            await asyncio.sleep(0.05)
        else:
            return True
    return False


async def test_the_whole_mtu_is_used_although_bluez_does_not_tell_it(radio: Radio, echo: Echo) -> None:
    async with linked(radio, echo) as link:
        assert link.mtu == 517
        await link.write(RX, bytes(range(256)) * 2, response=False)
        await link.read(VALUE)  # answered after the command was served
    assert [len(value) for value in echo.received] == [512]


async def test_every_write_comes_back_in_order(radio: Radio, echo: Echo) -> None:
    async with linked(radio, echo) as link:
        inbox = await link.subscribe(TX)
        for number in range(20):
            await link.write(RX, bytes([number]), response=number % 2 == 0)
        assert [await inbox.get(timeout=5) for _ in range(20)] == [bytes([number]) for number in range(20)]


async def test_a_value_is_read_afresh_on_every_read(radio: Radio, echo: Echo) -> None:
    async with linked(radio, echo) as link:
        await link.write(VALUE, b"one")
        assert await link.read(VALUE) == b"one"
        echo.value = b"two"
        assert await link.read(VALUE) == b"two"


async def test_a_link_that_the_device_ends_is_lost_at_once(adapter: Adapter, radio: Radio, air: Air) -> None:
    device = Echo(fault=drop_at(2))
    await device.open(air.link)
    try:
        async with linked(radio, device) as link:
            await link.write(RX, b"first")
            async with asyncio.timeout(5):
                with pytest.raises(LinkLostError):
                    await link.write(RX, b"second")
    finally:
        await device.close()


async def test_a_lost_link_can_be_made_again(adapter: Adapter, radio: Radio, air: Air) -> None:
    device = Echo(fault=drop_at(1))
    await device.open(air.link)
    try:
        async with linked(radio, device) as link:
            with pytest.raises(LinkLostError):
                await link.write(RX, b"first")
        async with linked(radio, device) as link:
            await link.write(RX, b"again")
        assert device.received == [b"again"]
    finally:
        await device.close()


async def test_a_link_that_was_hung_up_is_over_before_the_next_one_and_before_the_radio_closes(
    adapter: Adapter, echo: Echo
) -> None:
    async with await open_radio("os") as radio:
        found = await seen(radio, echo)
        first = await radio.connect(found)
        first.hang_up()
        assert echo.centrals  # BlueZ thinks about it
        second = await radio.connect(found)
        assert first.is_over
        await second.write(RX, b"the second")
        second.hang_up()
    assert echo.received == [b"the second"]
    assert not echo.centrals


async def test_an_adapter_that_is_switched_off_is_told_as_such(
    bluez: Bluez, adapter: Adapter, radio: Radio
) -> None:
    await bluez.power(adapter.path, False)
    with pytest.raises(AdapterOff):
        await radio.check()
    await bluez.power(adapter.path, True)
    assert await works_again(radio)


async def test_switching_the_adapter_off_ends_a_link(
    bluez: Bluez, adapter: Adapter, radio: Radio, echo: Echo
) -> None:
    async with linked(radio, echo) as link:
        inbox = await link.subscribe(TX)
        waiting = asyncio.ensure_future(inbox.get(timeout=10))
        await bluez.power(adapter.path, False)
        with pytest.raises(LinkLostError):
            await waiting


async def test_pulling_the_adapter_out_ends_a_link_and_closing_does_not_hang(
    adapter: Adapter, radio: Radio, echo: Echo
) -> None:
    async with asyncio.timeout(30), linked(radio, echo) as link:
        inbox = await link.subscribe(TX)
        waiting = asyncio.ensure_future(inbox.get(timeout=15))
        await adapter.unplug()
        with pytest.raises(LinkLostError):
            await waiting


async def test_without_an_adapter_there_is_no_bluetooth(bluez: Bluez) -> None:
    async with await open_radio("os") as radio:
        with pytest.raises(NoAdapter):
            await radio.check()


async def test_a_device_that_went_away_cannot_be_reached(adapter: Adapter, radio: Radio, air: Air) -> None:
    device = Echo()
    await device.open(air.link)
    found = await seen(radio, device)
    await device.close()
    with pytest.raises(RadioError):
        await radio.connect(found, timeout=4, attempts=1)


async def test_two_adapters_do_not_confuse_each_other(
    guest: Guest, bluez: Bluez, adapter: Adapter, radio: Radio, air: Air, echo: Echo
) -> None:
    async with Adapter(air, bluez, guest.ports.hci), linked(radio, echo) as link:
        await link.write(RX, b"through one of two")
    assert echo.received == [b"through one of two"]


async def test_a_restarted_bluetoothd_is_a_clear_error_and_then_works_again(
    guest: Guest, bluez: Bluez, adapter: Adapter, radio: Radio, echo: Echo
) -> None:
    async with linked(radio, echo) as link:
        inbox = await link.subscribe(TX)
        waiting = asyncio.ensure_future(inbox.get(timeout=20))
        await asyncio.to_thread(guest.shell, "kill -9 $(pidof bluetoothd)")
        with pytest.raises(CompanionError):
            await waiting
    (path,) = await bluez.until(bool, seconds=20)
    await bluez.power(path, True)
    async with await open_radio("os") as again, linked(again, echo) as link:
        await link.write(RX, b"back")
    assert echo.received[-1] == b"back"
