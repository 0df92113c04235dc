"""Speeds, as ratios against a named reference measured in the same run. `make bench` prints them.

A section is a module with `run() -> list[Row]`. Nothing here fails a build: machines differ, and a ratio
tells what a time limit in a test can only guess.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison, in milliseconds or another `unit`; `bound` is what the ratio should stay under, if
    anything."""

    what: str
    ours_ms: float
    reference: str
    reference_ms: float
    bound: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.reference_ms


def medians(*works: Callable[[], object], rounds: int = 15) -> list[float]:
    """Median milliseconds of each work, taken in turns so that a slow moment hurts all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds):
        for index, work in enumerate(works):
            began = time.perf_counter()
            work()
            taken[index].append((time.perf_counter() - began) * 1000)
    return [statistics.median(times) for times in taken]
