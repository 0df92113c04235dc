"""What the activity page shows, as plain data: ready to read, translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.widgets import Tone


class Who(Enum):
    """Who did what an event tells: its colour role in the list."""

    STEP = "textSecondary"
    COMPUTER = "accent"
    DEVICE = "text"


@dataclass(frozen=True)
class EventView:
    """One event of a run. at: seconds since it began; size: octets on the wire, "" for none."""

    at: float
    who: Who
    words: str
    size: str = ""


@dataclass(frozen=True)
class SpanView:
    """A stretch of a run, in seconds since it began. yours: it was the user's turn."""

    start: float
    end: float
    name: str
    yours: bool = False


@dataclass(frozen=True)
class MessageView:
    """A message that went over the link: when it left, when it arrived, which way, what it was."""

    sent: float
    arrived: float
    to_device: bool
    words: str


@dataclass(frozen=True)
class RunView:
    """A run: its row, and everything that the right side shows of it.

    when: "Today 21:14" or what went wrong; duration: "24.1 s". summary: the line under the name.
    outcome: the chip's word. seconds: how long the timeline is. quiet: stretches in which nothing was said.
    """

    key: str
    name: str
    when: str
    duration: str
    tone: Tone
    icon: str
    summary: str = ""
    outcome: str = ""
    seconds: float = 0.0
    steps: tuple[SpanView, ...] = ()
    messages: tuple[MessageView, ...] = ()
    quiet: tuple[SpanView, ...] = ()
    events: tuple[EventView, ...] = ()
