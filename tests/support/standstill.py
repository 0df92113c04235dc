"""How long the GUI thread stands still."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer

BLOCKED = 0.05
"""Seconds after which a user notices."""


class Standstill:
    """Measures the gaps between the ticks of a 10 ms timer. A gap counts as far as this process used it, so
    what other programs take of the machine is left out.

    clock: `time.thread_time` counts what the GUI thread itself did, and not what other threads did meanwhile
    """

    def __init__(self, clock: Callable[[], float] = time.process_time) -> None:
        self._clock = clock
        self._last = (time.perf_counter(), clock())
        self._worst = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = (time.perf_counter(), self._clock())
        self._worst = max(self._worst, min(new - old for new, old in zip(now, self._last, strict=True)))
        self._last = now

    def stop(self) -> float:
        """The longest gap in seconds."""
        self._timer.stop()
        return self._worst
