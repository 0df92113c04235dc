"""The Generic OnOff Server: a light (Mesh Model 1.1, 3.3.1)."""

from __future__ import annotations

from companion.protocols.mesh.models.messages import Message
from companion.protocols.mesh.models.onoff import OnOffGet, OnOffSet, OnOffSetUnacknowledged, OnOffStatus

SAME = 6.0
"""Seconds within which a sender's transaction number means the same wish."""


class OnOffServer:
    """One element's. on: whether its light is on"""

    def __init__(self, on: bool = False) -> None:
        self.on = on
        self._last: tuple[int, int, float] | None = None

    def answer(self, message: Message, source: int, now: float) -> OnOffStatus | None:
        """None for what is not answered. A repeated wish is answered and changes nothing."""
        match message:
            case OnOffSet():
                if not self._is_same(source, message.transaction, now):
                    self.on = message.on
                self._last = source, message.transaction, now
                return None if isinstance(message, OnOffSetUnacknowledged) else OnOffStatus(self.on)
            case OnOffGet():
                return OnOffStatus(self.on)
            case _:
                return None

    def _is_same(self, source: int, transaction: int, now: float) -> bool:
        if self._last is None:
            return False
        last_source, last_transaction, when = self._last
        return (last_source, last_transaction) == (source, transaction) and now < when + SAME
