"""What the pages of the first start show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ComputerPart:
    """A part of this computer: whether it works (None: not known yet), what it is, what follows from that.

    stops: without it no real device can be set up; otherwise there is a way around
    """

    claim: str
    sentence: str
    works: bool | None
    stops: bool = False


@dataclass(frozen=True)
class WelcomeView:
    """real: the sentence for real devices. virtual_first: the virtual device is what works here."""

    real: str
    parts: tuple[ComputerPart, ...]
    virtual_first: bool = False


@dataclass(frozen=True)
class BackupView:
    """What is in a backup: pairs of a name and what it is; `note` says what restoring does."""

    facts: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class LessonView:
    """What an answer to a wrong number would have meant: pairs of a claim and a sentence, with an icon."""

    title: str
    lead: str
    here: str
    there: str
    rows: tuple[tuple[str, str, str], ...]
    fooled: bool
