"""What the alerts' page shows, as plain data: ready to read, translated."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.hour_chart import HourView


@dataclass(frozen=True)
class AlertView:
    """One alert.

    chance: how often chance does this; runs: the words on the button that shows them
    stop:   what stopping its delegate does, "" if there is none to be stopped
    who:    whom it is about
    answer: what the owner said, "" before; can_undo: it can be taken back
    hours:  None where it is not about hours
    """

    id: str
    who: str
    title: str
    detail: str
    chance: str
    runs: str
    stop: str = ""
    answer: str = ""
    can_undo: bool = False
    hours: HourView | None = None


@dataclass(frozen=True)
class RunLine:
    """A run behind an alert."""

    run: str
    words: str


@dataclass(frozen=True)
class AlertsView:
    """All of it. empty: instead of rows; note: how much is watched, since when; budget: false alarms, as a
    sentence; choices: what may be chosen instead, the number and its words"""

    rows: tuple[AlertView, ...]
    empty: str
    note: str
    budget: str
    monthly: float
    choices: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class SiteView:
    """How many of a site's devices know. share: the same in words"""

    name: str
    share: str
    know: int
    devices: int


@dataclass(frozen=True)
class SpreadView:
    """How many devices know the newest revocations, and what the others do.

    sites: a line for each; show: the words on the button that lists the others; devices: a line for each site
    """

    title: str
    sentence: str
    know: int
    of: int
    sites: tuple[SiteView, ...] = ()
    show: str = ""
    devices: tuple[str, ...] = ()
