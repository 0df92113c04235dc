"""Small tools for tasks that must not outlive, or must outlive, the one that started them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def cancel_tasks(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks whose results nobody wants any more, and wait until they are over."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled():
            task.exception()


async def finish(work: Coroutine[Any, Any, None], seconds: float) -> None:
    """Await `work` for up to `seconds`, also in a task that was cancelled. Raises what `work` raises."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            task.cancel()
    if task.done() and not task.cancelled():
        task.result()
