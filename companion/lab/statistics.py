"""What a number of times says: quartiles, where most of them lie, and those that lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_FOR_BOX = 8
"""With fewer times a box would say more than they do."""
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Spread:
    """Some times in seconds, in order.

    first, median, third: quartiles; low, high: between them lie nine of ten; outliers: those beyond
    """

    times: tuple[float, ...]
    low: float
    first: float
    median: float
    third: float
    high: float

    @property
    def outliers(self) -> tuple[float, ...]:
        return tuple(time for time in self.times if not self.low <= time <= self.high)

    @property
    def has_box(self) -> bool:
        return len(self.times) >= LEAST_FOR_BOX

    def as_json(self) -> dict[str, object]:
        told = {
            "least": self.times[0],
            "low": self.low,
            "first_quartile": self.first,
            "median": self.median,
            "third_quartile": self.third,
            "high": self.high,
            "most": self.times[-1],
        }
        outliers = [round(time, 3) for time in self.outliers]
        return (
            {"count": len(self.times)}
            | {name: round(time, 3) for name, time in told.items()}
            | {"outliers": outliers if self.has_box else []}
        )


def spread(times: Sequence[float]) -> Spread | None:
    """None without times."""
    if not times:
        return None
    ordered = tuple(sorted(times))
    low, first, median, third, high = (quantile(ordered, share) for share in (_LOW, 0.25, 0.5, 0.75, _HIGH))
    return Spread(ordered, low, first, median, third, high)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two times next to it, by their distance (Hyndman and Fan 1996, definition 7)."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
