"""A device at a reader while it is set up: exchanges one after the other, and held again after a loss."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, TypeVar

from companion.errors import TagLost, TagUnsupported
from companion.nfc import apdu

if TYPE_CHECKING:
    from companion.nfc.apdu import Exchange
    from companion.nfc.reader import Connection, Readers, Tag

Result = TypeVar("Result")
RETRY_SECONDS = 0.1
GONE_SECONDS = 2.0
"""In which every system notices that a tag was taken away."""


class Channel(Protocol):
    """What a run has of a reader."""

    async def hold(self, seconds: float) -> None:
        """Wait until one device is held to it. Raises TagLost after so many seconds, and TagError leaves."""

    async def do(self, exchange: Exchange[Result]) -> Result:
        """Do an exchange with it. Raises what the exchange raises, and TagLost where it is taken away."""

    def close(self) -> None:
        """Let go of it. Nothing is done afterwards."""


class ReaderChannel:
    """Over PC/SC, which blocks, so everything happens in a thread of its own. Opens nothing before `hold`."""

    def __init__(self, make_readers: Callable[[], Readers] | None = None) -> None:
        self._make_readers = make_readers
        self._readers: Readers | None = None
        self._connection: Connection | None = None
        self._tag: Tag | None = None
        self._is_lost = False
        self._stop = threading.Event()
        self._thread = ThreadPoolExecutor(1, "nfc")

    async def hold(self, seconds: float) -> None:
        """See `Channel.hold`. Nobody else can use the tag until `close`."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._hold, seconds)

    async def do(self, exchange: Exchange[Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, exchange)

    def close(self) -> None:
        """Let go of the tag, once a command that is under way was answered. Waits for nothing."""
        if self._stop.is_set():
            return
        self._stop.set()
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _hold(self, seconds: float) -> None:
        from companion.nfc.reader import Readers

        self._let_go()
        if self._readers is None:
            self._readers = (self._make_readers or Readers)()
        deadline = time.monotonic() + seconds
        if self._is_lost and self._tag is not None:
            # The system notices it after its next look, and would give us the same one once more.
            until = min(deadline, time.monotonic() + GONE_SECONDS)
            self._readers.wait_until_gone(self._tag, lambda: self._stop.is_set() or time.monotonic() > until)
        self._is_lost = False
        while True:
            tag = self._tag = self._readers.next_tag(self._stop.is_set, seconds=deadline - time.monotonic())
            try:
                self._connection = self._readers.connect(tag)
                return
            except (TagLost, TagUnsupported):
                # It is just being put down, or another program looks at each tag that comes.
                if self._stop.wait(RETRY_SECONDS) or time.monotonic() > deadline:
                    raise

    def _do(self, exchange: Exchange[Result]) -> Result:
        if self._connection is None:
            raise TagLost("nothing is held to the reader")
        try:
            return apdu.run(exchange, self._connection.transmit)
        except TagLost:
            self._is_lost = True
            raise

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _close(self) -> None:
        self._let_go()
        if self._readers is not None:
            self._readers.__exit__()
