"""Segments in, messages out, for one direction; and the other way round."""

from __future__ import annotations

from collections import deque

from companion.protocols.matter.btp.failure import BtpFailure, Reason
from companion.protocols.matter.btp.segment import Segment, header_size

LONGEST_MESSAGE = 2048
"""Octets that a peer may send as one message; Matter's own limit is 1280."""


class Reassembler:
    """States: between messages -> inside one."""

    def __init__(self, longest: int = LONGEST_MESSAGE) -> None:
        self._longest = longest
        self._collected: bytearray | None = None
        self._length = 0

    def feed(self, segment: Segment) -> bytes | None:
        """The message that this segment completes, or None. Raises BtpFailure LENGTH or MALFORMED."""
        if not segment.payload:
            return None
        if (segment.length is None) != (self._collected is not None):
            raise BtpFailure(Reason.MALFORMED, "a message begins inside another, or goes on without one")
        if self._collected is None:
            self._start(segment.length or 0)
        assert self._collected is not None
        self._collected += segment.payload
        complete = len(self._collected) == self._length
        if len(self._collected) > self._length or segment.ends != complete:
            raise BtpFailure(Reason.LENGTH, f"{len(self._collected)} of {self._length} octets")
        if not complete:
            return None
        message, self._collected = bytes(self._collected), None
        return message

    def _start(self, length: int) -> None:
        if length > self._longest:
            raise BtpFailure(Reason.LENGTH, f"a message of {length} octets")
        self._collected, self._length = bytearray(), length


class Segmenter:
    """Messages in, the payloads of segments out, as large as a segment has room for."""

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque()
        self._sent = 0

    def __bool__(self) -> bool:
        """True while something is left to send."""
        return bool(self._waiting)

    def put(self, message: bytes) -> None:
        """Raises ValueError for an empty message, or one whose length 16 bits can't say."""
        if not 0 < len(message) <= 0xFFFF:
            raise ValueError("a message has 1 to 65535 octets")
        self._waiting.append(message)

    def take(self, sequence: int, acknowledged: int | None, size: int) -> Segment:
        """The next segment of at most `size` octets. Something has to be left."""
        message, begins = self._waiting[0], not self._sent
        room = size - header_size(acknowledges=acknowledged is not None, begins=begins)
        payload = message[self._sent : self._sent + room]
        self._sent += len(payload)
        ends = self._sent == len(message)
        if ends:
            self._waiting.popleft()
            self._sent = 0
        return Segment(sequence, payload, acknowledged, len(message) if begins else None, ends)
