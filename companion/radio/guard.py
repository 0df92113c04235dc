"""A limit on waiting that holds even where the awaited code ignores its cancellation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = 3.0

_abandoned: set[asyncio.Task[Any]] = set()


async def bounded(operation: Coroutine[Any, Any, T], timeout: float) -> T:
    """The result of `operation`, awaited for at most `timeout` seconds and then cancelled.

    A cancelled operation may tidy up for `GRACE` seconds before it is left to itself. Raises TimeoutError
    when the time is over or the operation called itself off, and what the operation raises. Cancelling
    the caller cancels the operation.
    """
    task = asyncio.ensure_future(operation)
    try:
        await asyncio.wait((task,), timeout=timeout)
        if task.cancelled():
            raise TimeoutError("called off")
        if task.done():
            return task.result()
        raise TimeoutError(f"not done within {timeout:g} s")
    finally:
        if not task.done():
            await _call_off(task)


async def _call_off(task: asyncio.Task[Any]) -> None:
    _abandoned.add(task)
    task.add_done_callback(_settle)
    task.cancel()
    await asyncio.wait((task,), timeout=GRACE)


def _settle(task: asyncio.Task[Any]) -> None:
    """Take note of the end of a task whose result nobody wants, so that asyncio does not complain."""
    _abandoned.discard(task)
    if not task.cancelled():
        task.exception()
