"""What a device's own commissioning was worth, on the engine's side."""

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


def obey(command: EvaluateDevice, services: Services) -> DeviceEvaluated:
    """With an open registry. Raises RecordMissing, StorageError."""
    from companion.evaluation import evaluate, rows
    from companion.protocols import installed
    from companion.registry.lookup import by_id

    protocols = tuple(installed().protocols.values())
    record = services.registry.device(by_id(command.device))
    return DeviceEvaluated(command.device, evaluate(services.registry, record, protocols), rows(protocols))
