"""Versions of firmware as devices and images write them, and which of two is older.

Read are numbers with dots, with Semantic Versioning's pre-releases (semver.org, 11), what `git describe` adds
behind a tag, and a name before them ("ESPHome 2026.6.1"). Anything else has no order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST = 128
_WORD = re.compile(
    r"v?(?P<numbers>\d{1,9}(?:\.\d{1,9}){0,3})"
    r"(?:-(?P<commits>\d{1,9})-g[0-9a-f]{4,40})?"
    r"(?:-(?P<stage>[0-9A-Za-z.-]{1,40}))?"
    r"(?:\+[0-9A-Za-z.-]{1,40})?",
    re.ASCII | re.IGNORECASE,
)
_DIRTY = "dirty"


@dataclass(frozen=True)
class Version:
    """numbers: one to four; commits: after the tag, by `git describe`; stage: of a pre-release, or "" """

    numbers: tuple[int, ...]
    commits: int = 0
    stage: str = ""

    def is_older_than(self, other: Version) -> bool | None:
        """None for two that have no order: a date or a build number says nothing beside 2.1.0."""
        if (len(self.numbers) == 1) != (len(other.numbers) == 1):
            return None
        return self._order < other._order

    @property
    def _order(self) -> tuple[tuple[int, ...], int, tuple[tuple[int, int, str], ...], int]:
        padded = (*self.numbers, *(0,) * (4 - len(self.numbers)))
        return padded, not self.stage, tuple(map(_identifier, self.stage.split("."))), self.commits


def _identifier(part: str) -> tuple[int, int, str]:
    return (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part)


def version_of(text: str) -> Version | None:
    """The version that a text says, in its last word that is one; None for a text without an order."""
    words = text[:_MOST].split()
    for word in reversed(words):
        if (read := _WORD.fullmatch(word)) is None:
            continue
        numbers = tuple(map(int, read["numbers"].split(".")))
        if len(numbers) == 1 and len(words) > 1:
            continue  # "Lamp 3": a name with a number
        stage = (read["stage"] or "").removesuffix(_DIRTY).rstrip("-")
        return Version(numbers, int(read["commits"] or 0), stage)
    return None
