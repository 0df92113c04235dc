"""The records on the engine's side: what was set up, what ran, and copies of runs for others to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import StorageError
from companion.events import Dismissed
from companion.identity import crl
from ui.engine.messages import (
    DeviceRecalled,
    DismissRun,
    Exported,
    ExportRun,
    ListRecords,
    ListUnfinished,
    OpenRun,
    RecallDevice,
    Records,
    RenameDevice,
    RunOpened,
    Unfinished,
)

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.services import Services


class Archive:
    """Reads registries and writes copies of runs. Runs on the engine's loop."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit

    def handle(
        self,
        command: ListRecords
        | ListUnfinished
        | DismissRun
        | OpenRun
        | ExportRun
        | RecallDevice
        | RenameDevice,
        services: Services,
    ) -> None:
        """Emit what was asked for. Raises StorageError, RecordMissing."""
        try:
            registry = services.open_registry()
        except StorageError:
            if not isinstance(command, ListUnfinished):
                raise
            # Nobody asked for records yet; who does is told.
            self._emit(Unfinished(()))
            return
        match command:
            case ListRecords():
                self._list(services, registry)
            case RenameDevice():
                from companion.registry.lookup import by_id

                registry.rename(by_id(command.device), name=command.name, room=command.room)
                self._list(services, registry)
            case ListUnfinished():
                self._emit(Unfinished(tuple(registry.unfinished())))
            case DismissRun():
                registry.append(command.run, Dismissed())
                self._emit(Unfinished(tuple(registry.unfinished())))
            case RecallDevice():
                from companion.registry.lookup import by_id

                self._emit(DeviceRecalled(registry.device(by_id(command.device))))
            case OpenRun():
                self._emit(RunOpened(registry.run(command.run)))
            case ExportRun():
                from companion.registry.privacy.redaction import redacted
                from companion.registry.transcript import rendered

                document = redacted(registry.run(command.run).as_json())
                try:
                    command.path.write_text(rendered(document, command.kind), encoding="utf-8")
                except OSError as error:
                    raise StorageError(type(error).__name__) from error
                self._emit(Exported(command.path))

    def _list(self, services: Services, registry: Registry) -> None:
        published = _published(services.data_dir, registry)
        self._emit(Records(tuple(registry.devices()), tuple(registry.runs()), published))


def _published(folder: Path, registry: Registry) -> tuple[crl.Publication, crl.CrlState] | None:
    """The list for brokers that was written last, and how it is."""
    last = crl.published(folder)
    if last is None:
        return None
    return last, last.standing(datetime.now(UTC), crl.latest(registry.revocations()))
