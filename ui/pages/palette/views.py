"""What the palette and the sheet of shortcuts show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Goal(Enum):
    """Where an entry of the palette leads. None does anything by itself: each opens a page."""

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
    """The run whose id is the entry's key."""


@dataclass(frozen=True)
class PaletteEntry:
    """leads: where it leads, beside its words; key: of the device or the run"""

    goal: Goal
    icon: str
    words: str
    leads: str
    key: str = ""


@dataclass(frozen=True)
class ShortcutGroup:
    """Where they work, and each with what it does: (keys, words)."""

    title: str
    lines: tuple[tuple[str, str], ...]
