"""Time that does not have to be waited for: when nothing else happens, the clock jumps to the next timer."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Coroutine
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest import mock

T = TypeVar("T")

_monotonic = time.monotonic


class _Leaping(selectors.DefaultSelector):  # type: ignore[misc,valid-type]  # the platform's own class
    """Looks for events without waiting, and says how long a wait it left out."""

    def __init__(self) -> None:
        super().__init__()
        self.left_out = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        events = super().select(0)
        if not events:
            self.left_out += timeout
        return events


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop whose timers are due as soon as nothing else is.

    For work inside one process: what another process, a thread or a socket is still busy with looks like
    nothing happening.
    """

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        return _monotonic() + self._leaping.left_out


@contextmanager
def _clock_of(loop: FastLoop) -> Any:
    with mock.patch.object(time, "monotonic", loop.time):
        yield


def run_fast(work: Coroutine[Any, Any, T]) -> T:
    """Like `asyncio.run`, in a `FastLoop` whose clock is also `time.monotonic` meanwhile."""
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, FastLoop)
        with _clock_of(loop):
            return runner.run(work)
