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
    anything; `most` what was promised of the figure itself, on an idle computer."""

    what: str
    ours_ms: float
    reference: str
    reference_ms: float
    bound: float | None = None
    unit: str = "ms"
    most: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.reference_ms

    @property
    def is_over(self) -> bool:
        """True if it is more than it should be."""
        too_slow = self.most is not None and self.ours_ms > self.most
        return too_slow or (self.bound is not None and self.ratio > self.bound)

    @property
    def line(self) -> str:
        """As it is printed under `HEAD`."""
        bound = "" if self.bound is None else f"{self.bound:.2f}"
        if self.most is not None:
            bound = f"{self.most:g} {self.unit}"
        reference = f"{self.reference_ms:>7.1f} {self.unit:<2}"
        return (
            f"{self.what:<52}{self.ours_ms:>7.1f} {self.unit:<2}  {self.reference:<34}{reference}"
            f"{self.ratio:>8.2f}{bound:>8}{' !' if self.is_over else ''}"
        )


HEAD = f"{'what':<52}{'ours':>10}  {'reference':<34}{'':>10}{'ratio':>8}{'bound':>8}"


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
