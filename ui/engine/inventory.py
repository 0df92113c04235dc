"""The devices as a table, their labels, and renewing many: commands, answers, and what is behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import Cancelled, CompanionError, StorageError
from companion.events import Event
from companion.files import unwritable
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.model import WifiCredentials
    from companion.questions import Question
    from companion.registry import DeviceRecord, Registry
    from companion.registry.lists import DeviceQuery
    from companion.runs.handle import RunHandle
    from companion.services import Services

MOST_DEVICES = 1000
"""That something is done with in one go."""


class EachTask(Enum):
    """What is done with many devices."""

    RENEW = auto()
    QUERY = auto()
    REPROVISION = auto()


@dataclass(frozen=True)
class WriteDevices(Command):
    """Write the devices of a query as a table (`kind` "csv" or "json"): `DevicesWritten`."""

    query: DeviceQuery
    kind: str
    path: Path


@dataclass(frozen=True)
class TakeDevices(Command):
    """Read what a table says of devices: `DevicesTaken`."""

    path: Path


@dataclass(frozen=True)
class WriteLabel(Command):
    """Write the label of a device (its id) as PDF or SVG: `DevicesWritten`."""

    device: str
    path: Path


@dataclass(frozen=True)
class AskTags(Command):
    """Which tags are there? `TagsCounted`."""


@dataclass(frozen=True)
class ReadKeys(Command):
    """Which devices are `count` rows of a list from row `first` on? `KeysRead`."""

    query: DeviceQuery
    first: int
    count: int


@dataclass(frozen=True)
class TagDevices(Command):
    """Put tags on devices, by their ids: `DevicesTagged`."""

    devices: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class UntagDevices(Command):
    """Take tags off again, of each device its own: `DevicesTagged`."""

    added: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class EachDevice(Command):
    """Do something with each of a query's devices, one after the other: `EachBegan`, then `EachEnded`.

    wifi: for `EachTask.REPROVISION`
    """

    query: DeviceQuery
    task: EachTask = EachTask.RENEW
    wifi: WifiCredentials | None = None


@dataclass(frozen=True)
class DevicesWritten(Event):
    """A table or a label was written, or why not."""

    path: Path
    error: CompanionError | None = None


@dataclass(frozen=True)
class DevicesTaken(Event):
    """What came of a table. changed: devices; unknown: rows about no device here; problems: other rows"""

    path: Path
    changed: int = 0
    unknown: int = 0
    problems: int = 0
    error: CompanionError | None = None


@dataclass(frozen=True)
class TagsCounted(Event):
    """Every tag with how many devices have it, the most frequent first."""

    tags: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class KeysRead(Event):
    """The ids of the devices in these rows, from the first one on."""

    query: DeviceQuery
    first: int
    keys: tuple[str, ...]


@dataclass(frozen=True)
class DevicesTagged(Event):
    """So many devices have the tags now; 0 without an error: one of them would have too many.

    added: which of the tags are new on which device; is_undone: they were taken off instead
    """

    count: int
    tags: tuple[str, ...]
    error: CompanionError | None = None
    added: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_undone: bool = False


@dataclass(frozen=True)
class EachBegan(Event):
    """The next one. number: from 1 on"""

    number: int
    total: int
    name: str
    task: EachTask = EachTask.RENEW


@dataclass(frozen=True)
class EachEnded(Event):
    """The end. done: how many; failed: name and error of each other; is_stopped: some were not tried"""

    done: int
    failed: tuple[tuple[str, CompanionError], ...] = ()
    is_stopped: bool = False
    task: EachTask = EachTask.RENEW


Asked = WriteDevices | TakeDevices | WriteLabel | AskTags | ReadKeys | TagDevices | UntagDevices


def answer(command: Asked, registry: Registry) -> Event:
    """On the records' thread. Raises StorageError, RecordMissing."""
    match command:
        case AskTags():
            return TagsCounted(tuple((each.value, each.count) for each in registry.notes.tags()))
        case ReadKeys():
            page = registry.lists.devices(command.query, skip=command.first, limit=command.count)
            return KeysRead(command.query, command.first, tuple(row.record.id for row in page.rows))
        case TagDevices():
            return _tag(command, registry)
        case UntagDevices():
            return _untag(command, registry)
        case TakeDevices():
            return _take(command, registry)
        case WriteDevices():
            from companion.reports.inventory import written

            return _save(command.path, written(registry.lists.every_device(command.query), command.kind))
        case WriteLabel():
            return _label(command, registry)


def _save(path: Path, pieces: Any) -> DevicesWritten:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as problem:
        return DevicesWritten(path, unwritable(path, problem))
    return DevicesWritten(path)


def _label(command: WriteLabel, registry: Registry) -> DevicesWritten:
    from companion.label import sheet_pdf, sheet_svg
    from companion.label.device import device_label
    from companion.registry.lookup import by_id

    label = device_label(registry.device(by_id(command.device)))
    if command.path.suffix.lower() == ".svg":
        return _save(command.path, sheet_svg([label])[0])
    try:
        command.path.write_bytes(sheet_pdf([label]))
    except OSError as problem:
        return DevicesWritten(command.path, unwritable(command.path, problem))
    return DevicesWritten(command.path)


def _tag(command: TagDevices, registry: Registry) -> DevicesTagged:
    try:
        added = registry.notes.tag(command.devices, add=command.tags)
    except StorageError as error:
        return DevicesTagged(0, command.tags, error)
    except ValueError:  # more tags than a device takes
        return DevicesTagged(0, command.tags)
    return DevicesTagged(len(command.devices), command.tags, added=tuple(added.items()))


def _untag(command: UntagDevices, registry: Registry) -> DevicesTagged:
    alike: dict[tuple[str, ...], list[str]] = {}
    for device, tags in command.added:
        alike.setdefault(tags, []).append(device)
    every = tuple(sorted({tag for tags in alike for tag in tags}))
    try:
        for tags, devices in alike.items():
            registry.notes.tag(devices, remove=tags)
    except StorageError as error:
        return DevicesTagged(0, every, error, is_undone=True)
    return DevicesTagged(len(command.added), every, is_undone=True)


def _take(command: TakeDevices, registry: Registry) -> DevicesTaken:
    from companion.errors import InventoryInvalid
    from companion.reports.inventory import read

    try:
        found = read(command.path, registry.notes.known())
        changed = registry.notes.take(found.told)
    except StorageError as error:
        return DevicesTaken(command.path, error=error)
    except ValueError:  # more tags than a device takes
        return DevicesTaken(command.path, error=InventoryInvalid(file=command.path.name))
    return DevicesTaken(command.path, changed, len(found.unknown), len(found.problems))


class EachDeviceRun:
    """Runs one after the other, to be awaited like a run; nobody is asked anything."""

    def __init__(self, start: EachDevice, services: Services, emit: Callable[[object], None]) -> None:
        self._start = start
        self._services = services
        self._emit = emit
        self._now: RunHandle | None = None
        self._is_stopped = False

    def __await__(self) -> Generator[Any, None, None]:
        return self._run().__await__()

    def answer(self, question: Question[Any], answer: Any) -> None:
        """There are no questions."""

    def cancel(self) -> None:
        """End with the device that is being renewed."""
        self._is_stopped = True
        if self._now is not None:
            self._now.cancel()

    async def _run(self) -> None:
        from itertools import islice

        from companion.runs.in_turn import in_turn

        lists, task = self._services.registry.lists, self._start.task
        listed = await asyncio.to_thread(
            lambda: list(islice(lists.every_device(self._start.query), MOST_DEVICES))
        )
        ends = await in_turn(self._tried(listed), self._begin)
        failed = tuple(
            (end.device.name, end.error)
            for end in ends
            if end.error is not None and not isinstance(end.error, Cancelled)
        )
        done = sum(end.error is None for end in ends)
        self._emit(EachEnded(done, failed, self._is_stopped, task))

    def _tried(self, listed: Sequence[DeviceRecord]) -> Iterator[DeviceRecord]:
        """Each of them, until it is stopped."""
        for number, record in enumerate(listed, 1):
            if self._is_stopped:
                return
            self._emit(EachBegan(number, len(listed), record.name, self._start.task))
            yield record
            self._now = None

    def _begin(self, record: DeviceRecord) -> RunHandle:
        """Its run. Raises MethodUnavailable, RecordMissing."""
        from companion import api
        from companion.protocols import Order

        match self._start.task:
            case EachTask.RENEW:
                self._now = api.renew(self._services, record)
            case EachTask.QUERY:
                self._now = api.query(self._services, record)
            case EachTask.REPROVISION:
                order = Order(wifi=self._start.wifi, name=record.name, room=record.room or "")
                self._now = api.reprovision(self._services, record, order)
        return self._now
