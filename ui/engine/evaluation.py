"""What a device's own commissioning was worth, and the ways that there are, on the engine's side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.evaluation import DeviceEvaluation, Row
    from companion.services import Services


@dataclass(frozen=True)
class EvaluateDevice(Command):
    """Judge how a device (its id in the registry) was set up: `DeviceEvaluated`."""

    device: str


@dataclass(frozen=True)
class DeviceEvaluated(Event):
    """evaluation: None where no record says how it was set up; ways: all that there are"""

    device: str
    evaluation: DeviceEvaluation | None
    ways: tuple[Row, ...]


@dataclass(frozen=True)
class ListWays(Command):
    """All ways to set devices up: `WaysListed`."""


@dataclass(frozen=True)
class WaysListed(Event):
    """What each can give at its best."""

    ways: tuple[Row, ...]


def obey(command: EvaluateDevice | ListWays, services: Services) -> DeviceEvaluated | WaysListed:
    """With an open registry. Raises RecordMissing, StorageError."""
    from companion.evaluation import evaluate, rows
    from companion.protocols import installed
    from companion.registry.lookup import by_id

    protocols = tuple(installed().protocols.values())
    if isinstance(command, ListWays):
        return WaysListed(rows(protocols))
    record = services.registry.device(by_id(command.device))
    return DeviceEvaluated(command.device, evaluate(services.registry, record, protocols), rows(protocols))
