"""What the scanner's parts hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# uint8 pixels: (height, width) grey, (height, width, 3) BGR or (height, width, 4) BGRA.
Frame: TypeAlias = "npt.NDArray[np.uint8]"
Point: TypeAlias = tuple[float, float]
Quad: TypeAlias = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Read:
    """One code that was read. Text and octets stay out of the repr: they may hold a secret.

    raw: the payload's octets, also where they are not text. corners: top left, top right, bottom right,
    bottom left of the code as it is printed, in pixels of the frame.
    """

    text: str = field(repr=False)
    raw: bytes = field(repr=False)
    corners: Quad


@dataclass(frozen=True)
class Scan:
    """One look at a frame: what was read, and where a code was seen but not read."""

    reads: tuple[Read, ...] = ()
    unread: tuple[Quad, ...] = ()
