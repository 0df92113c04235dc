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


@dataclass(frozen=True)
class FailureView:
    """Runs that ended alike. code, step: what they are filtered by; words: the same for a screen reader.

    under: the line under the title; spans: how many in each span of time, the earliest first
    """

    code: str
    step: str
    title: str
    under: str
    count: int
    spans: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class FailuresView:
    """What fails most. time: which span of time it is about; empty: the sentence where nothing failed."""

    rows: tuple[FailureView, ...]
    time: str
    empty: str


@dataclass(frozen=True)
class SideView:
    """One of two runs: "Run 73", and how it ended."""

    title: str
    ending: str
    tone: Tone
    icon: str


@dataclass(frozen=True)
class PairView:
    """Events that are alike, or one that the other run lacks. at: seconds since its step began, as a text.

    difference: the band above this pair, where runs begin to differ; "" elsewhere
    """

    left_at: str = ""
    left: str = ""
    right_at: str = ""
    right: str = ""
    is_step: bool = False
    is_equal: bool = True
    difference: str = ""
    words: str = ""


@dataclass(frozen=True)
class ComparedView:
    """Two runs beside each other. said: how the right one was chosen, or why there is none.

    differences: the places in `pairs` where they begin to differ; steps: name and both times, "" for one that
    did not end
    """

    title: str
    summary: str
    said: str
    left: SideView
    right: SideView | None = None
    pairs: tuple[PairView, ...] = ()
    differences: tuple[int, ...] = ()
    steps: tuple[tuple[str, str, str], ...] = ()
