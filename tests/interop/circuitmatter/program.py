"""CircuitMatter's light in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0


@dataclass
class Light:
    """A running light. setup_code: the text of its QR code."""

    setup_code: str
    _process: asyncio.subprocess.Process

    async def said(self, wanted: str) -> None:
        """Wait for a line of it. Raises TimeoutError, and EOFError if it ends before."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := await self._process.stdout.readline():
                if line.decode().strip() == wanted:
                    return
        raise EOFError(f"it ended before it said {wanted}")


@asynccontextmanager
async def light_on_loopback(folder: Path) -> AsyncIterator[Light]:
    """The light in its factory state, waiting on the network. folder: where it keeps what it knows."""
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.interop.circuitmatter.light", str(folder)),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            code = (await process.stdout.readline()).decode().strip()
        assert code.startswith("MT:"), (folder / "log").read_text()
        yield Light(code, process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
