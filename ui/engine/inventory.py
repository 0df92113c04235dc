"""The devices as a table, their labels, and renewing many: commands, answers, and what is behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import Cancelled, CompanionError, StorageError
from companion.events import Event
from companion.files import unwritable
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.questions import Question
    from companion.registry import Registry
    from companion.registry.lists import DeviceQuery
    from companion.runs.handle import RunHandle
    from companion.services import Services

MOST_RENEWED = 1000
"""Devices that are renewed in one go."""


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
class RenewDevices(Command):
    """Renew the certificates of a query's devices, one after the other: `Renewing`, then `Renewed`."""

    query: DeviceQuery


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
class Renewing(Event):
    """The next one. number: from 1 on"""

    number: int
    total: int
    name: str


@dataclass(frozen=True)
class Renewed(Event):
    """The end. failed: name and error of each that was not renewed; is_stopped: some were not tried"""

    renewed: int
    failed: tuple[tuple[str, CompanionError], ...] = ()
    is_stopped: bool = False


Asked = WriteDevices | TakeDevices | WriteLabel | AskTags


def answer(command: Asked, registry: Registry) -> Event:
    """On the records' thread. Raises StorageError, RecordMissing."""
    match command:
        case AskTags():
            return TagsCounted(tuple((each.value, each.count) for each in registry.notes.tags()))
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


class RenewalRun:
    """Runs one after the other, to be awaited like a run; nobody is asked anything."""

    def __init__(self, start: RenewDevices, services: Services, emit: Callable[[object], None]) -> None:
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

        from companion.api import renew

        lists = self._services.registry.lists
        listed = await asyncio.to_thread(
            lambda: list(islice(lists.every_device(self._start.query), MOST_RENEWED))
        )
        failed: list[tuple[str, CompanionError]] = []
        renewed = 0
        for number, record in enumerate(listed, 1):
            if self._is_stopped:
                break
            self._emit(Renewing(number, len(listed), record.name))
            try:
                self._now = renew(self._services, record)
                error = (await self._now).error
            except CompanionError as refused:
                error = refused
            self._now = None
            if error is None:
                renewed += 1
            elif not isinstance(error, Cancelled):
                failed.append((record.name, error))
        self._emit(Renewed(renewed, tuple(failed), self._is_stopped))
