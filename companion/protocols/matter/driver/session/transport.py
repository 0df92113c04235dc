"""What carries messages to one device and back: a Bluetooth link, or datagrams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from companion.errors import CompanionError

OnMessage = Callable[[bytes], None]
OnEnd = Callable[[CompanionError], None]


class Transport(Protocol):
    """Carries sealed messages. `start` it before anything is sent."""

    reliable: bool
    """It may lose messages, so they are acknowledged and repeated."""

    def start(self, on_message: OnMessage, on_end: OnEnd) -> None:
        """From now on messages are given to `on_message`; `on_end` is told once why it is over."""

    def send(self, message: bytes) -> None:
        """Send a message, or queue it. Raises nothing: `on_end` tells."""

    async def drain(self) -> None:
        """Wait until what was sent is on its way, a moment at most. Raises nothing."""

    def close(self) -> None:
        """Carry nothing any more; `on_end` is not told."""
