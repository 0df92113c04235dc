"""Rows of energies to secrets: where a preamble is, and what follows it. The CRC decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from companion.secret import Secret
from companion.sound.frame import (
    DATA_SYMBOLS,
    FRAME_SIZE,
    PAUSE_SYMBOLS,
    PREAMBLE,
    SETS,
    SYMBOL_SECONDS,
    SYMBOLS,
    TOLERANCE,
    VALUES,
    secret_of,
)
from companion.sound.spectrum import HOP_SECONDS, Energies, Spectrum

Values = npt.NDArray[np.float64]

HEARD = 0.36
"""The share of the band's energy that a preamble's tones hold; noise, voices and music stay below it."""

_CLOCKS = 1 + np.linspace(-TOLERANCE, TOLERANCE, 11)
_HOPS = SYMBOL_SECONDS / HOP_SECONDS
_FLOOR = 0.02
_LEFT = 0.4
_ERASED = (0, 2, 4, 6, 7, 8)
"""How many of the least certain octets count as unknown, one try after the other."""

NEAR = 8
"""Rows within which two starts are one."""

PREAMBLE_ROWS = round((len(PREAMBLE) - 1) * _HOPS)


@dataclass(frozen=True)
class Start:
    """A preamble. row: its first. clock: how fast the device's is. fit: share of the energy, 0 to 1."""

    row: int
    clock: float
    fit: float

    @property
    def ends(self) -> int:
        """The row after the frame's last."""
        return self.row + int(np.ceil(SYMBOLS * _HOPS / self.clock)) + NEAR

    def is_loop_of(self, other: Start) -> bool:
        """True if it is as many rows from the other one as whole loops of one device have."""
        loop = (SYMBOLS + PAUSE_SYMBOLS) * _HOPS / self.clock
        apart = (self.row - other.row) / loop
        return round(apart) != 0 and abs(apart - round(apart)) * loop <= 2 * NEAR


def starts(rows: Energies, spectrum: Spectrum) -> list[Start]:
    """Every preamble that begins in these rows, at its best place and clock."""
    steps = np.rint(np.arange(len(PREAMBLE)) * _HOPS).astype(np.int64)
    count = len(rows) - int(steps[-1])
    if count < 1:
        return []
    fits = np.stack([_fits(rows, spectrum.places(float(clock)), steps, count) for clock in _CLOCKS])
    best = fits.max(axis=0)
    found: list[Start] = []
    for row in np.flatnonzero(best >= HEARD):
        around = best[max(0, row - NEAR) : row + NEAR + 1]
        if best[row] == around.max() and (not found or row - found[-1].row > NEAR):
            found.append(Start(int(row), float(_CLOCKS[fits[:, row].argmax()]), float(best[row])))
    return found


def _fits(rows: Energies, places: npt.NDArray[np.int64], steps: npt.NDArray[np.int64], count: int) -> Values:
    tones = rows[:, places]
    share = tones / (tones.sum(axis=1, keepdims=True) + 1e-12)
    total = np.zeros(count)
    for step, tone in zip(steps, PREAMBLE, strict=True):
        total += share[step : step + count, tone]
    return total / len(PREAMBLE)


def symbols(rows: Energies, spectrum: Spectrum, start: Start) -> Values | None:
    """For each of the 56 symbols behind a preamble the share (0 to 1) that speaks for each of its 16 values.

    rows: at least until the frame's end; None where they are fewer.
    """
    best: tuple[float, Values] | None = None
    for clock in start.clock + np.linspace(-0.002, 0.002, 5):
        tones = rows[:, spectrum.places(float(clock))].astype(np.float64)
        for shift in (-4, -2, 0, 2, 4):
            shares = _shares(tones, start.row + shift, float(clock))
            if shares is None:
                continue
            sharp = float(shares.max(axis=1).mean())
            if best is None or sharp > best[0]:
                best = sharp, shares
    return best[1] if best is not None else None


def _shares(tones: Values, row: int, clock: float) -> Values | None:
    at = row + np.rint((len(PREAMBLE) + np.arange(DATA_SYMBOLS)) * _HOPS / clock).astype(np.int64)
    if at[0] < 0 or at[-1] >= len(tones):
        return None
    within = tones[at[0] : at[-1] + 1]
    # A tone is not there most of the time: what it has then is the room's.
    room = np.median(within, axis=0)
    # What is left of an earlier tone dies down; the one that is sent now was not there a symbol ago.
    fresh = np.maximum(tones[at] - _LEFT * tones[np.maximum(at - int(_HOPS), 0)], 0.0)
    level = fresh / (room + _FLOOR * float(within.mean()) + 1e-12)
    sets = level.reshape(DATA_SYMBOLS, VALUES, SETS)
    chosen: Values = np.take_along_axis(sets, (np.arange(DATA_SYMBOLS) % SETS)[:, None, None], axis=2)[
        :, :, 0
    ]
    shares: Values = (chosen + 1e-9) / (chosen + 1e-9).sum(axis=1, keepdims=True)
    return shares


def decode(shares: Values) -> Secret | None:
    """The secret of a frame's 56 symbols, or of the sum of several loops of it; None unless the CRC holds."""
    values = shares.argmax(axis=1)
    ordered = np.sort(shares, axis=1)
    sure = (ordered[:, -2] / (ordered[:, -1] + 1e-12)).reshape(FRAME_SIZE, 2).max(axis=1)
    octets = bytes((values[0::2] * VALUES + values[1::2]).astype(np.uint8))
    doubtful = np.argsort(-sure).tolist()
    for erased in _ERASED:
        if (secret := secret_of(octets, doubtful[:erased])) is not None:
            return secret
    return None
