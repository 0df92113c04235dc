"""Messages <-> GATT values (section 8).

    fragment  u8 START 0x80 | END 0x40 | counter 0..63 (, u16be total length in the first) || payload

The counter starts at 0 with each message and wraps. The total must be exact at END.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.rp1.aborts import Abort, LocalAbort

START, END = 0x80, 0x40
COUNTERS = 64
LONGEST_MESSAGE = 0xFFFF
_ATT_HEADER = 3
_LONGEST_VALUE = 512
_EVERY = 8


@dataclass(frozen=True)
class Fragment:
    """One GATT value. acknowledged: a commissioner writes it with response."""

    data: bytes
    acknowledged: bool


def value_size(mtu: int) -> int:
    """Octets that one write or notification carries at this ATT MTU (23 to 517)."""
    return min(mtu - _ATT_HEADER, _LONGEST_VALUE)


def split(message: bytes, room: int) -> list[Fragment]:
    """The fragments of a message, each of at most `room` octets (`value_size`, at least 20).

    Raises ValueError for a message of more than 65535 octets.
    """
    if len(message) > LONGEST_MESSAGE:
        raise ValueError("a message has at most 65535 octets")
    fragments = []
    at = index = 0
    while not index or at < len(message):
        head = bytes([index % COUNTERS]) if index else bytes([START]) + len(message).to_bytes(2, "big")
        payload = message[at : at + room - len(head)]
        at += len(payload)
        last = at == len(message)
        flags = head[0] | (END if last else 0)
        fragments.append(Fragment(bytes([flags]) + head[1:] + payload, last or index % _EVERY == _EVERY - 1))
        index += 1
    return fragments


class Reassembler:
    """Fragments in, messages out, for one direction. States: between messages -> inside one."""

    def __init__(self, max_msg: int = LONGEST_MESSAGE) -> None:
        self._max_msg = max_msg
        self._collected: bytearray | None = None
        self._total = 0
        self._counter = 0

    @property
    def is_inside(self) -> bool:
        """True after a START whose END is still to come."""
        return self._collected is not None

    def feed(self, fragment: bytes) -> bytes | None:
        """Take one GATT value; the message that it completes, or None. Raises LocalAbort FRAGMENT."""
        if not fragment:
            raise _broken("an empty fragment")
        flags, payload = fragment[0], fragment[1:]
        if flags & START:
            payload = self._start(payload)
        if self._collected is None:
            raise _broken("no message was started")
        if flags % COUNTERS != self._counter:
            raise _broken("a gap in the counter")
        self._counter = (self._counter + 1) % COUNTERS
        self._collected += payload
        if len(self._collected) > self._total:
            raise _broken("longer than announced")
        if not flags & END:
            return None
        message, self._collected = bytes(self._collected), None
        if len(message) != self._total:
            raise _broken("shorter than announced")
        return message

    def _start(self, payload: bytes) -> bytes:
        if self._collected is not None:
            raise _broken("a message starts inside another")
        if len(payload) < 2:
            raise _broken("no length at the start")
        self._total = int.from_bytes(payload[:2], "big")
        if self._total > self._max_msg:
            raise _broken("longer than this side accepts")
        self._collected, self._counter = bytearray(), 0
        return payload[2:]


def _broken(why: str) -> LocalAbort:
    return LocalAbort(Abort.FRAGMENT, f"fragments: {why}")
