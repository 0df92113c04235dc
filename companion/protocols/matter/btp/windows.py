"""The two windows of a session: what is outstanding, and what is owed (Matter Core 1.4, 4.19.4.6-8).

Sequence numbers have 8 bits and wrap; a window has at most 255 places, so distances are unambiguous.
"""

from __future__ import annotations

from companion.protocols.matter.btp.failure import BtpFailure, Reason

_WRAP = 256
_NONE_YET = 255
"""The number before the first."""
_KEPT = 1
"""Places of the other side that only a segment with an acknowledgement may take, lest both ends wait."""
STALL_SECONDS = 1.0
"""After which the kept place is used all the same. A device may forget an acknowledgement that it owes, and
think of it with the next segment (matter.js, where segments come in while it acknowledges earlier ones)."""
_LOW = 2
"""At so few free places of our own window an acknowledgement does not wait for its timer."""


class SendWindow:
    """What this end sent and the other has not acknowledged. size: places."""

    def __init__(self, size: int, seconds: float) -> None:
        """seconds: in which what was sent has to be acknowledged."""
        self._size, self._seconds = size, seconds
        self._last, self._acknowledged = _NONE_YET, _NONE_YET
        self._moved = 0.0
        self.due: float | None = None

    @property
    def free(self) -> int:
        """Places that are left."""
        return self._size - (self._last - self._acknowledged) % _WRAP

    @property
    def stalled_at(self) -> float | None:
        """When nothing but the kept place has been left for so long that data may take it."""
        return self._moved + STALL_SECONDS if self.free == _KEPT < self._size else None

    def has_room(self, now: float, *, carries_acknowledgement: bool) -> bool:
        """Whether a segment with data may be sent."""
        stalled = self.stalled_at is not None and now >= self.stalled_at
        return self.free > (0 if carries_acknowledgement or stalled else _KEPT)

    def next(self, now: float) -> int:
        """The sequence number of a segment that is sent now."""
        self._last = (self._last + 1) % _WRAP
        self._moved = now
        if self.due is None:
            self.due = now + self._seconds
        return self._last

    def acknowledged(self, number: int | None, now: float) -> None:
        """The other side received up to `number`, if it said so. Raises BtpFailure ACKNOWLEDGEMENT."""
        if number is None:
            return
        outstanding = (self._last - self._acknowledged) % _WRAP
        if not 0 < (number - self._acknowledged) % _WRAP <= outstanding:
            raise BtpFailure(Reason.ACKNOWLEDGEMENT, f"{number} after {self._acknowledged}")
        self._acknowledged, self._moved = number, now
        self.due = None if number == self._last else now + self._seconds


class ReceiveWindow:
    """What this end received and has not acknowledged. size: places."""

    def __init__(self, size: int, seconds: float) -> None:
        """seconds: after which an acknowledgement is sent on its own."""
        self._size, self._seconds = size, seconds
        self._last, self._acknowledged = _NONE_YET, _NONE_YET
        self._holds_data = False
        self.due: float | None = None

    @property
    def owes(self) -> bool:
        """True where something is to be acknowledged."""
        return self._last != self._acknowledged

    def received(self, sequence: int, now: float, *, carries_data: bool) -> None:
        """Take the next number. Raises BtpFailure SEQUENCE or WINDOW."""
        if sequence != (self._last + 1) % _WRAP:
            raise BtpFailure(Reason.SEQUENCE, f"{sequence} after {self._last}")
        if not self._free:
            raise BtpFailure(Reason.WINDOW, f"{self._size} places")
        self._last = sequence
        self._holds_data = self._holds_data or carries_data
        if self.due is None:
            self.due = now + self._seconds

    def is_urgent(self, now: float) -> bool:
        """Whether to acknowledge with a segment of its own. Acknowledgements alone wait for the timer, or two
        ends with small windows would answer each other for ever."""
        return self.due is not None and (now >= self.due or (self._holds_data and self._free <= _LOW))

    def acknowledge(self) -> int | None:
        """The number that the next segment acknowledges, if something is to be."""
        if not self.owes:
            return None
        self._acknowledged, self.due, self._holds_data = self._last, None, False
        return self._last

    @property
    def _free(self) -> int:
        return self._size - (self._last - self._acknowledged) % _WRAP
