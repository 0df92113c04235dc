"""Rows of energies to secrets: where a preamble is, and what follows it. The CRC decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
# Rows around the symbols that tell what the room has, even where the symbols are few.
_AROUND = round(12 * _HOPS)
_ERASED = (0, 2, 4, 6, 7, 8)
"""How many of the least certain octets count as unknown, one try after the other."""

NEAR = 8
"""Rows within which two starts are one."""

PREAMBLE_ROWS = round((len(PREAMBLE) - 1) * _HOPS)
LOOP_ROWS = int(np.ceil((SYMBOLS + PAUSE_SYMBOLS) * _HOPS / (1 - 2 * TOLERANCE)))
"""Of the slowest device."""


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


def aligned(rows: Energies, spectrum: Spectrum, start: Start) -> Start | None:
    """The same preamble, at the row and clock at which the symbols behind it are clearest.

    rows: at least until the frame's end; None where they are fewer.
    """
    best: tuple[float, Start] | None = None
    for clock in start.clock + np.linspace(-0.002, 0.002, 5):
        tones = rows[:, spectrum.places(float(clock))].astype(np.float64)
        for shift in (-4, -2, 0, 2, 4):
            tried = replace(start, row=start.row + shift, clock=float(clock))
            at = _symbol_rows(tried, 0)
            if at[0] < 0 or at[-1] >= len(rows):
                continue
            clear = float(_shares(tones, at).max(axis=1).mean())
            if best is None or clear > best[0]:
                best = clear, tried
    return best[1] if best is not None else None


def symbols(rows: Energies, spectrum: Spectrum, start: Start, loop: int = 0) -> Values:
    """For each of the 56 symbols behind a preamble what speaks for each of its 16 values, as logarithms.

    Those of several loops add up. A symbol that is not within the rows says nothing.

    start: as `aligned` gave it. loop: 0 for its own frame, -1 and 1 for the loops before and after it.
    """
    at = _symbol_rows(start, loop)
    there = (at >= 0) & (at < len(rows))
    said = np.zeros((DATA_SYMBOLS, VALUES))
    if there.any():
        tones = rows[:, spectrum.places(start.clock)].astype(np.float64)
        said[there] = np.log(_shares(tones, np.clip(at, 0, len(rows) - 1)))[there]
    return said


def count_heard(rows: Energies, start: Start, loop: int) -> int:
    """How many of a loop's symbols are within the rows."""
    at = _symbol_rows(start, loop)
    return int(np.count_nonzero((at >= 0) & (at < len(rows))))


def _symbol_rows(start: Start, loop: int) -> npt.NDArray[np.int64]:
    place = len(PREAMBLE) + np.arange(DATA_SYMBOLS) + loop * (SYMBOLS + PAUSE_SYMBOLS)
    rows: npt.NDArray[np.int64] = start.row + np.rint(place * _HOPS / start.clock).astype(np.int64)
    return rows


def _shares(tones: Values, at: npt.NDArray[np.int64]) -> Values:
    """For each symbol, in its row, the share (0 to 1) of what is there that each value has."""
    within = tones[max(int(at[0]) - _AROUND, 0) : int(at[-1]) + _AROUND]
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


def decode(said: Values) -> Secret | None:
    """The secret of a frame's 56 symbols, or of the sum of several loops of it; None unless the CRC holds."""
    values = said.argmax(axis=1)
    ordered = np.sort(said, axis=1)
    doubt = (ordered[:, -2] - ordered[:, -1]).reshape(FRAME_SIZE, 2).max(axis=1)
    octets = bytes((values[0::2] * VALUES + values[1::2]).astype(np.uint8))
    doubtful = np.argsort(-doubt).tolist()
    for erased in _ERASED:
        if (secret := secret_of(octets, doubtful[:erased])) is not None:
            return secret
    return None
