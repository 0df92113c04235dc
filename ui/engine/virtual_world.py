"""The devices of `--radio virtual` as the window wants them: display and button are on this screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ui.engine.events import VirtualDisplay


class VirtualButton:
    """Shows a device's number in the window and waits for the button that the user presses there."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit
        self._pressed: asyncio.Future[bool] | None = None

    async def __call__(self, number: str) -> bool:
        """The number in, the press out, as `companion.virtual.button` describes it."""
        self._pressed = asyncio.get_running_loop().create_future()
        self._emit(VirtualDisplay(number))
        try:
            return await self._pressed
        finally:
            self._pressed = None
            self._emit(VirtualDisplay(None))

    def press(self, matches: bool) -> None:
        """The user pressed (the numbers match) or held (they differ) the device's button."""
        if self._pressed is not None and not self._pressed.done():
            self._pressed.set_result(matches)


def make_world(button: VirtualButton) -> Any:
    """One device of each kind; those with a display and a button have them in the window."""
    from companion.virtual.world import default_world

    return default_world(button)
