"""The transparency log on the engine's side: how long it is, who has seen it, whether it lost anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.registry.transparency.witnesses import WitnessRecord
    from companion.services import Services
    from companion.trust.transparency.entries import LogHead


@dataclass(frozen=True)
class AskLog(Command):
    """How is the log? `LogState`. Needs no keys."""


@dataclass(frozen=True)
class CheckLog(Command):
    """Hold every entry against a head that was kept (its file): `LogChecked`."""

    path: Path


@dataclass(frozen=True)
class LogState(Event):
    """head: what it is now, None if it lost entries; witnesses: who signs it, and what each saw"""

    head: LogHead | None
    witnesses: tuple[WitnessRecord, ...]


@dataclass(frozen=True)
class LogChecked(Event):
    """then: the head it was held against; error: it does not continue that, or the file is no head of it"""

    then: LogHead | None
    error: CompanionError | None = None


def obey(command: AskLog | CheckLog, services: Services) -> LogState | LogChecked:
    """With open registry and, to check, open identity. Raises StorageError."""
    from companion.errors import LogRewritten
    from companion.files import read_named
    from companion.trust.heads import check_head, check_log

    log = services.registry.log
    if isinstance(command, AskLog):
        witnesses = tuple(log.witnesses.all())
        try:
            return LogState(log.head(), witnesses)
        except LogRewritten:
            return LogState(None, witnesses)
    try:
        check_log(services.registry)
        signed = read_named(4096, command.path)
        return LogChecked(check_head(services.registry, services.identity, services.data_dir, signed))
    except CompanionError as error:
        return LogChecked(None, error)
