"""Lets a device blink while its user decides: on a link of its own, which is closed before the run dials."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ui.engine.errors import as_companion_error
from ui.engine.events import Blinked

if TYPE_CHECKING:
    from companion.model import FoundDevice
    from companion.radio import Radio


class Blinker:
    """Runs on the engine's loop; at most one device blinks."""

    def __init__(self, emit: Callable[[object], None], open_radio: Callable[[], Awaitable[Radio]]) -> None:
        self._emit = emit
        self._open_radio = open_radio
        self._blinking: asyncio.Task[None] | None = None

    async def blink(self, device: FoundDevice) -> None:
        """Let it blink, and emit how that went."""
        await self.stop()
        self._blinking = asyncio.ensure_future(self._blink(device))
        await asyncio.wait([self._blinking])

    async def stop(self) -> None:
        """Give the radio back: somebody needs it, or has decided."""
        blinking, self._blinking = self._blinking, None
        if blinking is not None:
            blinking.cancel()
            await asyncio.wait([blinking])

    async def _blink(self, device: FoundDevice) -> None:
        from companion.runs.discovery.identification import identify

        try:
            await identify(await self._open_radio(), device)
        except Exception as error:
            self._emit(Blinked(device, as_companion_error(error)))
        else:
            self._emit(Blinked(device))
