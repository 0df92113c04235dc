"""Messages that need several PDUs: which segments are due, and how they become one again.

Mesh Protocol 1.1, 3.5.3. Times are seconds of any clock that does not go backwards, given by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.mesh.network.lower_transport import (
    MOST_SEGMENTS,
    SEGMENT,
    SEQ_ZERO_MASK,
    Acknowledgement,
    KeyId,
    Segment,
)

MOST_SILENT = 4
"""So often segments are sent without news of any of them."""
INCOMPLETE = 10.0
"""Seconds after which a message that does not go on is dropped."""
MOST_INCOMING = 16
"""Sources whose segments are kept at the same time: 384 octets each."""


def retry_pause(ttl: int) -> float:
    """Seconds until the rest is sent again."""
    return 0.2 + 0.05 * ttl


def acknowledgement_pause(ttl: int) -> float:
    """Seconds that a receiver waits for more segments before it says which ones came."""
    return 0.15 + 0.05 * ttl


def split(upper: bytes, key: KeyId, sequence: int, *, long_mic: bool = False) -> tuple[Segment, ...]:
    """The segments of an upper transport PDU. sequence: of the first one. Raises ValueError if too long."""
    pieces = [upper[at : at + SEGMENT] for at in range(0, len(upper), SEGMENT)]
    if not 0 < len(pieces) <= MOST_SEGMENTS:
        raise ValueError(f"{len(upper)} octets in segments")
    last = len(pieces) - 1
    return tuple(
        Segment(key, long_mic, sequence & SEQ_ZERO_MASK, number, last, piece)
        for number, piece in enumerate(pieces)
    )


class Outgoing:
    """One message on its way, to one element. segments: all of it; ttl: with which it is sent"""

    def __init__(self, segments: tuple[Segment, ...], ttl: int, now: float) -> None:
        self.seq_zero = segments[0].seq_zero
        self._segments = segments
        self._pause = retry_pause(ttl)
        self._missing = (1 << len(segments)) - 1
        self._silent = 0
        self._deadline = now
        self.refused = False

    @property
    def deadline(self) -> float:
        """When `due` has something to say again."""
        return self._deadline

    @property
    def arrived(self) -> bool:
        """Every segment was acknowledged."""
        return self._missing == 0

    @property
    def lost(self) -> bool:
        """It was refused, or nobody acknowledged what was sent again and again."""
        return self.refused or self._silent > MOST_SILENT

    def due(self, now: float) -> tuple[Segment, ...]:
        """What is to be sent now; nothing where it is too early, and when it is `lost`."""
        if now < self._deadline or self.arrived or self.lost:
            return ()
        self._silent += 1
        if self.lost:
            return ()
        self._deadline = now + self._pause
        return tuple(segment for segment in self._segments if self._missing >> segment.number & 1)

    def acknowledge(self, told: Acknowledgement, now: float) -> None:
        """What came of it. Only news counts: who acknowledges the same again does not keep us waiting."""
        if told.blocks == 0:
            self.refused = True
            return
        missing = self._missing & ~told.blocks
        if missing != self._missing:
            self._missing, self._silent, self._deadline = missing, 0, now


@dataclass(frozen=True)
class SegmentFrom:
    """A segment with what its network PDU said. sequence: its own"""

    segment: Segment
    source: int
    destination: int
    sequence: int
    iv_index: int
    ttl: int

    @property
    def first_sequence(self) -> int:
        """Sequence number of the message's first segment; negative where there can't be one (3.5.3.1)."""
        return self.sequence - ((self.sequence - self.segment.seq_zero) & SEQ_ZERO_MASK)

    @property
    def order(self) -> tuple[int, int]:
        """By which messages of a source follow each other."""
        return self.iv_index, self.first_sequence


@dataclass(frozen=True)
class Reassembled:
    """A whole message."""

    key: KeyId
    long_mic: bool
    upper: bytes
    source: int
    destination: int
    sequence: int
    iv_index: int


class _Incoming:
    """What came of one message so far."""

    def __init__(self, first: SegmentFrom, now: float) -> None:
        self.first = first
        self.whole = False
        self.segments: dict[int, bytes] = {}
        self.drop_at = now + INCOMPLETE
        self.answer_at: float | None = None

    def belongs(self, other: SegmentFrom) -> bool:
        mine, its = self.first.segment, other.segment
        same = (mine.key, mine.long_mic, mine.last) == (its.key, its.long_mic, its.last)
        return same and self.first.destination == other.destination

    def acknowledgement(self) -> Acknowledgement:
        blocks = sum(1 << number for number in self.segments)
        return Acknowledgement(self.first.segment.seq_zero, blocks)


@dataclass(frozen=True)
class Answer:
    """An acknowledgement that is due. source: who is to be told; destination: in whose name"""

    acknowledgement: Acknowledgement
    source: int
    destination: int


class Reassembly:
    """Segments of at most `MOST_INCOMING` sources, of each one message: the newest that it began."""

    def __init__(self) -> None:
        self._incoming: dict[int, _Incoming] = {}

    @property
    def deadline(self) -> float | None:
        """When `due` has something to say or to forget."""
        times = [
            each.drop_at if each.answer_at is None else min(each.answer_at, each.drop_at)
            for each in self._incoming.values()
        ]
        return min(times, default=None)

    def hear(
        self, heard: SegmentFrom, now: float, *, is_new: bool
    ) -> tuple[Reassembled | None, Answer | None]:
        """A segment. is_new: its message is newer than all that was heard of the source whole

        Back comes the message that it completes, and what is to be acknowledged at once.
        """
        incoming = self._incoming.get(heard.source)
        if incoming is None or heard.order > incoming.first.order:
            if not is_new or heard.first_sequence < 0 or not self._has_room(heard.source):
                return None, None
            incoming = self._incoming[heard.source] = _Incoming(heard, now)
        if heard.order != incoming.first.order or not incoming.belongs(heard):
            return None, None
        if incoming.whole:
            # Our acknowledgement was lost.
            return None, _answer(incoming)
        incoming.segments.setdefault(heard.segment.number, heard.segment.octets)
        incoming.drop_at = now + INCOMPLETE
        if len(incoming.segments) <= incoming.first.segment.last:
            if incoming.answer_at is None:
                incoming.answer_at = now + acknowledgement_pause(heard.ttl)
            return None, None
        incoming.whole, incoming.answer_at = True, None
        return _reassembled(incoming), _answer(incoming)

    def due(self, now: float) -> tuple[Answer, ...]:
        """The acknowledgements whose time has come. What does not go on is forgotten."""
        for source in [source for source, each in self._incoming.items() if each.drop_at <= now]:
            del self._incoming[source]
        late = [
            each for each in self._incoming.values() if each.answer_at is not None and each.answer_at <= now
        ]
        for each in late:
            each.answer_at = None
        return tuple(_answer(each) for each in late)

    def _has_room(self, source: int) -> bool:
        if source in self._incoming or len(self._incoming) < MOST_INCOMING:
            return True
        done = next((each for each, incoming in self._incoming.items() if incoming.whole), None)
        if done is None:
            return False
        del self._incoming[done]
        return True


def _answer(incoming: _Incoming) -> Answer:
    return Answer(incoming.acknowledgement(), incoming.first.source, incoming.first.destination)


def _reassembled(incoming: _Incoming) -> Reassembled:
    first = incoming.first
    upper = b"".join(octets for _, octets in sorted(incoming.segments.items()))
    return Reassembled(
        first.segment.key,
        first.segment.long_mic,
        upper,
        first.source,
        first.destination,
        first.first_sequence,
        first.iv_index,
    )
