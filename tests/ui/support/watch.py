"""How long the window keeps its user waiting."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer

BLOCKED = 0.05
"""Seconds."""


class Watch:
    """Measures the gaps between the ticks of a 10 ms timer. A gap counts as far as this process used it, so
    what other programs take of the machine is left out."""

    def __init__(self) -> None:
        self._last = (time.perf_counter(), time.process_time())
        self._worst = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.process_time())
        self._worst = max(self._worst, min(new - old for new, old in zip(now, self._last, strict=True)))
        self._last = now

    def stop(self) -> float:
        """The longest gap in seconds."""
        self._timer.stop()
        return self._worst
