"""OS-level pairing over Bumble, with someone to ask on both sides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from companion.errors import PairingFailed
from companion.radio import Link
from companion.radio.radio import Backend, Radio
from companion.radio.virtual.backend import client_class, scanner_class
from companion.radio.virtual.central import VirtualCentral
from companion.virtual.air_link import AirLink
from companion.virtual.host import BumbleHost, random_static_address
from companion.virtual.pairing import CompareNumbers
from tests.radio.echo import SEALED, Echo, find


class Person:
    """Compares numbers, remembers them, and answers as told."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer
        self.numbers: list[int] = []

    async def __call__(self, number: int) -> bool:
        self.numbers.append(number)
        return self.answer


@asynccontextmanager
async def linked(here: CompareNumbers | None, there: CompareNumbers | None) -> AsyncIterator[Link]:
    air = AirLink()
    device = Echo(compare_numbers=there)
    await device.open(air)
    central = VirtualCentral(await BumbleHost.open(air, address=random_static_address()))
    central.compare_numbers = here
    backend = Backend(scanner_class(central), client_class(central), close=central.host.close)
    async with Radio("test", is_virtual=True, backend=backend) as radio:
        yield await radio.connect(await find(radio, device.address))
    await device.close()


async def test_both_sides_see_the_same_number() -> None:
    here, there = Person(True), Person(True)
    async with linked(here, there) as link:
        await link.pair()
        assert len(here.numbers) == 1
        assert here.numbers == there.numbers
        assert await link.read(SEALED) == b"sealed"


@pytest.mark.parametrize(("here", "there"), [(Person(True), Person(False)), (Person(False), Person(True))])
async def test_either_side_may_refuse(here: Person, there: Person) -> None:
    async with linked(here, there) as link:
        with pytest.raises(PairingFailed):
            await link.pair()


async def test_nobody_is_asked_where_one_side_can_show_nothing() -> None:
    there = Person(False)
    async with linked(None, there) as link:
        await link.pair()
        assert await link.read(SEALED) == b"sealed"
    assert there.numbers == []
