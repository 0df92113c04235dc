"""Frames of a camera or a video to the secret that a device blinks, and what to tell whoever holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from companion.light.clock import CHIPS_A_FRAME
from companion.light.frame import CHIP_SECONDS
from companion.light.grid import Pixels, reduced
from companion.light.lights import Light, Lights
from companion.secret import Secret

_FAR = 40.0
"""Strength below which a light that can't be read is too far away."""

_PATIENCE_SECONDS = 10.0
_TOLD_SECONDS = 12.0
_RIVAL_SECONDS = 30.0
"""How long another light that blinks some code may take until it is known whether it is the same."""


class LightState(Enum):
    """How far the reading is, or why it does not get on."""

    SEARCHING = "searching"
    FOUND = "found"
    READING = "reading"
    READ = "read"
    TOO_FAR = "too far"
    MOVED = "moved"
    REFLECTION = "reflection"
    SLOW_CAMERA = "frame rate"
    SEVERAL = "several"


TROUBLES = frozenset(
    {
        LightState.TOO_FAR,
        LightState.MOVED,
        LightState.REFLECTION,
        LightState.SLOW_CAMERA,
        LightState.SEVERAL,
    }
)


@dataclass(frozen=True)
class Ring:
    """Where a light is: middle and radius as fractions of the picture's width and height."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class LightView:
    """What one frame changed. share: of the code that was seen, 0 to 1."""

    state: LightState
    ring: Ring | None = None
    share: float = 0.0
    secret: Secret | None = None


class LightReader:
    """Reads one code. Its memory is bounded, however long it looks."""

    def __init__(self) -> None:
        self._lights = Lights()
        self._times: list[float] = []
        self._began: float | None = None
        self._done: LightView | None = None
        self._read_since: float | None = None

    def see(self, time: float, frame: Pixels) -> LightView:
        """The next frame, grey or BGR. time: when it was taken, in seconds; the first may be any."""
        if self._done is not None:
            return self._done
        if self._began is None or time < self._began:
            self._began = time
        self._times = [*self._times[-60:], time]
        cells, _ = reduced(frame)
        self._lights.add(time, cells)
        return self._view(time, cells.shape[0], cells.shape[1])

    def _view(self, time: float, rows: int, columns: int) -> LightView:
        lights = self._lights.all
        read = [light for light in lights if light.decoder.progress.secret is not None]
        secrets = {light.decoder.progress.secret for light in read}
        best = max(lights, key=_promise, default=None)
        ring = _ring(best, rows, columns) if best is not None else None
        if read:
            self._read_since = self._read_since or time
            rivals = [light for light in lights if light.has_clock and not _is_of(light, read[0])]
            if len(secrets) > 1 or (rivals and time - self._read_since > _RIVAL_SECONDS):
                return LightView(LightState.SEVERAL, ring)
            if rivals:
                return LightView(LightState.READING, ring, 0.99)
            self._done = LightView(LightState.READ, _ring(read[0], rows, columns), 1.0, secrets.pop())
            return self._done
        self._read_since = None
        if self._is_slow(time):
            return LightView(LightState.SLOW_CAMERA, ring)
        if best is not None and best.has_clock:
            return LightView(LightState.READING, ring, best.decoder.progress.share)
        lost = self._lights.lost
        if lost is not None and time - lost.seen < _TOLD_SECONDS:
            return LightView(LightState.MOVED, ring)
        if best is None:
            return LightView(LightState.SEARCHING)
        return LightView(_why_unread(time, best), ring)

    def _is_slow(self, time: float) -> bool:
        assert self._began is not None
        if time - self._began < 2.0:
            return False
        return float(np.median(np.diff(self._times))) * CHIPS_A_FRAME > CHIP_SECONDS


def _why_unread(time: float, light: Light) -> LightState:
    """Of a light that blinks without a code's clock."""
    if time - light.since < _PATIENCE_SECONDS:
        return LightState.FOUND
    return LightState.TOO_FAR if light.strength < _FAR else LightState.REFLECTION


def _is_of(light: Light, read: Light) -> bool:
    """The light itself, or a reflection of it."""
    return (
        light is read or light.decoder.progress.secret is not None or read.decoder.agrees_with(light.decoder)
    )


def _promise(light: Light) -> tuple[bool, float, float]:
    return light.has_clock, light.decoder.progress.share, light.strength


def _ring(light: Light, rows: int, columns: int) -> Ring:
    return Ring((light.column + 0.5) / columns, (light.row + 0.5) / rows, 2.5 / columns)
