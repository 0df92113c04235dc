"""When a message is sent again over UDP, and when its acknowledgement is (Matter Core 1.4, 4.12)."""

from __future__ import annotations

from dataclasses import dataclass

MOST_TRANSMISSIONS = 5
ACKNOWLEDGEMENT_SECONDS = 0.2
"""How long an acknowledgement waits for a message that can carry it."""

_SHORTEST, _LONGEST = 0.1, 3600.0
"""Intervals that are heeded, whatever a device says; Matter has no longer ones."""

_MARGIN, _BASE, _JITTER, _THRESHOLD = 1.1, 1.6, 0.25, 1


@dataclass(frozen=True)
class Timing:
    """How soon the other side can answer, as it says in the handshake or in DNS-SD (SII, SAI, SAT). Seconds.

    idle, active: between two transmissions, while it sleeps and while it talks; threshold: for so long after
    its last message it counts as active
    """

    idle: float = 0.5
    active: float = 0.3
    threshold: float = 4.0

    def backoff(self, transmission: int, *, active: bool, jitter: float) -> float:
        """Seconds after a transmission (0 is the first) until the next. jitter: random, 0 to 1."""
        interval = min(_LONGEST, max(_SHORTEST, self.active if active else self.idle))
        growth = _BASE ** max(0, transmission - _THRESHOLD)
        return interval * _MARGIN * growth * (1 + jitter * _JITTER)

    def within(self, most: float) -> Timing:
        """The same with no interval above `most` seconds: for one that must be awake, whatever it says."""
        return Timing(min(self.idle, most), min(self.active, most), self.threshold)

    def patience(self, *, active: bool) -> float:
        """Seconds in which all transmissions of a message and the last wait fit."""
        steps = range(MOST_TRANSMISSIONS)
        return sum(self.backoff(step, active=active, jitter=1.0) for step in steps)


@dataclass
class Outstanding:
    """A message that is not acknowledged. data: sealed, the same each time; due: when the next step is."""

    data: bytes
    counter: int
    due: float
    transmissions: int = 1


@dataclass(frozen=True)
class PendingAcknowledgement:
    """An acknowledgement that is not sent. counter: of the message; due: when it is sent on its own."""

    counter: int
    due: float
