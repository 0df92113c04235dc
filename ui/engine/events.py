"""What the engine tells the window outside a run: up the bridge, besides the events of runs.

The events of a run are in `companion.events`, its questions in `companion.questions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from companion.model import FoundDevice, MakerGuide, SetupCode
from companion.questions import Question
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.backups import Comparison, Contents, LastBackup
    from companion.doctor import Check
    from companion.identity.crl import CrlState, Publication
    from companion.identity.hardware.keys import PinRequest
    from companion.registry.lists import DeviceQuery, DeviceRow, Key, RunQuery, RunRow
    from companion.registry.records import DeviceRecord, RunRecord, UnfinishedRun
    from companion.setup_code.manual_entry import GroupedEntry
    from ui.engine.commands import Command


@dataclass(frozen=True)
class Unfinished(Event):
    """Runs that ended with their process when the device may have had its credentials, newest first."""

    runs: tuple[UnfinishedRun, ...]


@dataclass(frozen=True)
class Warm(Event):
    """What a run needs is loaded: the first one will be as quick as the next."""


@dataclass(frozen=True)
class RadioReady(Event):
    """The radio works. `is_virtual`: its devices exist inside this computer only."""

    spec: str
    is_virtual: bool


@dataclass(frozen=True)
class RadioMissing(Event):
    """The radio can't be used; `error` says what is missing."""

    spec: str
    error: CompanionError


@dataclass(frozen=True)
class Examined(Event):
    """What this computer has and lacks: the answer to `Examine`, and after `RadioMissing`.

    folder: where records and keys of real devices are, or would be
    """

    checks: tuple[Check, ...]
    folder: Path | None = None


@dataclass(frozen=True)
class FirstUse(Event):
    """Whether no device was ever set up here, with the radio in use."""

    is_first: bool


@dataclass(frozen=True)
class BackupRead(Event):
    """A backup opened; nothing was written."""

    content: Contents


@dataclass(frozen=True)
class BackupRefused(Event):
    """A backup could not be read or restored; nothing was written."""

    error: CompanionError


@dataclass(frozen=True)
class BackupRestored(Event):
    """The owner of a backup is this computer's now."""


@dataclass(frozen=True)
class BackupState(Event):
    """has_key: there is an owner. asks_passphrase: the key file has one. last: the last backup."""

    has_key: bool
    asks_passphrase: bool = False
    last: LastBackup | None = None

    @property
    def made(self) -> datetime | None:
        """When the last backup was made, UTC."""
        return self.last.made if self.last is not None else None


@dataclass(frozen=True)
class BackupMade(Event):
    """A backup was written, and read again."""

    content: Contents


@dataclass(frozen=True)
class BackupTried(Event):
    """A backup was held against what is here; nothing was written."""

    content: Contents
    found: Comparison


@dataclass(frozen=True)
class BackupFailed(Event):
    """A backup could not be made or tried."""

    error: CompanionError


@dataclass(frozen=True)
class Nearby(Event):
    """Commissionable devices in range, as they were seen.

    guides: how those are made ready that need more than power, by address
    """

    devices: tuple[FoundDevice, ...]
    guides: Mapping[str, MakerGuide] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeRead(Event):
    """A text was recognised; `code.commissionable` says whether a run can start with it."""

    code: SetupCode
    origin: str


@dataclass(frozen=True)
class CodeRefused(Event):
    """A code of a known kind that is damaged, or a picture without a code."""

    error: CompanionError
    origin: str


@dataclass(frozen=True)
class Typed(Event):
    """A typed text in its groups; `code` once it is complete and known."""

    text: Secret
    entry: GroupedEntry
    code: SetupCode | None


@dataclass(frozen=True)
class PassphraseNeeded(Question[Secret | None]):
    """The key file is locked (`new` False) or does not exist yet (`new` True). None: not now.

    pin: the owner's keys are on a hardware token, which wants its PIN
    """

    new: bool
    pin: PinRequest | None = None


@dataclass(frozen=True)
class ListPage(Event):
    """A page of a list. end: its last row's key."""

    query: DeviceQuery | RunQuery
    number: int
    rows: tuple[DeviceRow, ...] | tuple[RunRow, ...]
    end: Key | None


@dataclass(frozen=True)
class RecordList(Event):
    """The beginning of a list. total: its rows; every: those without search and filter; page: the one with
    the selected row, else the first; selected: how many rows are before the one asked for, None: not there.
    """

    total: int
    every: int
    page: ListPage
    selected: int | None = None


@dataclass(frozen=True)
class DeviceList(RecordList):
    """Devices. every: 0 if there are none at all, else at least so many: a search counts what it finds.

    published: the list of revoked certificates that was written last, and how it is
    """

    published: tuple[Publication, CrlState] | None = None


@dataclass(frozen=True)
class RunList(RecordList):
    """Runs, without their events."""


@dataclass(frozen=True)
class DeviceRenamed(Event):
    """A device is called something else now."""

    device: str


@dataclass(frozen=True)
class DeviceRecalled(Event):
    """A device as the registry knows it."""

    record: DeviceRecord


@dataclass(frozen=True)
class RunOpened(Event):
    """A run with its steps and events."""

    run: RunRecord


@dataclass(frozen=True)
class Exported(Event):
    """A copy of a run was written."""

    path: Path


@dataclass(frozen=True)
class Blinked(Event):
    """A device was told to blink; `error` says why not."""

    device: FoundDevice
    error: CompanionError | None = None


@dataclass(frozen=True)
class VirtualDisplay(Event):
    """What the virtual device's display shows; None: nothing."""

    number: str | None


@dataclass(frozen=True)
class RunRefused(Event):
    """A run could not begin; `error` is Cancelled if the user ended it before."""

    error: CompanionError


@dataclass(frozen=True)
class EngineFailed(Event):
    """Something failed that belongs to no run, or in a way that nobody expected. command: what was wished"""

    error: CompanionError
    command: Command | None = None
