"""One connection of a device: fragments both ways, and INFO as it was read on it (section 8)."""

from __future__ import annotations

from companion.protocols.rp1.wire import fragment

_SMALLEST_MTU = 23


class Link:
    """since: uptime at which it came up or its last session ended; mtu: ATT MTU in octets; served: INFO as
    last read on it, None before that."""

    def __init__(self, max_msg: int, since: float) -> None:
        """max_msg: octets of the longest message that is taken"""
        self.since = since
        self.mtu = _SMALLEST_MTU
        self.served: bytes | None = None
        self._max_msg = max_msg
        self.forget_fragments()

    def feed(self, value: bytes) -> bytes | None:
        """The message that a written value completes, if it does. Raises LocalAbort."""
        return self._reassembler.feed(value)

    def forget_fragments(self) -> None:
        """A message that broke off, or was wrong, is not gone on with."""
        self._reassembler = fragment.Reassembler(self._max_msg)

    def values(self, message: bytes) -> list[bytes]:
        """A message as values to notify."""
        return [piece.data for piece in fragment.split(message, fragment.value_size(self.mtu))]
