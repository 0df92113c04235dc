"""Pairing through BlueZ, with the user on both sides: our agent, and the device's own display."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from companion.errors import CompanionError, NumbersDiffer, RadioError
from companion.radio import Link, Radio, open_radio
from companion.virtual.air import Air
from tests.bluez.adapter import Adapter, Bluez
from tests.bluez.stage import linked
from tests.radio.echo import SEALED, Echo
from tests.radio.test_pairing import Person
from tests.radio.test_pairing_user import User


@pytest.fixture
async def radio(adapter: Adapter) -> AsyncIterator[Radio]:
    async with await open_radio("os") as opened:
        yield opened


@asynccontextmanager
async def beside(air: Air, radio: Radio, user: User | None, there: Person | None) -> AsyncIterator[Link]:
    """A link to a device that somebody holds, `there`."""
    device = Echo(compare_numbers=there)
    await device.open(air.link)
    try:
        async with linked(radio, device, user=user) as link:
            yield link
    finally:
        await device.close()


async def test_a_value_that_demands_encryption_asks_both_users_for_one_number(radio: Radio, air: Air) -> None:
    user, there = User(True), Person(True)
    async with beside(air, radio, user, there) as link:
        assert await link.read(SEALED, timeout=30) == b"sealed"
    assert [number.replace("-", "") for number in user.asked] == [f"{there.numbers[0]:06}"]


async def test_numbers_that_differ_end_the_run_with_that_error_at_once(radio: Radio, air: Air) -> None:
    async with beside(air, radio, User(False), Person(True)) as link:
        async with asyncio.timeout(8):
            with pytest.raises(NumbersDiffer):
                await link.read(SEALED)


async def test_a_device_that_refuses_does_not_hang_the_run(radio: Radio, air: Air) -> None:
    async with beside(air, radio, User(True), Person(False)) as link:
        async with asyncio.timeout(30):
            with pytest.raises(RadioError):
                await link.read(SEALED, timeout=5)


async def test_a_question_that_nobody_answers_ends_with_the_request(
    radio: Radio, air: Air, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.radio.pairing.ANSWER_SECONDS", 1.0)
    user = User(None)
    async with beside(air, radio, user, Person(True)) as link:
        async with asyncio.timeout(30):
            with pytest.raises(RadioError):
                await link.read(SEALED, timeout=3)
    assert len(user.asked) == 1


async def test_a_device_without_a_display_is_paired_without_a_question(radio: Radio, air: Air) -> None:
    user = User(False)
    async with beside(air, radio, user, None) as link:
        assert await link.read(SEALED, timeout=30) == b"sealed"
    assert user.asked == []


async def test_the_agent_leaves_with_its_link(radio: Radio, air: Air) -> None:
    """The desktop's own agent has its turn again: without one, BlueZ does not ask us."""
    user = User(True)
    async with beside(air, radio, user, Person(True)):
        pass
    async with beside(air, radio, None, Person(True)) as link:
        with pytest.raises(CompanionError):
            await link.pair(timeout=8)
    assert user.asked == []


async def test_a_device_that_lost_its_keys_is_an_error_until_the_computer_forgets_it(
    bluez: Bluez, adapter: Adapter, radio: Radio, air: Air
) -> None:
    """A factory reset: same address, new memory. BlueZ still has the bond, as its user reads in R-107."""
    there = Person(True)
    first = Echo(compare_numbers=there)
    await first.open(air.link)
    async with linked(radio, first, user=User(True)) as link:
        assert await link.read(SEALED, timeout=30) == b"sealed"
    await first.close()
    reset = Echo(compare_numbers=there, address=first.address)
    await reset.open(air.link)
    try:
        async with asyncio.timeout(25):
            with pytest.raises(RadioError):
                async with linked(radio, reset, attempts=1, user=User(True)) as link:
                    await link.read(SEALED, timeout=5)
        device = f"{adapter.path}/dev_{first.address.replace(':', '_')}"
        await bluez.call(adapter.path, "org.bluez.Adapter1", "RemoveDevice", "o", device)
        assert await _read_sealed(radio, reset) == b"sealed"
    finally:
        await reset.close()


async def _read_sealed(radio: Radio, device: Echo) -> bytes:
    """BlueZ is still busy with what it was told to forget at times; a user tries again then."""
    try:
        async with linked(radio, device, user=User(True)) as link:
            return await link.read(SEALED, timeout=30)
    except RadioError:
        async with linked(radio, device, user=User(True)) as link:
            return await link.read(SEALED, timeout=30)
