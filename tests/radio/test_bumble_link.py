"""Real bleak calls and real ATT packets between a radio and a virtual device on one air."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from companion.errors import (
    AttributeFailure,
    ConnectFailed,
    LinkLostError,
    OperationTimeout,
    ServiceMissing,
)
from companion.link_counts import LinkCounts
from companion.radio import Link, open_radio
from companion.virtual.gatt import Fault, Operation, OperationKind, drop_at
from tests.radio.echo import (
    REFUSED,
    RX,
    SEALED,
    SERVICE,
    SLOW,
    STORM,
    STORM_SIZE,
    TX,
    USER_DESCRIPTION,
    VALUE,
    Echo,
    World,
    find,
)
from tests.support.until import until


@asynccontextmanager
async def linked(**options: Any) -> AsyncIterator[tuple[Link, Echo]]:
    device = Echo(**options)
    async with await open_radio("virtual", world=World(device)) as radio:
        yield await radio.connect(await find(radio, device.address)), device


@pytest.mark.parametrize("mtu", [23, 185, 247, 517])
async def test_values_of_every_size_pass_at_every_mtu(mtu: int) -> None:
    async with linked(mtu=mtu) as (link, device):
        assert (link.mtu, link.max_write) == (mtu, min(mtu - 3, 512))
        assert f"mtu {mtu}" in device.events
        inbox = await link.subscribe(TX)
        full = bytes(range(256)) * 2
        for size in (0, 1, link.max_write):
            await link.write(RX, full[:size], response=False)
            assert await inbox.get(timeout=60) == full[:size]
        await link.write(VALUE, full)
        assert device.value == full
        assert await link.read(VALUE) == full
        assert device.reads_of_value == 1


async def test_a_longer_command_than_fits_is_refused_here() -> None:
    async with linked(mtu=23) as (link, _):
        with pytest.raises(ValueError, match="at most 20"):
            await link.write(RX, bytes(21), response=False)
        with pytest.raises(ValueError, match="at most 512"):
            await link.write(RX, bytes(513))


async def test_counts_operations_and_payload_only() -> None:
    async with linked(mtu=247) as (link, _):
        assert link.counts == LinkCounts(mtu=247)
        inbox = await link.subscribe(TX)
        await link.read_descriptor(RX, USER_DESCRIPTION)
        assert link.counts == LinkCounts(mtu=247)
        await link.write(RX, b"12345")
        await link.write(RX, b"123", response=False)
        await link.write(VALUE, b"1234567")
        await link.read(VALUE)
        await inbox.get(timeout=60)
        await inbox.get(timeout=60)
        assert link.counts == LinkCounts(
            mtu=247, reads=1, writes=2, write_commands=1, notifications=2, bytes_out=15, bytes_in=15
        )
        assert link.counts.operations == 6


async def test_notifications_keep_their_order_under_load() -> None:
    async with linked() as (link, _):
        inbox = await link.subscribe(TX)
        assert await link.subscribe(TX) is inbox
        await link.write(RX, STORM)
        for number in range(STORM_SIZE):
            assert await inbox.get(timeout=60) == number.to_bytes(2, "big")


async def test_characteristics_are_known_by_uuid() -> None:
    async with linked() as (link, _):
        rx = link.characteristics[RX]
        assert rx.service_uuid == SERVICE
        assert rx.properties == {"write", "write-without-response"}
        assert USER_DESCRIPTION in rx.descriptors
        assert await link.read_descriptor(RX.upper(), USER_DESCRIPTION.upper()) == b"rx"
        with pytest.raises(ServiceMissing):
            await link.read("0000dead-0000-1000-8000-00805f9b34fb")
        with pytest.raises(ServiceMissing):
            await link.read_descriptor(TX, USER_DESCRIPTION)


async def test_att_errors_keep_their_code_and_the_link() -> None:
    async with linked() as (link, _):
        with pytest.raises(AttributeFailure) as failure:
            await link.read(REFUSED)
        assert failure.value.att_code == 0x81
        with pytest.raises(AttributeFailure) as failure:
            await link.read(RX)
        assert failure.value.att_code == 0x02
        await link.write(VALUE, b"still here")
        assert await link.read(VALUE) == b"still here"


async def test_a_protected_value_pairs_first() -> None:
    async with linked() as (link, _):
        assert await link.read(SEALED) == b"sealed"
    async with linked() as (link, _):
        await link.pair()
        assert await link.read(SEALED) == b"sealed"


async def test_a_lost_link_fails_everything_that_waits() -> None:
    async with linked() as (link, device):
        inbox = await link.subscribe(TX)
        await link.write(RX, b"before")
        reading = asyncio.create_task(link.read(SLOW))
        await inbox.get(timeout=60)
        waiting = asyncio.create_task(inbox.get(timeout=60))
        await asyncio.sleep(0.01)
        await device.drop_links()
        async with asyncio.timeout(60):
            with pytest.raises(LinkLostError):
                await reading
            with pytest.raises(LinkLostError):
                await waiting
        assert not link.is_up
        with pytest.raises(LinkLostError):
            await link.write(RX, b"after")
        assert link.counts.bytes_out == len("before")


async def test_what_arrived_before_the_loss_can_still_be_read() -> None:
    async with linked() as (link, device):
        inbox = await link.subscribe(TX)
        await link.write(RX, b"one")
        await link.write(RX, b"two")
        await device.drop_links()
        await until(lambda: not link.is_up)
        assert [await inbox.get(timeout=60), await inbox.get(timeout=60)] == [b"one", b"two"]
        with pytest.raises(LinkLostError):
            await inbox.get(timeout=60)


async def test_both_sides_may_hang_up_in_the_same_moment() -> None:
    async with linked() as (link, device), asyncio.timeout(60):
        await asyncio.gather(device.drop_links(), link.close(), device.drop_links())
        assert device.centrals == ()


async def test_the_link_can_be_made_again_after_a_loss() -> None:
    device = Echo(fault=drop_at(3))
    async with await open_radio("virtual", world=World(device)) as radio:
        advertisement = await find(radio, device.address)
        link = await radio.connect(advertisement)
        await link.write(VALUE, b"1")
        await link.write(VALUE, b"2")
        with pytest.raises(LinkLostError):
            await link.write(VALUE, b"3")
        assert device.value == b"2"
        async with await radio.connect(advertisement) as again:
            await again.write(VALUE, b"3")
            await again.write(VALUE, b"4")
            await again.write(VALUE, b"5")
        assert device.value == b"5"


async def test_a_request_without_answer_ends_the_link() -> None:
    async with linked() as (link, _):
        with pytest.raises(OperationTimeout):
            await link.read(SLOW, timeout=0.1)
        assert not link.is_up
        with pytest.raises(LinkLostError):
            await link.read(VALUE)


async def test_an_ignored_write_command_goes_unnoticed_but_a_refused_request_does_not() -> None:
    def plan(operation: Operation) -> Fault | None:
        return {OperationKind.WRITE_COMMAND: Fault.IGNORE, OperationKind.WRITE: Fault.REFUSE}.get(
            operation.kind
        )

    async with linked(fault=plan) as (link, device):
        await link.write(RX, b"lost", response=False)
        with pytest.raises(AttributeFailure) as failure:
            await link.write(RX, b"refused")
        assert failure.value.att_code == 0x0E
        assert device.received == []


async def test_an_empty_inbox_times_out_and_the_link_stays() -> None:
    async with linked() as (link, _):
        inbox = await link.subscribe(TX)
        with pytest.raises(OperationTimeout):
            await inbox.get(timeout=0.05)
        await link.write(RX, b"later")
        assert await inbox.get(timeout=60) == b"later"


async def test_the_next_operation_waits_for_the_end_of_a_cancelled_one() -> None:
    under_way = asyncio.Event()
    async with linked(mtu=23, fault=lambda _: under_way.set()) as (link, _):
        long_write = asyncio.create_task(link.write(VALUE, bytes(range(256)) * 2))
        await under_way.wait()
        long_write.cancel()
        with pytest.raises(asyncio.CancelledError):
            await long_write
        assert await link.read(VALUE) == bytes(range(256)) * 2


async def test_a_silent_device_fails_the_connect_and_the_radio_stays_usable() -> None:
    silent, other = Echo(), Echo()
    async with await open_radio("virtual", world=World(silent, other)) as radio:
        advertisement = await find(radio, silent.address)
        await silent.stop_advertising()
        with pytest.raises(ConnectFailed):
            await radio.connect(advertisement, timeout=0.2, attempts=1)
        async with await radio.connect(await find(radio, other.address)) as link:
            assert link.is_up
        await silent.start_advertising()
        async with await radio.connect(advertisement) as link:
            assert link.is_up


async def test_a_device_that_wakes_up_is_reached_by_a_retry() -> None:
    device = Echo()
    async with await open_radio("virtual", world=World(device)) as radio:
        advertisement = await find(radio, device.address)
        await device.stop_advertising()
        told: list[tuple[int, str]] = []
        waking: list[asyncio.Task[None]] = []

        def on_retry(attempt: int, error: Any) -> None:
            told.append((attempt, error.code))
            waking.append(asyncio.create_task(device.start_advertising()))

        link = await radio.connect(advertisement, timeout=3, on_retry=on_retry)
        assert link.is_up
        assert told == [(2, "R-102")]


async def test_a_cancelled_connect_leaves_the_radio_free() -> None:
    silent, other = Echo(), Echo()
    async with await open_radio("virtual", world=World(silent, other)) as radio:
        advertisement = await find(radio, silent.address)
        await silent.stop_advertising()
        connecting = asyncio.create_task(radio.connect(advertisement))
        await asyncio.sleep(0.05)
        connecting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await connecting
        async with await radio.connect(await find(radio, other.address)) as link:
            assert link.is_up


@pytest.mark.parametrize("turns", range(12))
async def test_a_connect_that_is_cancelled_as_it_comes_about_leaves_the_device_free(turns: int) -> None:
    """The controller is connected and has not said so yet: it refuses to call the attempt off."""
    device = Echo()
    async with await open_radio("virtual", world=World(device)) as radio:
        advertisement = await find(radio, device.address)
        assert device._host is not None and device._host.controller is not None
        (central,) = device._host.controller.link.controllers - {device._host.controller}
        connect = central.create_le_connection

        async def come_about(peer: Any) -> None:
            for _ in range(turns):
                await asyncio.sleep(0)
            if central.pending_le_connection is not None:
                connect(peer)

        def cancel_meanwhile(peer: Any) -> None:
            if connecting.cancelling() == 0:
                connecting.cancel()
                coming.append(asyncio.ensure_future(come_about(peer)))

        coming: list[asyncio.Future[None]] = []
        central.create_le_connection = cancel_meanwhile
        connecting = asyncio.create_task(radio.connect(advertisement))
        await asyncio.wait([connecting])
        await asyncio.wait(coming)
        central.create_le_connection = connect
        async with await radio.connect(advertisement, timeout=60, attempts=1) as link:
            assert link.is_up


async def test_closing_the_radio_ends_links_and_connects() -> None:
    device, silent = Echo(), Echo()
    radio = await open_radio("virtual", world=World(device, silent))
    link = await radio.connect(await find(radio, device.address))
    inbox = await link.subscribe(TX)
    advertisement = await find(radio, silent.address)
    await silent.stop_advertising()
    connecting = asyncio.create_task(radio.connect(advertisement))
    waiting = asyncio.create_task(inbox.get(timeout=60))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(60):
        await radio.close()
        await radio.close()
        with pytest.raises(LinkLostError):
            await waiting
        with pytest.raises(ConnectFailed):
            await connecting
    assert "disconnected" in device.events


async def test_several_links_at_once() -> None:
    devices = [Echo() for _ in range(4)]
    async with await open_radio("virtual", world=World(*devices)) as radio:
        found = [await find(radio, device.address) for device in devices]
        links = await asyncio.gather(*(radio.connect(advertisement) for advertisement in found))
        await asyncio.gather(*(link.write(VALUE, link.address.encode()) for link in links))
        assert [device.value.decode() for device in devices] == [link.address for link in links]
