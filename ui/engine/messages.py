"""What crosses the bridge besides the engine's own events: commands down, a few events up.

Commands are what a user wants. The events of a run are in `companion.events`, its questions in
`companion.questions`; those here tell the window what it must know outside a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import CompanionError
from companion.events import Event
from companion.model import FoundDevice, SetupCode
from companion.questions import Question
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.backups import Contents
    from companion.doctor import Check
    from companion.identity.crl import CrlState, Publication
    from companion.registry.lists import DeviceQuery, DeviceRow, Key, RunQuery, RunRow
    from companion.registry.records import DeviceRecord, RunRecord, UnfinishedRun
    from companion.setup_code.manual_entry import GroupedEntry

# --- down ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """Something that the user wants of the engine."""


@dataclass(frozen=True)
class LookAround(Command):
    """Open the radio if needed and emit `Nearby` until a run or `StopLooking` ends it."""


@dataclass(frozen=True)
class Examine(Command):
    """What does this computer have, and lack? Answered with `Examined`."""


@dataclass(frozen=True)
class AskFirstUse(Command):
    """Was a device ever set up here? Answered with `FirstUse`."""


@dataclass(frozen=True)
class ReadBackup(Command):
    """What is in this backup? Nothing is written. Answered with `BackupRead` or `BackupRefused`."""

    path: Path
    passphrase: Secret


@dataclass(frozen=True)
class RestoreBackup(Command):
    """Take over the identity of a backup: `BackupRestored` or `BackupRefused`."""

    path: Path
    passphrase: Secret


@dataclass(frozen=True)
class StopLooking(Command):
    """The page with the nearby list was left."""


@dataclass(frozen=True)
class UseRadio(Command):
    """Close the radio and use another: "os", "virtual", "[virtual+]bumble:TRANSPORT"."""

    spec: str


@dataclass(frozen=True)
class Recognise(Command):
    """What is this text? `origin` comes back with the answer: "typed", "camera", "paste", ..."""

    text: Secret
    origin: str


@dataclass(frozen=True)
class CheckTyped(Command):
    """How far is this typed code? Answered with `Typed`."""

    text: Secret


@dataclass(frozen=True)
class StartRun(Command):
    """Commission the device of `code`, or the chosen one.

    It carries no answers: which device it will be is not known yet, so the run asks, and is answered for
    the device that asks.
    """

    code: SetupCode | None
    found: FoundDevice | None = None


@dataclass(frozen=True)
class Answer(Command):
    """The user's answer to a question of the run, or to `PassphraseNeeded`."""

    question: Question[Any]
    answer: Any


@dataclass(frozen=True)
class CancelRun(Command):
    """End the run; the device is told where that is possible."""


@dataclass(frozen=True)
class Blink(Command):
    """Let a device blink or beep, so that its user sees which one it is. Answered with `Blinked`."""

    device: FoundDevice


@dataclass(frozen=True)
class PressVirtual(Command):
    """The button of the virtual device: pressed (`matches`) or held."""

    matches: bool


@dataclass(frozen=True)
class ListDevices(Command):
    """Begin a list of devices: `DeviceList`. select: the id of a device whose page is wanted first."""

    query: DeviceQuery
    select: str = ""


@dataclass(frozen=True)
class ListRuns(Command):
    """Begin a list of runs: `RunList`. select: the run whose page is wanted first; device: its latest run."""

    query: RunQuery
    select: str = ""
    device: str = ""


@dataclass(frozen=True)
class ReadPage(Command):
    """One more page of a list: `ListPage`. It begins `skip` rows behind the row with the key `after`."""

    query: DeviceQuery | RunQuery
    number: int
    after: Key | None
    skip: int


@dataclass(frozen=True)
class RenameDevice(Command):
    """Call a device (its id in the registry) something else here, without it: `DeviceRenamed`."""

    device: str
    name: str
    room: str


@dataclass(frozen=True)
class ListUnfinished(Command):
    """Tell which runs ended with their process half-way through a hand-over: `Unfinished`."""


@dataclass(frozen=True)
class DismissRun(Command):
    """Tell no more of a run that ended so: `Unfinished`."""

    run: str


@dataclass(frozen=True)
class RecallDevice(Command):
    """Tell what is known of a device (its id in the registry): `DeviceRecalled`."""

    device: str


@dataclass(frozen=True)
class OpenRun(Command):
    """Answered with `RunOpened`: one run with its events."""

    run: str


@dataclass(frozen=True)
class ExportRun(Command):
    """Write a redacted copy of a run: `kind` is "log", "json" or "html". Answered with `Exported`."""

    run: str
    kind: str
    path: Path


# --- up --------------------------------------------------------------------------------------------


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
    """What this computer has and lacks: the answer to `Examine`, and after `RadioMissing`."""

    checks: tuple[Check, ...]


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
class Nearby(Event):
    """Commissionable devices in range, strongest first."""

    devices: tuple[FoundDevice, ...]


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
    """The key file is locked (`new` False) or does not exist yet (`new` True). None: not now."""

    new: bool


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
    """Devices. published: the list of revoked certificates that was written last, and how it is."""

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
    """Something failed that belongs to no run, or in a way that nobody expected."""

    error: CompanionError
