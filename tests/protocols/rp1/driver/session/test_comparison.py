"""Numeric comparison as the driver runs it: who says no, who says nothing, and how often it is begun."""

from __future__ import annotations

import asyncio

import pytest

from companion import errors
from companion.protocols.rp1.device.effects import Press
from companion.questions import CompareNumbers
from tests.protocols.rp1.support.driver_bench import ListeningBench, without_code


async def test_they_differ_here():
    bench = without_code(device=ListeningBench(button=None))
    bench.reporter.match = lambda number: False
    with pytest.raises(errors.NumbersDiffer):
        await bench.commission()
    assert bench.device.machine._session is None
    assert bench.memory.values == {"comparisons": 1}


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
    assert bench.memory.get("comparisons") == 3


async def test_a_comparison_beyond_the_count_on_disk_is_not_begun():
    bench = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        bench.memory.put("comparisons", 3)
        bench.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    bench.reporter.match = lambda number: lose()
    with pytest.raises(errors.TooManyAttempts):
        await bench.commission()
    assert sum(isinstance(question, CompareNumbers) for question in bench.reporter.asked) == 1
    assert bench.device.machine._opening is None


async def test_a_new_run_is_a_new_action():
    bench = without_code()
    bench.memory.put("comparisons", 3)
    assert (await bench.commission()).confirmed


async def test_the_user_gives_up_while_comparing():
    bench = without_code(device=ListeningBench(button=None))
    bench.reporter.match = lambda number: errors.Cancelled()
    with pytest.raises(errors.Cancelled):
        await bench.commission()
    assert bench.device.machine._session is None
