"""What is typed: one line at a time, by one thread at a time.

A thread that waits for a line can't be stopped, and a question may be put again while it waits (the link was
lost, and the run went on over a new one). Two threads would share out what is typed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from companion.errors import Cancelled


@dataclass(frozen=True)
class _Reading:
    """A thread that waits for a line. prompt: what was asked; line: what will have been typed"""

    prompt: str
    line: asyncio.Future[str]


class LineReader:
    """Reads lines on threads that do not keep the process alive. Belongs to one event loop.

    discard: says that what the user types next answers nothing any more
    """

    def __init__(self, discard: Callable[[], None]) -> None:
        self._discard = discard
        self._reading: _Reading | None = None

    @property
    def prompt(self) -> str:
        """The words behind which somebody may be typing; "" if nobody is asked."""
        return self._reading.prompt if self._reading is not None else ""

    async def read(self, prompt: str, read: Callable[[], str]) -> str:
        """The line that `read` returns, which asks with `prompt`; the one that is waited for already, if it
        was asked for with the same words. Raises Cancelled at the end of input, OSError.
        """
        while (reading := self._reading) is not None and reading.prompt != prompt:
            self._discard()
            with suppress(Cancelled, OSError):
                await asyncio.shield(reading.line)
        if self._reading is None:
            self._reading = self._begin(prompt, read)
        return await asyncio.shield(self._reading.line)

    def _begin(self, prompt: str, read: Callable[[], str]) -> _Reading:
        loop = asyncio.get_running_loop()
        reading = _Reading(prompt, loop.create_future())
        # Where nobody waits for it any more, its error is nobody's either.
        reading.line.add_done_callback(lambda line: line.cancelled() or line.exception())

        def end(line: str, error: Exception | None) -> None:
            self._reading = None
            if error is None:
                reading.line.set_result(line)
            else:
                reading.line.set_exception(error)

        def work() -> None:
            line = ""
            error: Exception | None = None
            try:
                line = read()
            except EOFError:
                error = Cancelled("end of input")
            except Exception as failure:
                error = failure
            with suppress(RuntimeError):  # the loop ended meanwhile
                loop.call_soon_threadsafe(end, line, error)

        threading.Thread(target=work, name="terminal-input", daemon=True).start()
        return reading
