"""What a link did, operation by operation: which ones, how long they took, how each ended. No values, but for
what a device said in clear where somebody recorded that.

From it a test plays the same link to the protocol's code (`companion.testing.recorded_link`).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from companion.errors import AttributeFailure, OperationTimeout

T = TypeVar("T")

MOST_OPERATIONS = 2000
"""Of one link; those beyond are not kept."""
LONGEST_SAID = 512
"""Octets: of an attribute's value (Core Specification, Vol 3, Part F, 3.2.9)."""
OK, LOST, UNANSWERED = "ok", "lost", "unanswered"
KINDS = ("read", "write", "write-command")


@dataclass(frozen=True)
class TracedOperation:
    """A read, a write or a write command. at: seconds since the link was up; seconds: how long it took.

    result: "ok", "lost" (with the link), "unanswered", or "att-14" by the device's ATT error
    """

    kind: str
    uuid: str
    octets: int
    at: float
    seconds: float
    result: str


@dataclass(frozen=True)
class Said:
    """What a device said: as the value of a read (asked), or by itself. after: so many operations."""

    uuid: str
    asked: bool
    after: int
    value: bytes


@dataclass(frozen=True)
class Clear:
    """What of a recording means the same on every link, so that it can be said again.

    characteristics: those on which all that the device says does
    faults: what a virtual device has to be like for it, as `companion virtual --fault` takes it
    sessions: the rest belongs to the keys of a session, which nobody has
    """

    characteristics: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    sessions: bool = True


Heard = Sequence[tuple[str, bytes]]
"""What a device said: characteristic and value, in its order."""


@dataclass(frozen=True)
class LinkTrace:
    """A link from its beginning to its end. lost: it ended by itself, after `seconds`.

    said: in its order, on characteristics whose octets mean the same on every link; () where not recorded
    """

    operations: tuple[TracedOperation, ...]
    lost: bool
    seconds: float
    said: tuple[Said, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Nothing went wrong on it."""
        return not self.lost and all(operation.result == OK for operation in self.operations)

    def as_json(self) -> dict[str, Any]:
        said = [[each.uuid, each.asked, each.after, each.value.hex()] for each in self.said]
        return {
            **({"said": said} if said else {}),
            "lost": self.lost,
            "seconds": round(self.seconds, 3),
            "operations": [
                [each.kind, each.uuid, each.octets, round(each.at, 3), round(each.seconds, 3), each.result]
                for each in self.operations
            ],
        }


class LinkRecorder:
    """One link, from when it is made. Belongs to one event loop."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._operations: list[TracedOperation] = []
        self._end: tuple[float, bool] | None = None

    @property
    def trace(self) -> LinkTrace:
        """What was noted so far."""
        ended, lost = self._end or (time.monotonic(), False)
        return LinkTrace(tuple(self._operations), lost, ended - self._began)

    async def note(self, kind: str, uuid: str, operation: Awaitable[T], octets: int = 0) -> T:
        """What an operation gives, noted with how it ended. octets: written; those of a read are counted."""
        began, result = time.monotonic(), LOST
        try:
            value = await operation
            result = OK
            if isinstance(value, bytes | bytearray):
                octets = len(value)
            return value
        except AttributeFailure as failure:
            result = f"att-{failure.att_code}"
            raise
        except OperationTimeout:
            result = UNANSWERED
            raise
        finally:
            if len(self._operations) < MOST_OPERATIONS:
                at, seconds = began - self._began, time.monotonic() - began
                self._operations.append(TracedOperation(kind, uuid.lower(), octets, at, seconds, result))

    def end(self, *, lost: bool) -> None:
        """The link ended; the first word counts."""
        if self._end is None:
            self._end = (time.monotonic(), lost)


def read_traces(told: object) -> tuple[LinkTrace, ...]:
    """The links of a record. Raises ValueError and TypeError for what is none: a file may be anybody's."""
    if not isinstance(told, Sequence):
        raise ValueError("no links")
    return tuple(_trace(each) for each in told)


def _trace(told: object) -> LinkTrace:
    if not isinstance(told, Mapping) or not isinstance(told.get("operations"), Sequence):
        raise ValueError("no link")
    operations = tuple(_operation(each) for each in told["operations"][:MOST_OPERATIONS])
    said = tuple(_said(each) for each in (told.get("said") or ())[:MOST_OPERATIONS])
    return LinkTrace(operations, bool(told.get("lost")), float(told.get("seconds") or 0.0), said)


def _said(told: object) -> Said:
    if not isinstance(told, Sequence) or len(told) != len(Said.__dataclass_fields__):
        raise ValueError("nothing that was said")
    uuid, asked, after, value = told
    octets = bytes.fromhex(value)
    if len(octets) > LONGEST_SAID:
        raise ValueError("longer than any value")
    return Said(str(uuid), bool(asked), int(after), octets)


def _operation(told: object) -> TracedOperation:
    if not isinstance(told, Sequence) or len(told) != len(TracedOperation.__dataclass_fields__):
        raise ValueError("no operation")
    kind, uuid, octets, at, seconds, result = told
    if kind not in KINDS:
        raise ValueError("an unknown kind of operation")
    return TracedOperation(kind, str(uuid), int(octets), float(at), float(seconds), str(result))
