"""Who presses the button of a virtual device when it shows a number, and what for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

PressScript: TypeAlias = Callable[[str], Awaitable[bool | None]]
"""The shown number in; out: the button says that the numbers match (True) or differ (False), or nobody
presses it (None)."""

MATCH_SECONDS = 0.2


@dataclass(frozen=True)
class PressMatch:
    """Presses "match" after a moment, whatever the number."""

    after: float = MATCH_SECONDS

    async def __call__(self, number: str) -> bool | None:
        await asyncio.sleep(self.after)
        return True


@dataclass(frozen=True)
class PressDiffer:
    """Holds the button: the numbers differ."""

    after: float = MATCH_SECONDS

    async def __call__(self, number: str) -> bool | None:
        await asyncio.sleep(self.after)
        return False


class PressNothing:
    """Nobody is at the device."""

    async def __call__(self, number: str) -> bool | None:
        return None


@dataclass(frozen=True)
class AskOnTerminal:
    """Shows the number on the terminal and asks there. `ask` blocks: a prompt in, a line out."""

    ask: Callable[[str], str] = input

    async def __call__(self, number: str) -> bool | None:
        prompt = f"The device shows {number}. Does the computer show the same? [y/n] "
        answer = await asyncio.to_thread(self.ask, prompt)
        return answer.strip().lower() in ("y", "yes", "j", "ja")
