"""What the bench's pages show, as plain data: ready to read, translated."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets import Tone
from ui.widgets.outcome_strip import StripMark


@dataclass(frozen=True)
class PromptView:
    """What is to be done now. large: the one line, readable from two metres; asks: the number is compared.

    icon: on the disc; tone: of the ground
    """

    icon: str
    tone: Tone
    title: str
    sentence: str
    large: str = ""
    asks: bool = False
    kind: str = ""


@dataclass(frozen=True)
class TrackView:
    """A device that is being set up. done: steps that are behind it; seconds: ready to read."""

    name: str
    step: str
    done: int
    seconds: str


@dataclass(frozen=True)
class BenchRowView:
    """A code in the table. tone: of the state; spoken: all of it as one sentence."""

    key: str
    number: str
    name: str
    serial: str
    state: str
    icon: str
    tone: Tone
    time: str
    spoken: str


@dataclass(frozen=True)
class TallyView:
    """Figures, with what they count; note: how fast it goes; aside: what was put aside last, and why.

    aside_key: its code's; try_again, change: words of the buttons, "" where it can't be tried again, or its
    device is not the user's own
    """

    figures: tuple[tuple[str, str, str], ...]
    strip: tuple[StripMark, ...]
    spoken: str
    note: str = ""
    aside: str = ""
    aside_key: str = ""
    try_again: str = ""
    change: str = ""


@dataclass(frozen=True)
class BenchView:
    """All of the page. facts: icon, name and value of what is fixed."""

    prompt: PromptView
    tracks: tuple[TrackView, ...]
    rows: tuple[BenchRowView, ...]
    tally: TallyView
    facts: tuple[tuple[str, str, str], ...]
    is_paused: bool = False
    is_over: bool = False
    finish_is_primary: bool = False
