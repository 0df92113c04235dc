"""`log`, with a log of a million entries: about half a gigabyte, and some minutes to make it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench import HEAD
from tests.bench.log import of

COUNT = 1_000_000


def table(rounds: int = COUNT) -> Iterator[str]:
    """rounds: entries."""
    yield HEAD
    yield from (row.line for row in of(rounds))
