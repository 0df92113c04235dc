"""Which Bluetooth adapters this computer has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import RadioError
from companion.events import Event
from ui.engine.commands import Command

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
