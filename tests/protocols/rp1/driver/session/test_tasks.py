"""Tasks that end when they should, and work that is done although its task was cancelled."""

from __future__ import annotations

import asyncio

import pytest

from companion.protocols.rp1.driver.session.tasks import cancel_tasks, finish


async def test_what_is_let_go_is_over_and_its_failure_is_nobodys_business():
    async def fail() -> None:
        raise ValueError

    async def wait() -> None:
        await asyncio.sleep(60)

    failed, waiting = asyncio.ensure_future(fail()), asyncio.ensure_future(wait())
    await asyncio.sleep(0)
    await cancel_tasks(failed, waiting)
    assert failed.done() and waiting.cancelled()


async def test_work_is_finished_and_says_what_went_wrong():
    async def fail() -> None:
        raise ValueError("told")

    with pytest.raises(ValueError, match="told"):
        await finish(fail(), 1.0)


async def test_work_that_takes_too_long_is_left():
    ended = []

    async def wait() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    await finish(wait(), 0.01)
    await asyncio.sleep(0)
    assert ended
