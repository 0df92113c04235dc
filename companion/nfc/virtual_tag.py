"""A tag in memory: of Type 4, version 2, with one file, as a reader would answer for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from companion.errors import TagLost
from companion.nfc.apdu import GOOD, Answer, Exchange, Result

_APPLICATION = bytes.fromhex("00A4040007D276000085010100")
_CONTAINER, _MESSAGE = 0xE103, 0xE104
_SELECT, _READ, _UPDATE = b"\x00\xa4", b"\x00\xb0", b"\x00\xd6"
_MISSING, _REFUSED = Answer(b"", 0x6A82), Answer(b"", 0x6982)
_MOST = 59


class VirtualReader:
    """A reader in memory (`companion.nfc.channel.Channel`), on which one tag lies, or not."""

    def __init__(
        self, answer: Callable[[bytes], Coroutine[Any, Any, Answer]], on_lifted: Callable[[], None]
    ) -> None:
        """answer: the tag's, which may take its time; on_lifted: told when it is taken away."""
        self._answer, self._on_lifted = answer, on_lifted
        self._lies, self._lifted = asyncio.Event(), asyncio.Event()
        self._lies.set()

    def lift(self) -> None:
        """Take it away: the command under way has no answer."""
        self._lies.clear()
        self._on_lifted()
        self._lifted.set()

    def put_back(self, answer: Callable[[bytes], Coroutine[Any, Any, Answer]] | None = None) -> None:
        """The tag, or another one."""
        self._answer = answer or self._answer
        self._lies.set()

    async def hold(self, seconds: float) -> None:
        """See `Channel.hold`."""
        try:
            async with asyncio.timeout(seconds):
                await self._lies.wait()
        except TimeoutError:
            raise TagLost("no tag was held to the reader") from None
        self._lifted.clear()

    def close(self) -> None:
        """See `Channel.close`."""
        self._lifted.set()

    async def do(self, exchange: Exchange[Result]) -> Result:
        """See `Channel.do`."""
        try:
            command = next(exchange)
            while True:
                command = exchange.send(await self._ask(command))
        except StopIteration as done:
            result: Result = done.value
            return result

    async def _ask(self, command: bytes) -> Answer:
        asked = asyncio.ensure_future(self._answer(command))
        lifted = asyncio.ensure_future(self._lifted.wait())
        try:
            await asyncio.wait((asked, lifted), return_when=asyncio.FIRST_COMPLETED)
            if lifted.done():
                raise TagLost("it was lifted")
            return asked.result()
        finally:
            asked.cancel()
            lifted.cancel()


class VirtualTag:
    """It is open: who has it reads and writes it."""

    atr = bytes.fromhex("3B8180018080")
    """What a reader says of a Type 4 tag."""

    def __init__(self, room: int = 1024) -> None:
        """room: octets of the message, with its length."""
        container = b"\x00\x0f\x20" + 2 * _MOST.to_bytes(2, "big") + b"\x04\x06"
        container += _MESSAGE.to_bytes(2, "big") + room.to_bytes(2, "big") + b"\x00\x00"
        self._files = {_CONTAINER: bytearray(container), _MESSAGE: bytearray(room)}
        self._is_selected = False
        self._file: bytearray | None = None

    def answer(self, command: bytes) -> Answer:
        """To a command of ISO 7816-4, as `apdu.run` wants it."""
        if command == _APPLICATION:
            self._is_selected = True
            return Answer(b"", GOOD)
        head, place = command[:2], int.from_bytes(command[2:4], "big")
        if head == _SELECT and self._is_selected:
            self._file = self._files.get(int.from_bytes(command[5:7], "big"))
            return _MISSING if self._file is None else Answer(b"", GOOD)
        size = command[4] if len(command) > 4 else 0
        if self._file is None or not 0 < size <= _MOST or place + size > len(self._file):
            return _REFUSED
        if head == _READ:
            return Answer(bytes(self._file[place : place + size]), GOOD)
        if head == _UPDATE and len(command) == 5 + size:
            self._file[place : place + size] = command[5:]
            return Answer(b"", GOOD)
        return _REFUSED
