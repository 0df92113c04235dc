"""What crosses the bridge for the bench: many devices in a row, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from companion.errors import CompanionError
from companion.model import WifiCredentials
from companion.questions import Question
from companion.secret import Secret
from companion.station.job import Job
from companion.station.report import Report
from companion.station.station import StationEvent
from ui.engine.commands import Command

# --- down ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StartBench(Command):
    """Set devices up until `FinishBench`. `BenchBegan`, then `BenchTold`s, then `BenchEnded`.

    names: a `NamePattern`'s text, "" for the devices' own names; first: its first number
    fabric: id of the one that Matter devices join, "" for the usual one
    """

    names: str = ""
    first: int = 1
    room: str = ""
    wifi: WifiCredentials | None = None
    at_once: int = 1
    fabric: str = ""


@dataclass(frozen=True)
class GiveCode(Command):
    """A label was read. source: by what."""

    text: Secret
    source: str


@dataclass(frozen=True)
class GiveFiles(Command):
    """Every code of a list (.csv) and in pictures, documents and texts."""

    files: tuple[Path, ...]


@dataclass(frozen=True)
class PauseBench(Command):
    """Begin with no device for a while, or again."""

    is_paused: bool


@dataclass(frozen=True)
class AnswerBench(Command):
    """The answer to the question of one device's run, by its job, and of no other."""

    job: str
    question: Question[Any]
    answer: Any = field(repr=False)


@dataclass(frozen=True)
class RetryJob(Command):
    """Try a code again that was put aside. changes: its device is the user's own, and gets network, name and
    room of this bench"""

    job: str
    changes: bool = False


@dataclass(frozen=True)
class FinishBench(Command):
    """Let what is under way end, then report."""


@dataclass(frozen=True)
class SaveSheet(Command):
    """Write a sheet: `SheetSaved`."""

    path: Path
    content: bytes = field(repr=False)


# --- up ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BenchBegan:
    """It takes codes. jobs: those of a bench that was interrupted."""

    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class BenchTold:
    """A change of a code's state, an event of its run, or a file that was passed over."""

    told: StationEvent


@dataclass(frozen=True)
class BenchEnded:
    """Nothing is under way any more."""

    report: Report


@dataclass(frozen=True)
class BenchStopped:
    """It could not begin or go on."""

    error: CompanionError


@dataclass(frozen=True)
class SheetSaved:
    """Where; error: why not."""

    path: Path
    error: CompanionError | None = None
