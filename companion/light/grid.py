"""A camera's frame on a coarse grid, and how much each cell blinks.

What changes in a whole row at once is the lamp above (100 or 120 Hz under a rolling shutter), and is taken
out before anything is measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

COLUMNS = 80
_MOST_ROWS_READ = 8
"""Of a cell, so that a large frame costs no more than a small one."""

LEAST = 6.0
_SLOW_SECONDS = 1.0
_ENERGY_SECONDS = 1.2


@dataclass(frozen=True)
class Peak:
    """A cell that blinks more than those around it. strength: its energy against everything else's."""

    row: int
    column: int
    strength: float
    energy: float


def reduced(frame: Pixels) -> tuple[Grid, int]:
    """The mean brightness of each cell, and a cell's side in pixels. frame: grey, or BGR of which green
    stands for all."""
    grey = frame if frame.ndim == 2 else frame[:, :, 1]
    side = max(1, grey.shape[1] // COLUMNS)
    step = max(1, side // _MOST_ROWS_READ)
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    used = grey[: rows * side, : columns * side]
    lines = used.reshape(rows, side, columns * side)[:, ::step].sum(axis=1, dtype=np.uint16)
    cells = lines.reshape(rows, columns, side).sum(axis=2, dtype=np.uint32)
    count = side * len(range(0, side, step))
    return (cells / np.float32(count)).astype(np.float32), side


class Activity:
    """The grid over time: cells without the lamp's flicker, and how much each blinks."""

    def __init__(self) -> None:
        self._slow: Grid | None = None
        self._last = 0.0
        self._began = 0.0
        self.cells: Grid = np.zeros((0, 0), np.float32)
        self.energy: Grid = np.zeros((0, 0), np.float32)

    @property
    def is_settled(self) -> bool:
        """False in the first moment, when everything seems to change."""
        return self._last - self._began > 1.5

    def add(self, time: float, cells: Grid) -> None:
        """The cells of a frame. time: seconds."""
        if self._slow is None or self._slow.shape != cells.shape:
            self._slow, self.energy = cells.copy(), np.zeros_like(cells)
            self._began = self._last = time
        passed = max(0.0, time - self._last)
        self._last = time
        change = cells - self._slow
        common = np.median(change, axis=1, keepdims=True)
        change -= common
        self.cells = cells - common
        self._slow += (1 - math.exp(-passed / _SLOW_SECONDS)) * change + common * min(1.0, passed)
        share = 1 - math.exp(-passed / _ENERGY_SECONDS)
        self.energy += share * (change * change - self.energy)

    def peaks(self, most: int) -> list[Peak]:
        """What blinks most, strongest first: at least `LEAST` times as much as everything else does."""
        around = _around(self.energy)
        floor = float(np.median(around)) + 0.02
        highest = _highest_around(around)
        rows, columns = np.nonzero((around >= highest) & (around > LEAST * floor))
        energy = around[rows, columns]
        order = np.argsort(energy)[::-1][:most]
        return [
            Peak(int(rows[at]), int(columns[at]), float(energy[at] / floor), float(energy[at]))
            for at in order
        ]


def _around(energy: Grid) -> Grid:
    """Sums over three by three cells."""
    wide = np.pad(energy, 1)
    lines = wide[:-2] + wide[1:-1] + wide[2:]
    sums: Grid = lines[:, :-2] + lines[:, 1:-1] + lines[:, 2:]
    return sums


def _highest_around(values: Grid) -> Grid:
    """The highest value within three cells."""
    reach = 3
    wide = np.pad(values, reach)
    tall, across = values.shape
    lines = np.maximum.reduce([wide[at : at + tall] for at in range(2 * reach + 1)])
    highest: Grid = np.maximum.reduce([lines[:, at : at + across] for at in range(2 * reach + 1)])
    return highest
