"""What the link does about requests that a device could not carry out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from companion.errors import AttributeFailure, LinkLostError
from companion.radio import Link, Radio, open_radio
from companion.radio.retry import MOST_REPEATS, pause_before_repeat
from companion.virtual.gatt import AttError, Central, Fault, FaultPlan, Operation
from tests.radio.echo import REFUSED, RX, VALUE, Echo, World, find


class Narrow(Echo):
    """Its buffer is smaller than the MTU that it agrees to."""

    def _keep(self, central: Central, value: bytes) -> None:
        if len(value) > 100:
            raise AttError(AttError.INVALID_LENGTH)
        super()._keep(central, value)


@asynccontextmanager
async def on_air(device: Echo) -> AsyncIterator[tuple[Radio, Link]]:
    async with (
        await open_radio("virtual", world=World(device)) as radio,
        await radio.connect(await find(radio, device.address)) as link,
    ):
        yield radio, link


def refuse_first(times: int) -> FaultPlan:
    def plan(operation: Operation) -> Fault | None:
        return Fault.REFUSE if operation.number <= times else None

    return plan


async def test_a_request_that_could_not_be_carried_out_is_asked_again() -> None:
    device = Echo(fault=refuse_first(2))
    async with on_air(device) as (_, link):
        await link.write(VALUE, b"kept")
    assert device.value == b"kept"


async def test_a_device_that_never_can_is_an_error() -> None:
    async with on_air(Echo(fault=refuse_first(1000))) as (_, link):
        with pytest.raises(AttributeFailure) as caught:
            await link.read(VALUE)
    assert caught.value.att_code == AttError.UNLIKELY


async def test_an_answer_is_not_asked_for_twice() -> None:
    async with on_air(Echo()) as (_, link):
        with pytest.raises(AttributeFailure):
            await link.read(REFUSED)
        assert link.counts.reads == 1


def test_repeats_end_and_their_pauses_grow() -> None:
    failure = AttributeFailure(att_code=AttError.UNLIKELY)
    pauses = [pause_before_repeat(failure, times) for times in range(1, MOST_REPEATS + 1)]
    assert all(pauses) and pauses == sorted(pauses)  # type: ignore[type-var]  # none of them is None
    assert pause_before_repeat(failure, MOST_REPEATS + 1) is None


async def test_a_device_with_a_small_buffer_gets_small_pieces_over_the_next_link() -> None:
    device = Narrow()
    async with on_air(device) as (radio, link):
        assert link.max_write > 100
        with pytest.raises(LinkLostError):
            await link.write(VALUE, bytes(200))
        assert not link.is_up
        async with await radio.connect(await find(radio, device.address)) as again:
            assert again.max_write == 20
            await again.write(VALUE, bytes(again.max_write))
    assert device.value == bytes(20)


async def test_a_value_that_is_too_long_as_such_is_the_devices_answer() -> None:
    device = Narrow()
    async with on_air(device) as (radio, link):
        with pytest.raises(LinkLostError):
            await link.write(VALUE, bytes(200))
        async with await radio.connect(await find(radio, device.address)) as again:
            with pytest.raises(AttributeFailure) as caught:
                await again.write(VALUE, bytes(200))
            assert caught.value.att_code == AttError.INVALID_LENGTH
            await again.write(RX, b"still up")
