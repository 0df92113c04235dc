"""Instances of a service as they are resolved: what is known at once, the others asked for, a few at a time.

Anybody can announce names without end that lead nowhere. They delay no instance whose records came with its
name, as those of devices do, and they cost no more memory than `MOST_WAITING` names.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from companion.lan.service import Service

T = TypeVar("T")

MOST_ASKED = 16
"""That are asked for at one time."""
MOST_WAITING = 256
"""That wait to be asked for, and that wait to be looked at; the oldest makes room."""


class Resolution:
    """known: an instance by its name from records that are there; ask: the same, by asking the network."""

    def __init__(
        self, known: Callable[[str], Service | None], ask: Callable[[str], Awaitable[Service | None]]
    ) -> None:
        self._known, self._ask = known, ask
        self._waiting: dict[str, None] = {}
        self._asked: dict[str, asyncio.Task[None]] = {}
        self._found: dict[str, Service] = {}
        self._any = asyncio.Event()

    def heard(self, name: str) -> None:
        """A name was announced."""
        if (service := self._known(name)) is not None:
            self._find(name, service)
        elif name not in self._asked:
            _put(self._waiting, name, None)
            self._ask_on()

    async def services(self) -> AsyncIterator[Service]:
        """Those that were resolved, as they are; what changed before it was looked at comes once."""
        while True:
            await self._any.wait()
            self._any.clear()
            while self._found:
                yield self._found.pop(next(iter(self._found)))

    async def close(self) -> None:
        """Ask for nothing any more."""
        self._waiting.clear()
        asked = list(self._asked.values())
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    def _find(self, name: str, service: Service) -> None:
        _put(self._found, name, service)
        self._any.set()

    def _ask_on(self) -> None:
        while self._waiting and len(self._asked) < MOST_ASKED:
            name, _ = self._waiting.popitem()
            self._asked[name] = asyncio.ensure_future(self._resolve(name))

    async def _resolve(self, name: str) -> None:
        try:
            if (service := await self._ask(name)) is not None:
                self._find(name, service)
        finally:
            del self._asked[name]
            self._ask_on()


def _put(queue: dict[str, T], name: str, value: T) -> None:
    """At the end, where the oldest makes room."""
    queue.pop(name, None)
    queue[name] = value
    if len(queue) > MOST_WAITING:
        del queue[next(iter(queue))]
