"""What was last heard of each source, so that nothing is heard twice (Mesh Protocol 1.1, 3.9.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

MOST_SOURCES = 4096


class ReplayList:
    """heard: source to (IV index, sequence number), as it was kept; keep: keeps one entry before it counts"""

    def __init__(
        self,
        heard: Mapping[int, tuple[int, int]] | None = None,
        keep: Callable[[int, int, int], None] = lambda source, iv_index, sequence: None,
        *,
        most: int = MOST_SOURCES,
    ) -> None:
        self._heard = dict(heard or {})
        self._keep = keep
        self._most = most

    def is_fresh(self, source: int, iv_index: int, sequence: int) -> bool:
        """True for what is newer than all that was heard. Without room for a source, nothing of it is."""
        last = self._heard.get(source)
        if last is None:
            return len(self._heard) < self._most
        return (iv_index, sequence) > last

    def note(self, source: int, iv_index: int, sequence: int) -> None:
        """This was heard. What is older than something else of the source changes nothing: its segments began
        before that.
        """
        if not self.is_fresh(source, iv_index, sequence):
            return
        self._keep(source, iv_index, sequence)
        self._heard[source] = iv_index, sequence
