"""A program that runs in Node, and the JSON lines between it and us."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from tests.interop.matterjs.installation import programs

LONGEST_LINE = 1 << 20
PATIENCE = 60.0
NODE = ("node", "--no-opt", "--min-semi-space-size=64", "--max-semi-space-size=64")
"""Most of what a node does here is to start: optimising and collecting would cost more than they gain."""

Fields = dict[str, Any]
Listener = Callable[[Fields], None]
Service = Callable[[Fields], Awaitable[Fields | None]]
"""Does what is asked for. None: `Program.answer` says what came of it."""


class Gone(Exception):
    """The program ended before it said what was waited for."""


class Program:
    """A running program. Its events are kept in `told`; what it asks for is done one after the other.

    Each event has the time of its arrival, `at`, on `time.perf_counter`.
    """

    def __init__(
        self, process: asyncio.subprocess.Process, folder: tempfile.TemporaryDirectory[str], log: Path
    ) -> None:
        self.told: list[Fields] = []
        self._process = process
        self._folder = folder
        self._log = log
        self._more = asyncio.Condition()
        self._over = False
        self._calls: asyncio.Queue[Fields] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def start(
        cls,
        script: str,
        options: Mapping[str, Any],
        listeners: Mapping[str, Listener],
        services: Mapping[str, Service],
    ) -> Program:
        """`node SCRIPT`, with a folder of its own for what it keeps."""
        folder = tempfile.TemporaryDirectory(prefix="matterjs-", ignore_cleanup_errors=True)
        log = Path(folder.name) / "log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *NODE,
                str(programs() / script),
                json.dumps({**options, "store": folder.name}),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=output,
                limit=LONGEST_LINE,
            )
        made = cls(process, folder, log)
        made._tasks = [
            asyncio.create_task(made._read(listeners)),
            asyncio.create_task(made._serve(services)),
        ]
        return made

    def tell(self, event: str, **fields: Any) -> None:
        """Say that something happened."""
        self._write({"event": event, **fields})

    def answer(self, asked: Fields, **fields: Any) -> None:
        """What came of something that it asked for."""
        self._write({"answer": asked["id"], **fields})

    async def until(self, *events: str, seconds: float = PATIENCE, after: int = 0) -> Fields:
        """The first of these events among those told, waited for. after: how many are passed over.

        Raises Gone, TimeoutError.
        """
        async with asyncio.timeout(seconds), self._more:
            while True:
                for fields in self.told[after:]:
                    if fields["event"] in events:
                        return fields
                if self._over:
                    raise Gone(f"no {' or '.join(events)}; it said: {self.log()[-2000:]}")
                await self._more.wait()

    def log(self) -> str:
        """What it wrote beside the pipe."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def kill(self) -> None:
        """End it at once and forget what it kept."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await self._process.stdin.wait_closed()
        self._folder.cleanup()

    async def _read(self, listeners: Mapping[str, Listener]) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said: Fields = {**json.loads(line), "at": time.perf_counter()}
            if "call" in said:
                self._calls.put_nowait(said)
                continue
            async with self._more:
                self.told.append(said)
                self._more.notify_all()
            if listener := listeners.get(said["event"]):
                listener(said)
        async with self._more:
            self._over = True
            self._more.notify_all()

    async def _serve(self, services: Mapping[str, Service]) -> None:
        while True:
            asked = await self._calls.get()
            try:
                answer = await services[asked["call"]](asked)
            except Exception as error:
                self._write({"answer": asked["id"], "error": repr(error)})
            else:
                if answer is not None:
                    self.answer(asked, **answer)

    def _write(self, fields: Fields) -> None:
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(json.dumps(fields).encode() + b"\n")
