"""A link whose board answers each request with what a test gives it."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable

from companion.radio.inbox import Inbox

HEADER = struct.Struct(">BBHHBB")


class AnsweringLink:
    """answer: takes a request, header and all, and gives the octets of the notification; pieces of `size`"""

    address = "C0:00:00:00:00:01"

    def __init__(self, answer: Callable[[bytes], bytes], *, max_write: int = 244, size: int = 10_000) -> None:
        self.max_write, self._answer, self._size = max_write, answer, size
        self._inbox = Inbox()
        self._asked = bytearray()

    async def subscribe(self, uuid: str) -> Inbox:
        return self._inbox

    async def write(self, uuid: str, data: bytes, *, response: bool) -> None:
        assert len(data) <= self.max_write and not response
        self._asked += data
        if len(self._asked) < HEADER.size + HEADER.unpack_from(self._asked)[2]:
            return
        asked, self._asked = bytes(self._asked), bytearray()
        said = self._answer(asked)
        for at in range(0, len(said), self._size):
            self._inbox.put(said[at : at + self._size])
        await asyncio.sleep(0)


def framed(asked: bytes, body: bytes, *, sequence: int = 0) -> bytes:
    """A body as the answer to a request. sequence: how far off its number is"""
    operation, _, _, group, number, command = HEADER.unpack_from(asked)
    return HEADER.pack(operation + 1, 0, len(body), group, (number + sequence) & 255, command) + body
