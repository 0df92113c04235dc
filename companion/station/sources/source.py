"""What every source is, and the lines that most of them read."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Protocol, runtime_checkable

from companion.model import SetupCode
from companion.secret import Secret
from companion.setup_code import MAX_LENGTH
from companion.station.queue import Offer

_LOOK_SECONDS = 0.2


HandOut = Callable[[Offer], bool]
Read = Callable[[HandOut], None]


@runtime_checkable
class Source(Protocol):
    """Where codes come from. name: as people and the journal call it."""

    @property
    def name(self) -> str: ...

    def offers(self) -> AsyncGenerator[Offer, None]:
        """The texts, as they come. Each is written down before the next one is asked for.

        Iterating raises CompanionError leaves where the source is of no use any more.
        """


class GivenCodes:
    """Codes that a program has."""

    name = "list"

    def __init__(self, codes: Iterable[SetupCode | str]) -> None:
        self._codes = codes

    async def offers(self) -> AsyncGenerator[Offer, None]:
        """In their order."""
        for code in self._codes:
            yield Offer(code.text if isinstance(code, SetupCode) else Secret(code), self.name)
            await asyncio.sleep(0)  # a long list leaves room for what is under way


class Lines:
    """Octets in, lines out: what a scanner types, each line a code. A line that no code can be is dropped."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_too_long = False

    def feed(self, octets: bytes) -> list[Secret]:
        """The lines that end here, without white space around them and without empty ones."""
        *whole, rest = (self._rest + octets).replace(b"\r", b"\n").split(b"\n")
        if whole and self._is_too_long:
            del whole[0]
            self._is_too_long = False
        self._rest = rest
        if len(rest) > MAX_LENGTH:
            self._rest, self._is_too_long = b"", True
        return [line for each in whole if (line := _line(each)) is not None]

    def end(self) -> list[Secret]:
        """What came after the last line's end."""
        rest, self._rest = self._rest, b""
        line = None if self._is_too_long else _line(rest)
        return [] if line is None else [line]


def _line(octets: bytes) -> Secret | None:
    text = octets.decode(errors="replace").strip()
    return Secret(text) if text and len(text) <= MAX_LENGTH else None


async def from_thread(name: str, read: Read) -> AsyncGenerator[Offer, None]:
    """What `read` hands out, on a thread that keeps no process alive.

    read: gets a function that hands an offer out, returns after it was taken, and says whether to go on.
    What `read` raises is raised here, after all that it handed out.
    """
    loop = asyncio.get_running_loop()
    handed: asyncio.Queue[Offer | Exception | None] = asyncio.Queue()
    taken, over = threading.Semaphore(0), threading.Event()

    def tell(what: Offer | Exception | None) -> bool:
        try:
            loop.call_soon_threadsafe(handed.put_nowait, what)
        except RuntimeError:  # the loop ended meanwhile
            return False
        return True

    def hand_out(offer: Offer) -> bool:
        if over.is_set() or not tell(offer):
            return False
        while not taken.acquire(timeout=_LOOK_SECONDS):
            if over.is_set():
                return False
        return not over.is_set()

    def work() -> None:
        failure: Exception | None = None
        try:
            read(hand_out)
        except Exception as error:
            failure = error
        tell(failure)

    threading.Thread(target=work, name=f"station {name}", daemon=True).start()
    try:
        while (said := await handed.get()) is not None:
            if isinstance(said, Exception):
                raise said
            yield said
            taken.release()
    finally:
        over.set()
