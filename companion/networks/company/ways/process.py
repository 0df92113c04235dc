"""The lines of a program of this computer, within a time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncGenerator, Callable

MOST_LINE = 65536


async def lines_of(
    program: str, *arguments: str, seconds: float, until: tuple[float, Callable[[], bool]] | None = None
) -> AsyncGenerator[str, None]:
    """What it prints, until it ends or its time is over; then it is gone. Too long a line ends it.

    until: within so many seconds this has to be true, or its time is over by then
    """
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=MOST_LINE,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert process.stdout is not None
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    soon = loop.time() + until[0] if until is not None else end
    try:
        while True:
            waits = until is not None and not until[1]()
            async with asyncio.timeout_at(min(soon, end) if waits else end):
                line = await process.stdout.readline()
            if not line:
                return
            yield line.decode(errors="replace").rstrip("\r\n")
    except (TimeoutError, ValueError):
        return
    finally:
        if process.returncode is None:
            # Not `terminate`: it may take the exit status from under asyncio.
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
        await process.wait()
