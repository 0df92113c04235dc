"""A fault in one value, and a plan of them that is carried out one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TORN = (0.0, 0.37, 1.0)
"""How much of a flash write still happens when the power goes in it."""


class Kind(StrEnum):
    """What goes. APP: every object in the app's memory; DEVICE: its power, and what it had in RAM."""

    LINK = "link"
    DEVICE = "device"
    APP = "app"


class Place(StrEnum):
    """What is counted. An ATT operation is cut before it arrives; DISK is the app's own."""

    ATT = "att"
    FLASH = "flash"
    DISK = "disk"


@dataclass(frozen=True)
class Cut:
    """`kind` goes at the `at`-th operation of this sort (from 1) since the cut before, or the beginning.

    torn: the share of a flash write that a power cut in it leaves
    """

    kind: Kind
    place: Place
    at: int
    torn: float = 0.0

    def __str__(self) -> str:
        torn = f":{self.torn:g}" if self.kind is Kind.DEVICE and self.place is Place.FLASH else ""
        return f"{self.kind}@{self.place}:{self.at}{torn}"

    @classmethod
    def parse(cls, text: str) -> Cut:
        """What `str` of a cut says. Raises ValueError."""
        kind, _, rest = text.partition("@")
        place, at, *torn = rest.split(":")
        return cls(Kind(kind), Place(place), int(at), float(torn[0]) if torn else 0.0)


class Faults:
    """A plan that is carried out. passed: operations since the last cut; struck: the cuts that were made."""

    def __init__(self, plan: Iterable[Cut]) -> None:
        self._left = list(plan)
        self.passed: Counter[Place] = Counter()
        self.struck: list[Cut] = []

    @property
    def is_over(self) -> bool:
        """True once every cut was made."""
        return not self._left

    def pass_by(self, place: Place) -> Cut | None:
        """One more operation; the cut that is due at it."""
        self.passed[place] += 1
        if not self._left or (self._left[0].place, self._left[0].at) != (place, self.passed[place]):
            return None
        cut = self._left.pop(0)
        self.struck.append(cut)
        self.passed.clear()
        return cut
