"""What a link does when the stack below it misbehaves, on a fake stack."""

from __future__ import annotations

import asyncio

import pytest
from bleak.exc import BleakDBusError, BleakError, BleakGATTProtocolError

from companion.errors import AttributeFailure, LinkLostError, OperationTimeout, RadioError, ServiceMissing
from companion.radio import Link
from companion.radio import link as link_module
from tests.radio.fakes import VALUE, Answer, FakeStack, deaf, failing, forever, sighting


async def connected(stack: FakeStack) -> Link:
    stack.packets = [sighting(name="Fake")]
    radio = stack.radio()
    async with radio.scan() as advertisements:
        advertisement = await anext(advertisements)
    return await radio.connect(advertisement)


def slowly(stack: FakeStack) -> Answer:
    """A disconnection that takes its time, as BlueZ's does."""

    async def disconnect() -> None:
        await asyncio.sleep(0.05)
        stack.log.append("disconnected")

    return disconnect


async def test_mtu_comes_from_the_room_for_a_write_where_the_stack_hides_it() -> None:
    stack = FakeStack()
    link = await connected(stack)
    assert (link.mtu, link.max_write) == (247, 244)
    stack.room = 20
    assert (link.mtu, link.max_write) == (23, 20)
    stack.room = 600
    assert (link.mtu, link.max_write) == (517, 512)
    await link.close()
    stack.room = 20
    assert link.mtu == 517


async def test_closing_outlives_a_disconnect_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "DISCONNECT_SECONDS", 0.05)
    stack = FakeStack()
    link = await connected(stack)
    stack.on_disconnect = forever
    async with asyncio.timeout(60):
        await link.close()
        await link.close()
    assert not link.is_up


@pytest.mark.parametrize(
    "error",
    [
        BleakDBusError("org.freedesktop.DBus.Error.UnknownObject", []),
        BleakError("gone"),
        AssertionError("bleak's own"),
        EOFError(),
    ],
)
async def test_closing_outlives_a_disconnect_that_raises(error: Exception) -> None:
    stack = FakeStack()
    link = await connected(stack)
    stack.on_disconnect = failing(error)
    await link.close()
    assert not link.is_up


async def test_a_cancelled_close_still_disconnects() -> None:
    stack = FakeStack()
    link = await connected(stack)
    stack.on_disconnect = lambda: asyncio.sleep(0.05)
    closing = asyncio.create_task(link.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    await link.close()
    assert stack.log.count("disconnect") == 1
    assert stack.client is not None
    assert not stack.client.up


async def test_the_next_link_to_a_device_waits_until_the_one_that_was_hung_up_is_over() -> None:
    stack = FakeStack()
    stack.packets = [sighting(name="Fake")]
    stack.on_disconnect = slowly(stack)
    async with stack.radio() as radio:
        async with radio.scan() as advertisements:
            advertisement = await anext(advertisements)
        link = await radio.connect(advertisement)
        link.hang_up()
        assert not link.is_up and not link.is_over
        again = await radio.connect(advertisement)
        assert link.is_over and again.is_up
        stacked = [entry for entry in stack.log if "connect" in entry]
        assert stacked == ["connect", "disconnect", "disconnected", "connect"]


async def test_a_radio_closes_after_the_links_that_were_hung_up() -> None:
    stack = FakeStack()
    stack.packets = [sighting(name="Fake")]
    stack.on_disconnect = slowly(stack)
    async with stack.radio() as radio:
        async with radio.scan() as advertisements:
            link = await radio.connect(await anext(advertisements))
        link.hang_up()
        assert "disconnected" not in stack.log
    assert "disconnected" in stack.log


async def test_an_unanswered_read_times_out_and_disconnects() -> None:
    stack = FakeStack()
    link = await connected(stack)
    stack.on_read = forever
    with pytest.raises(OperationTimeout):
        await link.read(VALUE, timeout=0.05)
    assert not link.is_up
    await link.close()
    assert stack.log.count("disconnect") == 1


async def test_a_lost_link_does_not_wait_for_a_deaf_stack() -> None:
    stack = FakeStack()
    link = await connected(stack)
    stack.on_read = deaf
    reading = asyncio.create_task(link.read(VALUE))
    queued = asyncio.create_task(link.read(VALUE))
    await asyncio.sleep(0.01)
    assert stack.client is not None
    stack.client.go_down()
    async with asyncio.timeout(60):
        for task in (reading, queued):
            with pytest.raises(LinkLostError):
                await task
    assert link.counts.reads == 1


async def test_a_failure_after_the_loss_is_a_loss() -> None:
    stack = FakeStack()
    link = await connected(stack)

    async def vanish() -> None:
        assert stack.client is not None
        stack.client.up = False
        raise BleakError("Not connected")

    stack.on_read = vanish
    with pytest.raises(LinkLostError):
        await link.read(VALUE)
    assert not link.is_up


async def test_a_failure_on_a_living_link_is_told_as_what_it_is() -> None:
    stack = FakeStack()
    link = await connected(stack)
    stack.on_read = failing(BleakGATTProtocolError(0x80))
    with pytest.raises(AttributeFailure) as refused:
        await link.read(VALUE)
    assert refused.value.att_code == 0x80
    stack.on_read = failing(BleakError("odd"))
    with pytest.raises(RadioError) as odd:
        await link.read(VALUE)
    assert odd.value.code == "R-100"
    assert link.is_up
    with pytest.raises(ServiceMissing):
        await link.subscribe("0000fff9-0000-1000-8000-00805f9b34fb")


async def test_indications_are_never_enabled() -> None:
    """A stack would, where a characteristic offers nothing else."""
    stack = FakeStack(properties=["read", "indicate"])
    link = await connected(stack)
    with pytest.raises(ServiceMissing):
        await link.subscribe(VALUE)
    both = await connected(FakeStack(properties=["indicate", "notify"]))
    await both.subscribe(VALUE)


async def test_pairing_where_the_platform_has_no_call_for_it() -> None:
    link = await connected(FakeStack())
    await link.pair()
    assert link.is_up
