"""The records on the engine's side: what was set up, what ran, and copies of runs for others to read.

Registries are read on a thread of their own: neither a run nor the radio waits for a long list.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import StorageError
from companion.errors.registry import RecordChanged, RegistryRefused, RegistryUnreachable
from companion.events import Dismissed
from companion.identity import crl
from ui.engine import activity, find, inventory
from ui.engine.commands import (
    AskFirstUse,
    DismissRun,
    ExportRun,
    ListDevices,
    ListRuns,
    ListUnfinished,
    OpenRun,
    ReadPage,
    RecallDevice,
    RenameDevice,
)
from ui.engine.events import (
    DeviceList,
    DeviceRecalled,
    DeviceRenamed,
    Exported,
    FirstUse,
    ListPage,
    RunList,
    RunOpened,
    Unfinished,
)
from ui.engine.registry import EditRefused
from ui.engine.search_index import SearchIndex

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.registry.lists import DeviceQuery, Key, RunQuery, Standing
    from companion.services import Services

Asked = (
    ListDevices
    | ListRuns
    | ReadPage
    | ListUnfinished
    | AskFirstUse
    | DismissRun
    | OpenRun
    | ExportRun
    | RecallDevice
    | RenameDevice
    | find.Find
    | activity.Asked
    | inventory.Asked
)
WRITES = (ExportRun, inventory.WriteDevices, inventory.TakeDevices)
OF_MOMENT = (ListDevices, ListRuns, find.Find, activity.CountFailures, activity.CompareRuns)
"""Commands of which only the newest is answered."""


class Archive:
    """Reads registries and writes copies of runs, one command after the other."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit
        self._thread = ThreadPoolExecutor(1, "records")
        # A report of many runs takes its time, and no list waits for it.
        self._exports = ThreadPoolExecutor(1, "reports")
        self._newest: dict[type[Asked], Asked] = {}
        self._index = SearchIndex(emit)

    async def handle(self, command: Asked, services: Services) -> None:
        """Emit what was asked for, but no list of which another one was asked for before its turn came: a
        search is typed faster than it is answered. Raises StorageError, RecordMissing.
        """
        loop = asyncio.get_running_loop()
        self._newest[type(command)] = command
        thread = self._exports if isinstance(command, WRITES) else self._thread
        answer = await loop.run_in_executor(thread, self._answer_if_wanted, command, services)
        if answer is not None:
            self._emit(answer)
        if isinstance(answer, DeviceList):
            self._index.begin(await asyncio.to_thread(services.open_registry))

    async def close(self) -> None:
        """Wait for what is being read."""
        await asyncio.to_thread(self._index.close)
        for thread in (self._thread, self._exports):
            await asyncio.to_thread(thread.shutdown, cancel_futures=True)

    def _answer_if_wanted(self, command: Asked, services: Services) -> object | None:
        if isinstance(command, OF_MOMENT) and self._newest[type(command)] is not command:
            return None
        return _answer(command, services)


def _answer(command: Asked, services: Services) -> object:
    """On the records' thread."""
    if isinstance(command, find.Find):
        return find.answer(command, services)
    try:
        registry = services.open_registry()
    except StorageError:
        if not isinstance(command, ListUnfinished | AskFirstUse):
            raise
        # Nobody asked for records yet; who does is told.
        return Unfinished(()) if isinstance(command, ListUnfinished) else FirstUse(True)
    match command:
        case ListDevices():
            return _devices(command, services.data_dir, registry)
        case ListRuns():
            return _runs(command, registry)
        case ReadPage():
            return _page(registry, command.query, command.number, command.after, command.skip)
        case RenameDevice():
            from companion.registry.notes import Told

            told = Told(command.name, command.room, command.tags, command.note, command.seen)
            try:
                registry.notes.take([(command.device, told)])
            except (RecordChanged, RegistryRefused, RegistryUnreachable) as error:
                return EditRefused(command.device, error)
            return DeviceRenamed(command.device)
        case ListUnfinished():
            return Unfinished(tuple(registry.unfinished()))
        case AskFirstUse():
            from companion.registry.lists import DeviceQuery

            return FirstUse(not registry.lists.count_devices(DeviceQuery()))
        case DismissRun():
            registry.append(command.run, Dismissed())
            return Unfinished(tuple(registry.unfinished()))
        case RecallDevice():
            from companion.registry.lookup import by_id

            return DeviceRecalled(registry.device(by_id(command.device)))
        case OpenRun():
            return RunOpened(registry.run(command.run))
        case ExportRun():
            return _export(command, registry)
        case _ if isinstance(command, inventory.Asked):
            return inventory.answer(command, registry)
        case _:
            return activity.answer(command, registry)


def _devices(command: ListDevices, folder: Path, registry: Registry) -> DeviceList:
    from companion.registry.lists import DeviceQuery

    lists, query = registry.lists, command.query
    standing, page = _begun(registry, query, command.select, lists.standing_of_device)
    return DeviceList(
        total=standing.total,
        every=standing.total or lists.count_devices(DeviceQuery()),
        page=page,
        selected=standing.place,
        published=_published(folder, registry),
    )


def _runs(command: ListRuns, registry: Registry) -> RunList:
    from companion.registry.lists import RunQuery

    lists, query = registry.lists, command.query
    wanted = (lists.latest_run(command.device) if command.device else None) or command.select
    standing, page = _begun(registry, query, wanted, lists.standing_of_run)
    return RunList(
        total=standing.total, every=lists.count_runs(RunQuery()), page=page, selected=standing.place
    )


def _begun(
    registry: Registry, query: Any, select: str, ask: Callable[[Any, str], Standing]
) -> tuple[Standing, ListPage]:
    """How long a list is, and its page with the selected row. A list that fits a page is read once."""
    from companion.registry.lists import PAGE, Standing

    first = _page(registry, query, 0, None, 0)
    if len(first.rows) < PAGE:
        ids = [row.record.id for row in first.rows]
        return Standing(len(ids), ids.index(select) if select in ids else None), first
    standing = ask(query, select)
    number = (standing.place or 0) // PAGE
    return standing, first if not number else _page(registry, query, number, None, number * PAGE)


def _page(
    registry: Registry, query: DeviceQuery | RunQuery, number: int, after: Key | None, skip: int
) -> ListPage:
    from companion.registry.lists import DeviceQuery

    if isinstance(query, DeviceQuery):
        devices = registry.lists.devices(query, after=after, skip=skip)
        return ListPage(query, number, devices.rows, devices.end)
    runs = registry.lists.runs(query, after=after, skip=skip)
    return ListPage(query, number, runs.rows, runs.end)


def _export(command: ExportRun, registry: Registry) -> Exported:
    from companion.registry.lookup import by_id
    from companion.reports.formats import written
    from companion.reports.selection import one_run, runs_of

    if isinstance(command.runs, str):
        selection = one_run(registry.run(by_id(command.runs)))
    else:
        selection = runs_of(registry, command.runs)
    try:
        with command.path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(written(selection, command.kind))
    except OSError as error:
        raise StorageError(type(error).__name__) from error
    return Exported(command.path)


def _published(folder: Path, registry: Registry) -> tuple[crl.Publication, crl.CrlState] | None:
    """The list for brokers that was written last, and how it is."""
    last = crl.published(folder)
    if last is None:
        return None
    return last, last.standing(datetime.now(UTC), crl.latest(registry.revocations()))
