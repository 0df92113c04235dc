"""Message counters: what is given out, and what came before (Matter Core 1.4, 4.6)."""

from __future__ import annotations

import secrets

_LAST = 0xFFFFFFFF
_FIRST_BITS = 28
_WINDOW = 32


class CounterExhausted(Exception):
    """A session's keys were used for as many messages as there are counters; it needs a new session."""


class SendCounter:
    """Counters of what is sent: each once, upwards."""

    def __init__(self, first: int | None = None, *, wraps: bool = False) -> None:
        """first: random where it is left out; wraps: after the last comes 0, where no key depends on it."""
        self._next = secrets.randbits(_FIRST_BITS) + 1 if first is None else first
        self._wraps = wraps

    def next(self) -> int:
        """Raises CounterExhausted."""
        if self._next > _LAST:
            if not self._wraps:
                raise CounterExhausted("no message counter is left")
            self._next = 0
        given, self._next = self._next, self._next + 1
        return given


class ReceiveWindow:
    """Which counters were received: the largest, and the 32 before it."""

    def __init__(self, *, secured: bool) -> None:
        """secured: what is behind the window is a replay. Else the sender started again: it is new."""
        self._secured = secured
        self._largest: int | None = 0 if secured else None
        self._before = -1 if secured else 0

    def is_new(self, counter: int) -> bool:
        """Note a counter of a message that is authentic; False where it was there before."""
        if self._largest is None:
            self._largest = counter
            return True
        ahead = counter - self._largest
        if not self._secured and ahead < -_WINDOW:
            self._largest, self._before = counter, 0
            return True
        if ahead > 0:
            self._before = (self._before << ahead | 1 << ahead - 1) & _LAST if ahead <= _WINDOW else 0
            self._largest = counter
            return True
        return ahead != 0 and ahead >= -_WINDOW and self._mark(-ahead - 1)

    def _mark(self, bit: int) -> bool:
        was_there = self._before >> bit & 1
        self._before |= 1 << bit
        return not was_there
