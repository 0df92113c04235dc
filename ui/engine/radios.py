"""Which Bluetooth adapters this computer has, and what else it has and lacks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import RadioError
from companion.events import Event
from ui.engine.commands import Command
from ui.engine.events import Examined

if TYPE_CHECKING:
    from companion.radio.adapters import Adapter


@dataclass(frozen=True)
class AskRadios(Command):
    """Look at the adapters: `RadiosFound`."""


@dataclass(frozen=True)
class RadiosFound(Event):
    """Those that the system names. error: nobody could say"""

    adapters: tuple[Adapter, ...] = ()
    error: RadioError | None = None


async def look() -> RadiosFound:
    """Which there are."""
    from companion.radio.adapters import adapters

    try:
        return RadiosFound(await adapters())
    except RadioError as error:
        return RadiosFound(error=error)


async def examine(folder: Path | None) -> Examined:
    """What else this computer lacks, and what to do about it. folder: of the records, None: the usual one"""
    from companion.doctor import check, examined_folder

    return Examined(await asyncio.to_thread(check, folder), examined_folder(folder))
