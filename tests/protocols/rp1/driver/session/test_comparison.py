"""Numeric comparison as the driver runs it: who says no, who says nothing, and how often it is begun."""

from __future__ import annotations

import asyncio

import pytest

from companion import errors
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.store import commissioner_store
from companion.questions import CompareNumbers
from tests.protocols.rp1.support.driver_bench import ListeningBench, without_code


async def test_they_differ_here():
    bench = without_code(device=ListeningBench(button=None))
    bench.reporter.match = lambda number: False
    with pytest.raises(errors.NumbersDiffer):
        await bench.commission()
    assert bench.device.machine._session is None
    assert bench.memory.values == {}


async def test_they_differ_on_the_device():
    bench = without_code(device=ListeningBench(button=Press.LONG))
    with pytest.raises(errors.NumbersDiffer):
        await bench.commission()


async def test_they_differ_on_the_device_while_the_user_thinks():
    bench = without_code(device=ListeningBench(button=None))

    async def think() -> bool:
        bench.device.press(Press.LONG)
        await asyncio.sleep(60)
        return True

    bench.reporter.match = lambda number: think()
    with pytest.raises(errors.NumbersDiffer):
        await bench.commission()


async def test_nobody_presses_and_nobody_said_that_the_numbers_differ():
    bench = without_code(device=ListeningBench(button=None))

    async def think() -> bool:
        bench.device.tick(121)
        await asyncio.sleep(60)
        return True

    bench.reporter.match = lambda number: think()
    with pytest.raises(errors.ComparisonTimeout):
        await bench.commission()
    asked = [type(each) for each in bench.reporter.asked]
    assert asked.count(CompareNumbers) == 1, "no other try, no other method"


async def test_three_comparisons_are_all_that_one_action_gets():
    """Each time the link goes while the number is shown: a fourth would be an attacker's."""
    bench = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        bench.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    bench.reporter.match = lambda number: lose()
    with pytest.raises(errors.LinkLostError):
        await bench.commission()
    assert sum(isinstance(question, CompareNumbers) for question in bench.reporter.asked) == 3


async def test_a_comparison_beyond_the_count_is_not_begun(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(commissioner_store, "MOST_COMPARISONS", 1)
    bench = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        bench.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    bench.reporter.match = lambda number: lose()
    with pytest.raises(errors.TooManyAttempts):
        await bench.commission()
    assert sum(isinstance(question, CompareNumbers) for question in bench.reporter.asked) == 1
    assert bench.device.machine._opening is None


async def test_each_run_is_an_action_of_its_own(monkeypatch: pytest.MonkeyPatch):
    """Several compare at a time over one memory, as in the lab or at a station."""
    monkeypatch.setattr(commissioner_store, "MOST_COMPARISONS", 1)
    benches = [without_code() for _ in range(2)]
    for bench in benches:
        bench.memory = benches[0].memory
    assert all(done.confirmed for done in await asyncio.gather(*(bench.commission() for bench in benches)))


async def test_the_user_gives_up_while_comparing():
    bench = without_code(device=ListeningBench(button=None))
    bench.reporter.match = lambda number: errors.Cancelled()
    with pytest.raises(errors.Cancelled):
        await bench.commission()
    assert bench.device.machine._session is None
