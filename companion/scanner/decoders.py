"""Frame in, codes out: every turn at once for stills, spread over frames for the camera."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from companion.scanner import engines, passes
from companion.scanner.reads import Frame, Quad, Read, Scan

# For stills: what each adds is measured in README.md. The dearest come last.
_STILL_TURNS: tuple[Callable[[Frame], Scan], ...] = (
    lambda grey: passes.scaled(grey, 0.5),
    passes.second_threshold,
    lambda grey: passes.scaled(grey, 1.5),
    passes.sharpened,
    passes.second_opinion,
    lambda grey: passes.scaled(grey, 2.0),
    passes.closed,
    passes.dotted,
    passes.equalised,
    passes.local_threshold,
    passes.lower,
    passes.smoothed,
)

Enough: TypeAlias = Callable[[Read], bool]
"""True for a read that ends the search in a still."""

# One look in this many frames goes to each of these where nothing was read and no region was seen. Spread
# like this each comes within the first two seconds, and together they cost a twentieth of the first looks.
_LIVE_TURNS: tuple[tuple[int, int, Callable[[Frame], Scan]], ...] = (
    (24, 2, lambda grey: passes.scaled(grey, 0.5)),
    (48, 5, passes.second_threshold),
    (384, 15, lambda grey: passes.scaled(grey, 1.5)),
    (768, 27, passes.sharpened),
    (768, 39, passes.second_opinion),
    (768, 63, lambda grey: passes.scaled(grey, 2.0)),
)

# A rescue costs as much as several looks: rested this many frames, it stays a small part of the load.
_RESCUE_REST = 3
_MAX_RESCUED = 4


def decode_bgr(frame: Frame) -> list[str]:
    """The texts of all QR codes in a still (grey, BGR or BGRA uint8), every turn tried."""
    return [read.text for read in read_still(frame)]


def read_still(frame: Frame, *, enough: Enough | None = None) -> list[Read]:
    """Like `decode_bgr`, with octets and corners. Raises ValueError for what is not a frame.

    enough: what ends the search; None: any read. Where it is a foreign code, a good one may be harder to read
    """
    grey = passes.grey(frame)
    scan = engines.zxing(grey)
    reads, unread = list(scan.reads), scan.unread
    for turn in _STILL_TURNS:
        if is_done(reads, enough):
            break
        scan = turn(grey)
        reads += scan.reads
        unread = unread or scan.unread
    return without_repeats((*reads, *rescued(grey, reads, unread)))


def rescued(grey: Frame, reads: Sequence[Read], unread: Sequence[Quad]) -> list[Read]:
    """What closer looks at the regions read that no read covers."""
    found: list[Read] = []
    for quad in unread[:_MAX_RESCUED]:
        if not any(_holds(read.corners, quad) for read in (*reads, *found)):
            found += _rescued(grey, quad)
    return found


def is_done(reads: Iterable[Read], enough: Enough | None) -> bool:
    """True if one of the reads ends the search."""
    return any(enough is None or enough(read) for read in reads)


class LiveDecoder:
    """Call it once a frame of the camera: texts of the codes in view. One turn a frame, at most.

    Not for several threads at once. `reset` when the camera is opened or pointed elsewhere.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the frames so far."""
        self._frames = 0
        self._rescues = 0
        self._rest = 0
        self._hint: tuple[Quad, ...] = ()

    def __call__(self, frame: Frame) -> list[str]:
        return [read.text for read in self.look(frame).reads]

    def look(self, frame: Frame) -> Scan:
        """What is read in a frame, and where a code is seen that is not read yet."""
        self._frames += 1
        self._rest = max(0, self._rest - 1)
        grey = passes.grey(frame)
        first = engines.zxing(grey)
        if first.reads:
            return Scan(tuple(without_repeats(first.reads)), first.unread)
        other = self._turn(grey, first.unread or self._hint)
        return Scan(tuple(without_repeats(other.reads)), first.unread or other.unread)

    def _turn(self, grey: Frame, unread: tuple[Quad, ...]) -> Scan:
        if unread and not self._rest:
            self._rest = _RESCUE_REST
            self._rescues += 1
            self._hint = ()
            return passes.rescue(grey, max(unread, key=_extent), self._rescues - 1, passes.LIVE_PIECE)
        for every, phase, turn in _LIVE_TURNS:
            if self._frames % every == phase:
                scan = turn(grey)
                # A turn may see what the first look does not: the next rescue goes there.
                self._hint = scan.unread
                return scan
        return Scan()


def _rescued(grey: Frame, quad: Quad) -> tuple[Read, ...]:
    for attempt in range(passes.RESCUES):
        scan = passes.rescue(grey, quad, attempt, passes.STILL_PIECE)
        if scan.reads:
            return scan.reads
    return ()


def _extent(quad: Quad) -> float:
    """The size of a region, as the longer diagonal squared."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    return max((cx - ax) ** 2 + (cy - ay) ** 2, (dx - bx) ** 2 + (dy - by) ** 2)


def _holds(outer: Quad, inner: Quad) -> bool:
    """True if the centre of one region lies in the upright box of another."""
    x = sum(corner[0] for corner in inner) / 4
    y = sum(corner[1] for corner in inner) / 4
    xs, ys = [corner[0] for corner in outer], [corner[1] for corner in outer]
    return min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)


def without_repeats(reads: Iterable[Read]) -> list[Read]:
    """Each payload once: the same code seen twice is one code."""
    return list({read.raw: read for read in reversed(list(reads))}.values())[::-1]
