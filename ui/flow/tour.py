"""The tour: a virtual device, commissioned with what is preset and the one answer that is a person's.

Which device it is and which network it joins is preset, for there is one of each. The comparison is the
user's, and a wrong number is shown on request: once, and its answer goes nowhere but to the lesson.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.model import DeviceSettings, FoundDevice
from companion.questions import ChooseDevice


@dataclass(frozen=True)
class Tour:
    """protocol: of the device with a display. settings: what it gets, network included."""

    protocol: str
    settings: DeviceSettings

    def choose(self, question: ChooseDevice) -> FoundDevice | None:
        """The tour's device, if it is there."""
        return next((each for each in question.devices if each.protocol == self.protocol), None)


@dataclass(frozen=True)
class Lesson:
    """matched: what the user said of two numbers that differed. Both as they were shown."""

    matched: bool
    here: str
    there: str


def wrong_number(number: str) -> str:
    """A number as someone in between would make the device show it: no digit is the same."""
    return "".join(str((int(mark) + 5) % 10) if mark.isdigit() else mark for mark in number)
