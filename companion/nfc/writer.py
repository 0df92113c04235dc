"""A batch of setup codes onto tags, one after the other: written, read back, locked on wish, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from companion.errors import TagError
from companion.model import SetupCode
from companion.nfc import content, tag
from companion.nfc.reader import Readers


@dataclass(frozen=True)
class Written:
    """One try. place: of the code in its batch, from 0; error: why its tag failed, None for done."""

    place: int
    error: TagError | None = None


def write_batch(
    codes: Sequence[SetupCode], readers: Readers, *, stop: Callable[[], bool], lock: bool = False
) -> Iterator[Written]:
    """Each try, as soon as it is over. A code whose tag failed is written to the next tag.

    No two codes go onto one tag: the next waits until the tag is lifted. Ends with the last code, or `stop`.
    Raises as `Readers.check`.
    """
    place = 0
    readers.check()
    for held in readers.tags(stop):
        try:
            readers.do(held, tag.write(held.atr, content.message_of(codes[place]), lock=lock))
        except TagError as failed:
            yield Written(place, failed)
            continue
        yield Written(place)
        place += 1
        if place == len(codes):
            return
