"""What the palette and the sheet of shortcuts show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Goal(Enum):
    """Where an entry of the palette leads: to a page, or to the page of a device or run and its button."""

    ADD = auto()
    BENCH = auto()
    WELCOME = auto()
    DEVICES = auto()
    ACTIVITY = auto()
    ALERTS = auto()
    LAB = auto()
    SETTINGS = auto()
    BACKUP = auto()
    SHORTCUTS = auto()
    DEVICE = auto()
    """The device whose id is the entry's key."""
    RUN = auto()
    """The run whose id is the entry's key; with an act, what its page does."""
    ACT = auto()
    """A button (`act`) of the device whose id is the entry's key."""


@dataclass(frozen=True)
class PaletteEntry:
    """leads: where it leads, beside its words; key: of the device or the run; act: what is done there"""

    goal: Goal
    icon: str
    words: str
    leads: str
    key: str = ""
    act: str = ""


@dataclass(frozen=True)
class ShortcutGroup:
    """Where they work, and each with what it does: (keys, words)."""

    title: str
    lines: tuple[tuple[str, str], ...]
