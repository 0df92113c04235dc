"""The only thread crossing: the engine's asyncio loop on its own thread, one signal to the window.

One thread and one loop for the life of the app: bleak's objects stay where they were made, and no Qt
event loop has to speak asyncio. Events come up through `arrived`, queued by Qt; commands go down with
`send`. Neither side ever waits for the other.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from companion.errors import CompanionError
from ui.engine.commands import Command
from ui.engine.errors import as_companion_error
from ui.engine.events import EngineFailed
from ui.engine.unreachable import is_shown_already

log = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0
SWITCH_SECONDS = 0.00005


class Handler(Protocol):
    """What lives on the engine thread. Both methods run on its loop."""

    async def handle(self, command: Command) -> None:
        """Do what the command says. Errors that it raises become `EngineFailed`."""

    async def close(self) -> None:
        """Give everything back: links, radio, endpoint, registry."""


Emit = Callable[[object], None]


class Bridge(QObject):
    """Runs a handler, made by `make(emit)` on the engine thread, from `start` until `stop`."""

    arrived = Signal(object)
    stopped = Signal()

    def __init__(self, make: Callable[[Emit], Handler], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._handler: Handler | None = None
        self._leaving: asyncio.Event | None = None
        self._lock = threading.Lock()
        self._early: list[Command] = []
        self._work: set[asyncio.Task[None]] = set()
        self._stopping = False

    def start(self) -> None:
        """Start the thread. Returns at once; commands sent meanwhile are kept."""
        # Qt lets go of the interpreter in many of its calls, and waits this long to have it back while the
        # engine computes: hundreds of times while a page is painted. The usual 5 ms are felt.
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()

    def send(self, command: Command) -> None:
        """Hand a command to the engine. Returns at once; dropped once `stop` was called."""
        with self._lock:
            if self._stopping:
                return
            if self._loop is None:
                self._early.append(command)
                return
            self._loop.call_soon_threadsafe(self._accept, command)

    def stop(self) -> None:
        """Ask the engine to close. Returns at once; `stopped` is emitted when the thread is done."""
        with self._lock:
            self._stopping = True
            if self._loop is not None and self._leaving is not None:
                self._loop.call_soon_threadsafe(self._leaving.set)

    def join(self, seconds: float) -> bool:
        """Wait for the thread; for the very end of the program and for tests. True if it is gone."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            # run() cancels what is left, waits for it and closes async generators before the loop.
            asyncio.run(self._live())
        except Exception as error:
            self._emit(EngineFailed(as_companion_error(error)))
        with self._lock:
            self._loop = None
            self._stopping = True
        self.stopped.emit()

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._lost)
        self._leaving = asyncio.Event()
        self._handler = self._make(self._emit)
        with self._lock:
            self._loop = loop
            early, self._early = self._early, []
            if self._stopping:
                self._leaving.set()
        for command in early:
            self._accept(command)
        await self._leaving.wait()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._handler.close()
        except TimeoutError:
            log.warning("the engine did not close within %g s", CLOSE_SECONDS)
        with self._lock:
            self._loop = None

    def _accept(self, command: Command) -> None:
        """Begin with a command, on the loop. One that comes while leaving is dropped."""
        if self._leaving is None or self._leaving.is_set():
            return
        task = asyncio.get_running_loop().create_task(self._obey(command))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _obey(self, command: Command) -> None:
        assert self._handler is not None
        try:
            await self._handler.handle(command)
        except CompanionError as error:
            if not is_shown_already(command, error):
                self._emit(EngineFailed(error, command))
        except Exception as error:
            self._emit(EngineFailed(as_companion_error(error), command))

    def _lost(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """An exception of a task that nobody awaited."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._emit(EngineFailed(as_companion_error(error)))
        else:
            log.warning("the engine's loop complains: %s", context.get("message", ""))

    def _emit(self, event: object) -> None:
        self.arrived.emit(event)
