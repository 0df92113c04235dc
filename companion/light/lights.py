"""The lights in a camera's picture that may be the device's: found, followed, and each one read."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from companion.light.decoder import Decoder
from companion.light.grid import Activity, Grid, Peak

MOST_LIGHTS = 6
_LOOK_SECONDS = 0.4
_SAME = 5.0
"""Cells within which a peak is the light that is followed already."""

_REACH = 3
_FOCUS = 1.4
_FOLLOW = 0.25
_FADED = 0.1
"""Of the energy that a light had: with less it is gone."""

_FORGET = 0.97
_FADED_SECONDS = 3.0
_TRIAL_SECONDS = 14.0
_REST_SECONDS = 12.0


@dataclass
class Light:
    """Something that blinks. row, column: cells, also between them. strength: against what else changes."""

    row: float
    column: float
    strength: float
    since: float
    seen: float
    energy: float
    clocked: float = 0.0
    decoder: Decoder = field(default_factory=Decoder)

    @property
    def has_clock(self) -> bool:
        return self.decoder.progress.clock is not None


class Lights:
    """At most `MOST_LIGHTS` at once; one that turns out to be no code makes room for others for a while."""

    def __init__(self) -> None:
        self.activity = Activity()
        self.all: list[Light] = []
        self.lost: Light | None = None
        """The last light with a clock that is gone."""

        self._resting: list[tuple[float, float, float]] = []
        self._next = 0.0

    def add(self, time: float, cells: Grid) -> None:
        """A frame's cells at a time (seconds): look for lights, follow them, and read each."""
        self.activity.add(time, cells)
        for light in self.all:
            self._follow(light)
            progress = light.decoder.add(time, self._brightness(light))
            if progress.clock is not None:
                light.clocked = time
        if self.activity.is_settled and not 0 <= self._next - time <= _LOOK_SECONDS:
            self._next = time + _LOOK_SECONDS
            self._look(time)

    def _look(self, time: float) -> None:
        self._resting = [one for one in self._resting if one[2] > time]
        for peak in self.activity.peaks(2 * MOST_LIGHTS):
            near = [light for light in self.all if _is_near(peak, light.row, light.column)]
            for light in near[:1]:
                if peak.energy > _FADED * light.energy:
                    light.seen, light.strength = time, peak.strength
                light.energy = max(peak.energy, _FORGET * light.energy)
            rests = any(_is_near(peak, row, column) for row, column, _ in self._resting)
            if not near and not rests and len(self.all) < MOST_LIGHTS:
                light = Light(peak.row, peak.column, peak.strength, time, time, peak.energy)
                self.all.append(light)
        for light in list(self.all):
            last = max(light.since, light.clocked)
            if time - light.seen > _FADED_SECONDS or time - last > _TRIAL_SECONDS:
                self.all.remove(light)
                if light.clocked:
                    self.lost = light
                elif time - light.seen <= _FADED_SECONDS:
                    self._resting.append((light.row, light.column, time + _REST_SECONDS))

    def _follow(self, light: Light) -> None:
        """Towards the middle of what blinks around it, a little with each frame."""
        rows, columns = self._window(light)
        energy = self.activity.energy[rows.start : rows.stop, columns.start : columns.stop]
        total = float(energy.sum())
        if total <= 0:
            return
        row = float((energy.sum(axis=1) @ np.arange(rows.start, rows.stop)) / total)
        column = float((energy.sum(axis=0) @ np.arange(columns.start, columns.stop)) / total)
        light.row += _FOLLOW * (row - light.row)
        light.column += _FOLLOW * (column - light.column)

    def _brightness(self, light: Light) -> float:
        """Of the cells around it, the middle ones most: what stays the same when it moves a little."""
        rows, columns = self._window(light)
        cells = self.activity.cells[rows.start : rows.stop, columns.start : columns.stop]
        tall = np.exp(-((np.arange(rows.start, rows.stop) - light.row) ** 2) / (2 * _FOCUS**2))
        wide = np.exp(-((np.arange(columns.start, columns.stop) - light.column) ** 2) / (2 * _FOCUS**2))
        return float(tall @ cells @ wide)

    def _window(self, light: Light) -> tuple[range, range]:
        tall, wide = self.activity.cells.shape
        row, column = round(light.row), round(light.column)
        return (
            range(max(0, row - _REACH), min(tall, row + _REACH + 1)),
            range(max(0, column - _REACH), min(wide, column + _REACH + 1)),
        )


def _is_near(peak: Peak, row: float, column: float) -> bool:
    return bool(np.hypot(peak.row - row, peak.column - column) < _SAME)
