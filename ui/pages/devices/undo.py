"""What a user last wrote of devices (name, room, tags, note), to be taken back a step at a time."""

from __future__ import annotations

from dataclasses import replace

from companion.registry.records import DeviceRecord
from ui.engine.commands import RenameDevice

MOST = 20
"""Steps that can be taken back."""


def told(record: DeviceRecord) -> RenameDevice:
    """What is written of a device now."""
    return RenameDevice(record.id, record.name, record.room, record.tags, record.note)


class Changes:
    """The last changes, the newest last."""

    def __init__(self) -> None:
        self._steps: list[tuple[RenameDevice, RenameDevice]] = []

    def note(self, record: DeviceRecord, after: RenameDevice) -> None:
        """`after` takes the place of what the record says."""
        if (before := told(record)) != replace(after, seen=None):
            self._steps = [*self._steps, (before, after)][-MOST:]

    @property
    def device(self) -> str:
        """The id of the device that changed last, "" for none."""
        return self._steps[-1][0].device if self._steps else ""

    def take_back(self, record: DeviceRecord | None) -> RenameDevice | None:
        """What writes the device that changed last as it was before, and forget the change.

        record: of that device, as it is listed; None: it is not. None comes back if it is not listed or was
        changed by somebody else since: what they wrote stays.
        """
        before, after = self._steps.pop()
        if record is None or told(record) != replace(after, seen=None):
            return None
        return replace(before, seen=record.revision)
