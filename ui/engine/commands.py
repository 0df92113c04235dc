"""What the window wants of the engine: commands, down the bridge. What comes back is in `events.py`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.model import FoundDevice, SetupCode, ShownBy
from companion.questions import Question
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.nfc.bluetooth import TaggedDevice
    from companion.protocols import Order
    from companion.registry.lists import DeviceQuery, Key, RunQuery


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
class AskBackup(Command):
    """Does the owner of real devices have a backup? Answered with `BackupState`."""


@dataclass(frozen=True)
class MakeBackup(Command):
    """Back up to a file, which is replaced: `BackupMade` or `BackupFailed`. keys: opens the key file."""

    path: Path
    passphrase: Secret
    keys: Secret | None = None


@dataclass(frozen=True)
class TryBackup(Command):
    """Hold a backup against what is here; nothing is written: `BackupTried` or `BackupFailed`."""

    path: Path
    passphrase: Secret
    keys: Secret | None = None


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
    the device that asks. shown: a fresh secret that the device showed out of band, and shown_by: how; tagged:
    which device a tag names; on_reader: the code is from a tag, and the device may be set up at its reader.
    """

    code: SetupCode | None
    found: FoundDevice | None = None
    shown: Secret | None = None
    tagged: TaggedDevice | None = None
    shown_by: ShownBy = ShownBy.LIGHT
    on_reader: bool = False

    @property
    def protocol(self) -> str | None:
        """What the device speaks, as far as that is known."""
        if self.found is not None:
            return self.found.protocol
        return self.code.protocol if self.code is not None else None

    @property
    def order(self) -> Order | None:
        """What the run is told besides; None for the usual."""
        from companion.nfc.channel import ReaderChannel
        from companion.protocols import Order

        if self.shown is None and self.tagged is None and not self.on_reader:
            return None
        return Order(
            method="oob" if self.shown is not None else None,
            shown=self.shown,
            shown_by=self.shown_by,
            tagged=self.tagged,
            reader=ReaderChannel() if self.on_reader else None,
        )


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
    """Call a device (its id in the registry) something else here, without it: `DeviceRenamed`, `EditRefused`.

    tags, note: None leaves them; seen: the record's revision for which it is meant, None for any
    """

    device: str
    name: str
    room: str
    tags: tuple[str, ...] | None = None
    note: str | None = None
    seen: int | None = None


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
    """Write a redacted report of a run (its id), or of those of a query: `kind` is one of `reports.KINDS`.
    Answered with `Exported`."""

    runs: str | RunQuery
    kind: str
    path: Path
