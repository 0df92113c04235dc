"""What the devices of a batch are called: a pattern with one place for the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_NAME = 64
MOST_DIGITS = 9
_PLACE = re.compile(r"\{(?:n|number)(?::0?([1-9]))?\}")


@dataclass(frozen=True)
class NamePattern:
    """ "Lamp {n}", or "Lamp {n:02}" for at least two digits. first: the first device's number.

    Raises ValueError, whose text says what is wrong.
    """

    text: str
    first: int = 1

    def __post_init__(self) -> None:
        places = _PLACE.findall(self.text)
        rest = _PLACE.sub("", self.text)
        if len(places) != 1 or "{" in rest or "}" in rest:
            raise ValueError("a name pattern has exactly one place for the number, such as “Lamp {n:02}”")
        if not self.text.isprintable() or len(rest) + MOST_DIGITS > MOST_NAME:
            raise ValueError(f"a name has at most {MOST_NAME} printable characters")
        if not 0 <= self.first < 10**MOST_DIGITS:
            raise ValueError(f"the first number has at most {MOST_DIGITS} digits")

    def name(self, position: int) -> str:
        """What the device at this place of the batch is called; the first is 1."""
        number = self.first + position - 1
        return _PLACE.sub(lambda place: f"{number:0{place[1] or 1}}", self.text)
