"""Numeric comparison as the driver runs it: who says no, who says nothing, and how often it is begun."""

from __future__ import annotations

import asyncio

import pytest

from companion import errors
from companion.protocols.rp1.device.effects import Press
from companion.questions import CompareNumbers
from tests.protocols.rp1.support.desk import ListeningBench, without_code


async def test_they_differ_here():
    table = without_code(device=ListeningBench(button=None))
    table.story.match = lambda number: False
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()
    assert table.device.machine._session is None
    assert table.memory.values == {"comparisons": 1}


async def test_they_differ_on_the_device():
    table = without_code(device=ListeningBench(button=Press.LONG))
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()


async def test_they_differ_on_the_device_while_the_user_thinks():
    table = without_code(device=ListeningBench(button=None))

    async def think() -> bool:
        table.device.press(Press.LONG)
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: think()
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()


async def test_nobody_presses():
    table = without_code(device=ListeningBench(button=None))

    async def think() -> bool:
        table.device.tick(121)
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: think()
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()


async def test_three_comparisons_are_all_that_one_action_gets():
    """Each time the link goes while the number is shown: a fourth would be an attacker's."""
    table = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        table.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: lose()
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert sum(isinstance(question, CompareNumbers) for question in table.story.asked) == 3
    assert table.memory.get("comparisons") == 3


async def test_a_comparison_beyond_the_count_on_disk_is_not_begun():
    table = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        table.memory.put("comparisons", 3)
        table.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: lose()
    with pytest.raises(errors.TooManyAttempts):
        await table.commission()
    assert sum(isinstance(question, CompareNumbers) for question in table.story.asked) == 1
    assert table.device.machine._opening is None


async def test_a_new_run_is_a_new_action():
    table = without_code()
    table.memory.put("comparisons", 3)
    assert (await table.commission()).confirmed


async def test_the_user_gives_up_while_comparing():
    table = without_code(device=ListeningBench(button=None))
    table.story.match = lambda number: errors.Cancelled()
    with pytest.raises(errors.Cancelled):
        await table.commission()
    assert table.device.machine._session is None
