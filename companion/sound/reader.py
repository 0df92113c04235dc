"""Samples of a microphone or a recording to the secret that a device chirps, and what to tell its user."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from companion.secret import Secret
from companion.sound.decoder import (
    LOOP_ROWS,
    NEAR,
    PREAMBLE_ROWS,
    Start,
    Values,
    aligned,
    count_heard,
    decode,
    starts,
    symbols,
)
from companion.sound.frame import DATA_SYMBOLS, Samples
from companion.sound.spectrum import HOP_SECONDS, Energies, Spectrum

_SEARCH_ROWS = 16
"""Rows are searched for preambles in such lots, about ten times a second."""

_MOST_PENDING, _MOST_UNREAD = 8, 6
_STEP_SYMBOLS = 6
"""After so many further symbols a frame that was not clear enough is tried again."""

_RIVAL_ROWS = int(10 / HOP_SECONDS)
"""So long a secret that was heard speaks against another one."""

_TOLD_ROWS = int(6 / HOP_SECONDS)
_PATIENCE_ROWS = int(5 / HOP_SECONDS)
_ROOM_ROWS = int(2 / HOP_SECONDS)
_SURELY_HEARD = 0.42
_SILENT_PEAK = 2 / 32_768
_FULL_PEAK = 0.985
_CLIPPED_SHARE = 0.02
_LOUD_LEVEL = 0.45
_NOISE_FLATNESS = 0.35
_FLOOR_DECIBEL = 60.0


class SoundState(Enum):
    """How far the reading is, or why it does not get on."""

    LISTENING = "listening"
    READING = "reading"
    READ = "read"
    SILENT = "silent"
    CLIPPED = "clipped"
    UNCLEAR = "unclear"
    NOISY = "noisy"
    OTHER_SOUNDS = "other sounds"
    SEVERAL = "several"


TROUBLES = frozenset(SoundState) - {SoundState.LISTENING, SoundState.READING, SoundState.READ}


@dataclass(frozen=True)
class SoundView:
    """level: how loud it is, 0 to 1 (60 dB). share: of the frame that was heard, 0 to 1."""

    state: SoundState
    level: float = 0.0
    share: float = 0.0
    secret: Secret | None = None


class SoundReader:
    """Takes the samples of one microphone. Keeps the rows of two loops, and no samples beyond a symbol."""

    def __init__(self, rate: int) -> None:
        """rate: samples a second, 12,000 to 192,000. Raises ValueError."""
        self._spectrum = Spectrum(rate)
        self._rows: Energies = self._spectrum.add(np.zeros(0, np.float32))
        self._dropped = self._searched = 0
        self._pending: list[Start] = []
        self._read: list[tuple[int, Secret]] = []
        self._unread: list[tuple[Start, Values]] = []
        # What the latest of them said with the loops before it; how much of the next one was tried with it.
        self._latest: Values = np.zeros(0)
        self._tried = 0
        self._unclear_until = self._silent_since = 0
        self._heard_last = 0
        self._clipped = 0.0
        self._done: SoundView | None = None

    @property
    def size(self) -> int:
        """How many rows it keeps."""
        return len(self._rows)

    def hear(self, samples: Samples) -> SoundView:
        """The next samples, of -1 to 1, in their order and without gaps."""
        if self._done is not None:
            return self._done
        level = self._measure(samples)
        self._rows = np.concatenate((self._rows, self._spectrum.add(samples)))
        if self._now - self._searched >= _SEARCH_ROWS + PREAMBLE_ROWS + NEAR:
            self._search()
            self._read_pending()
            self._read_on()
            self._forget()
        return self._view(level)

    @property
    def _now(self) -> int:
        return self._dropped + len(self._rows)

    def _measure(self, samples: Samples) -> float:
        """How loud the samples are, 0 to 1; notes silence and clipping."""
        if not len(samples):
            return 0.0
        size = np.abs(samples)
        if float(size.max()) > _SILENT_PEAK:
            self._silent_since = self._now
        weight = min(1.0, len(samples) / self._spectrum.rate)
        self._clipped += weight * (float(np.mean(size > _FULL_PEAK)) - self._clipped)
        loud = math.sqrt(float(np.mean(np.square(samples, dtype=np.float64))))
        return min(1.0, max(0.0, 1 + 20 * math.log10(loud + 1e-9) / _FLOOR_DECIBEL))

    def _search(self) -> None:
        """Preambles that begin in the rows that were not searched yet."""
        begin = max(self._searched - NEAR, self._dropped)
        end = self._now - PREAMBLE_ROWS - NEAR
        for start in starts(self._rows[begin - self._dropped :], self._spectrum):
            placed = Start(start.row + begin, start.clock, start.fit)
            if self._searched <= placed.row < end:
                self._pending.append(placed)
                self._heard_last = self._now
        self._searched = end
        if len(self._pending) > _MOST_PENDING:
            best = sorted(self._pending, key=lambda each: -each.fit)[:_MOST_PENDING]
            self._pending = sorted(best, key=lambda each: each.row)

    def _read_pending(self) -> None:
        waiting = []
        for start in self._pending:
            if start.ends > self._now:
                waiting.append(start)
                continue
            if (secret := self._secret_of(start)) is not None:
                self._read.append((start.ends, secret))
                self._unclear_until = 0
            elif start.fit > _SURELY_HEARD:
                self._unclear_until = self._now + _TOLD_ROWS
        self._pending = waiting
        self._read = [each for each in self._read if each[0] > self._now - _RIVAL_ROWS]

    def _secret_of(self, start: Start) -> Secret | None:
        """Of the frame alone, or together with loops of it that were not clear enough alone."""
        placed = aligned(self._rows, self._spectrum, self._within(start))
        if placed is None:
            return None
        own = symbols(self._rows, self._spectrum, placed)
        if (secret := decode(own)) is not None:
            return secret
        kept = replace(placed, row=placed.row + self._dropped)
        loops = [said for other, said in self._unread if kept.is_loop_of(other)]
        # The loop before may have begun before anybody listened.
        loops = loops or [symbols(self._rows, self._spectrum, placed, -1)]
        together: Values = np.sum([own, *loops], axis=0)
        self._unread = [*self._unread[1 - _MOST_UNREAD :], (kept, own)]
        self._latest, self._tried = together, 0
        return decode(together)

    def _read_on(self) -> None:
        """The latest frame that was not clear enough, with as much of its next loop as was heard by now."""
        if not self._unread or self._read:
            return
        latest = self._unread[-1][0]
        placed = self._within(latest)
        heard = count_heard(self._rows, placed, 1)
        if heard < min(self._tried + _STEP_SYMBOLS, DATA_SYMBOLS) or heard == self._tried:
            return
        self._tried = heard
        more = symbols(self._rows, self._spectrum, placed, 1)
        if (secret := decode(self._latest + more)) is not None:
            self._read.append((latest.ends, secret))
            self._unclear_until = 0

    def _within(self, start: Start) -> Start:
        """Its row among those that are kept."""
        return replace(start, row=start.row - self._dropped)

    def _forget(self) -> None:
        """Rows that nothing needs any more. A loop before each frame stays, and two seconds of the room."""
        first = min([self._searched, *(start.row for start in self._pending)])
        needed = min(first - LOOP_ROWS, self._now - _ROOM_ROWS) - NEAR
        spent = max(0, needed - self._dropped)
        self._rows, self._dropped = self._rows[spent:], self._dropped + spent

    def _view(self, level: float) -> SoundView:
        if len({secret.reveal() for _, secret in self._read}) > 1:
            return SoundView(SoundState.SEVERAL, level)
        if self._read and not self._has_rival(self._read[0][0]):
            self._done = SoundView(SoundState.READ, level, 1.0, self._read[0][1])
            return self._done
        if self._pending:
            first = max(self._pending, key=lambda each: each.fit)
            share = (self._now - first.row) / (first.ends - first.row)
            return SoundView(SoundState.READING, level, min(0.99, share))
        return SoundView(self._trouble(level), level)

    def _has_rival(self, end: int) -> bool:
        """What began to sound before this row may be another device's: it is heard to its end."""
        return self._searched < end or any(start.row < end for start in self._pending)

    def _trouble(self, level: float) -> SoundState:
        """Why nothing is read, where nothing is being read."""
        if self._now - self._silent_since > _ROOM_ROWS:
            return SoundState.SILENT
        if self._clipped > _CLIPPED_SHARE and self._now > _PATIENCE_ROWS:
            return SoundState.CLIPPED
        if self._now < self._unclear_until:
            return SoundState.UNCLEAR
        if level < _LOUD_LEVEL or self._now - self._heard_last < _PATIENCE_ROWS:
            return SoundState.LISTENING
        recent = self._rows[-_ROOM_ROWS:].astype(np.float64) + 1e-12
        flatness = np.exp(np.log(recent).mean(axis=1)) / recent.mean(axis=1)
        return SoundState.NOISY if float(np.median(flatness)) > _NOISE_FLATNESS else SoundState.OTHER_SOUNDS
