"""One operation with many devices, one after the other: a device that fails keeps it from none of the others.

Each device has a run of its own, with its own questions. What was answered for one is not known to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from companion.errors import CompanionError

if TYPE_CHECKING:
    from companion.registry.records import DeviceRecord
    from companion.runs.handle import RunHandle


@dataclass(frozen=True)
class Ended:
    """How it ended for one device. run: id in the registry, "" where none began."""

    device: DeviceRecord
    run: str = ""
    error: CompanionError | None = None

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "id": self.device.id,
            "name": self.device.name,
            "run": self.run or None,
            "error": None if self.error is None else self.error.as_json(),
        }


async def in_turn(
    devices: Iterable[DeviceRecord],
    make: Callable[[DeviceRecord], RunHandle],
    tell: Callable[[Ended], None] = lambda ended: None,
) -> tuple[Ended, ...]:
    """Do the same with each of these devices, and return how it ended for each.

        done = await companion.in_turn(devices, lambda device: companion.rotate(services, device))

    make: the run for a device; an error that it raises is that device's alone
    tell: gets each end at once; must not block
    """
    found = []
    for device in devices:
        ended = await _one(device, make)
        found.append(ended)
        tell(ended)
    return tuple(found)


async def _one(device: DeviceRecord, make: Callable[[DeviceRecord], RunHandle]) -> Ended:
    try:
        outcome = await make(device)
    except CompanionError as error:
        return Ended(device, error=error)
    return Ended(device, outcome.run, outcome.error)
