"""What the devices and activity pages show, as plain data: ready to read, translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.pages.views import NoticeView
from ui.widgets import Tone


@dataclass(frozen=True)
class ActionView:
    """Something that can be done with a device."""

    key: str
    title: str
    icon: str


@dataclass(frozen=True)
class DeviceView:
    """A device of the registry: its row, and what the detail beside the table shows.

    seen: how long ago it answered, short ("4 min"). state, tone, icon: how it is. needs_you: counts as
    such in the filter. left: share of the certificate's life that is left, None without one; until: the
    date under it, or the word in its place. ended: it is no longer ours (drawn pale).
    subtitle, answered, notice, facts, primary, actions, dangers: the detail.
    """

    key: str
    name: str
    room: str
    seen: str
    kind: str
    protocol: str
    state: str
    tone: Tone
    icon: str
    left: float | None = None
    until: str = ""
    needs_you: bool = False
    ended: bool = False
    subtitle: str = ""
    answered: str = ""
    notice: NoticeView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    primary: ActionView | None = None
    actions: tuple[ActionView, ...] = ()
    dangers: tuple[ActionView, ...] = ()


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
