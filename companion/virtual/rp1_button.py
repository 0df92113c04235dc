"""Who presses the button of a virtual RP1 device when it shows a number, and what for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from companion.protocols.rp1.device.effects import Press

PressScript: TypeAlias = Callable[[str], Awaitable[Press | None]]
"""The shown number in, the press out; None: nobody touches the device."""

MATCH_SECONDS = 0.2


@dataclass(frozen=True)
class Match:
    """Presses "match" after a moment, whatever the number."""

    after: float = MATCH_SECONDS

    async def __call__(self, number: str) -> Press | None:
        await asyncio.sleep(self.after)
        return Press.SHORT


@dataclass(frozen=True)
class Differ:
    """Holds the button: the numbers differ."""

    after: float = MATCH_SECONDS

    async def __call__(self, number: str) -> Press | None:
        await asyncio.sleep(self.after)
        return Press.LONG


class Nobody:
    """Nobody is at the device."""

    async def __call__(self, number: str) -> Press | None:
        return None


@dataclass(frozen=True)
class AskOnTerminal:
    """Shows the number on the terminal and asks there. `ask` blocks: a prompt in, a line out."""

    ask: Callable[[str], str] = input

    async def __call__(self, number: str) -> Press | None:
        prompt = f"The device shows {number}. Does the computer show the same? [y/n] "
        answer = await asyncio.to_thread(self.ask, prompt)
        return Press.SHORT if answer.strip().lower() in ("y", "yes", "j", "ja") else Press.LONG
