"""Commands up, answers down: what a tag is asked through a reader (PC/SC part 3, 3.2.2; ISO 7816-4).

An exchange is a generator that yields commands and is sent the answers; it returns what it was for.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from companion.errors import TagMalformed, TagUnsupported

GOOD = 0x9000
Result = TypeVar("Result")


@dataclass(frozen=True)
class Answer:
    """What came back. data may hold a secret; status: SW1 SW2."""

    data: bytes = field(repr=False)
    status: int

    @property
    def good(self) -> bool:
        return self.status == GOOD


Exchange: TypeAlias = Generator[bytes, Answer, Result]
Transmit: TypeAlias = Callable[[bytes], Answer]


def run(exchange: Exchange[Result], transmit: Transmit) -> Result:
    """Do an exchange with a tag. Raises what it raises and what `transmit` raises."""
    try:
        command = next(exchange)
        while True:
            command = exchange.send(transmit(command))
    except StopIteration as done:
        result: Result = done.value
        return result


def read_binary(offset: int, length: int, *, reader: bool = False) -> Exchange[bytes]:
    """`length` octets, 1 to 255, at an offset of a file; reader: of the tag's memory, from a page on.

    Raises TagUnsupported where the tag says no, TagMalformed where it sends another number of octets.
    """
    answer = yield bytes([0xFF if reader else 0x00, 0xB0, offset >> 8, offset & 0xFF, length])
    if not answer.good:
        raise TagUnsupported(f"reading gave {answer.status:04x}")
    if len(answer.data) != length:
        raise TagMalformed(f"{len(answer.data)} octets in place of {length}")
    return answer.data


def update_binary(offset: int, data: bytes, *, reader: bool = False) -> Exchange[bool]:
    """Write at most 255 octets; False where the tag says no."""
    answer = yield bytes([0xFF if reader else 0x00, 0xD6, offset >> 8, offset & 0xFF, len(data)]) + data
    return answer.good
