"""Sequence numbers of what this node sends: never the same one twice with one IV index, whatever happens.

A block of numbers is written down as used before the first of them is. Whoever is killed goes on after it.
"""

from __future__ import annotations

from collections.abc import Callable

from companion.errors.mesh_network import SequenceNumbersUsed
from companion.protocols.mesh.network.pdu import LAST_SEQUENCE

BLOCK = 256
"""Numbers that are written down at a time; so many are lost at most with a kill, of 16 million."""


class SequenceNumbers:
    """iv_index, used: as they were kept last; keep: keeps both at once, on the disk when it returns

    used: the first number that was certainly never used with this IV index
    """

    def __init__(self, iv_index: int, used: int, keep: Callable[[int, int], None]) -> None:
        self.iv_index = iv_index
        self._next = self._kept = used
        self._keep = keep

    def take(self, iv_index: int) -> int:
        """A fresh number for what is sent with this IV index. Raises SequenceNumbersUsed; ValueError for
        an IV index that was left behind, of which nobody knows any more what was used.
        """
        if iv_index < self.iv_index:
            raise ValueError(f"IV index {iv_index} after {self.iv_index}")
        fresh = iv_index > self.iv_index
        number = 0 if fresh else self._next
        if number > LAST_SEQUENCE:
            raise SequenceNumbersUsed(f"IV index {iv_index}")
        if fresh or number >= self._kept:
            kept = min(number + BLOCK, LAST_SEQUENCE + 1)
            self._keep(iv_index, kept)
            self.iv_index, self._kept = iv_index, kept
        self._next = number + 1
        return number
