"""What a user last wrote of devices (name, room, tags, note), to be taken back a step at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from companion.registry.records import DeviceRecord
from ui.engine.commands import RenameDevice

MOST = 20
"""Steps that can be taken back."""


def told(record: DeviceRecord) -> RenameDevice:
    """What is written of a device now."""
    return RenameDevice(record.id, record.name, record.room, record.tags, record.note)


Added = tuple[tuple[str, tuple[str, ...]], ...]
"""Which tags were put on which devices."""


@dataclass(frozen=True)
class Edit:
    """What was written of one device, and what it said before."""

    before: RenameDevice
    after: RenameDevice


class Changes:
    """The last changes, the newest last: of one device, or tags that were put on a selection."""

    def __init__(self) -> None:
        self._steps: list[Edit | Added] = []

    def note(self, record: DeviceRecord, after: RenameDevice) -> None:
        """`after` takes the place of what the record says."""
        if (before := told(record)) != replace(after, seen=None):
            self._steps = [*self._steps, Edit(before, after)][-MOST:]

    def note_tags(self, added: Added) -> None:
        """These tags are new on these devices."""
        if added:
            self._steps = [*self._steps, added][-MOST:]

    def take_tags_back(self) -> Added:
        """What the last change put on a selection, and forget it; () where that was something else."""
        if not self._steps or isinstance(self._steps[-1], Edit):
            return ()
        added = self._steps.pop()
        assert not isinstance(added, Edit)
        return added

    @property
    def device(self) -> str:
        """The id of the device that changed last, "" for none."""
        newest = self._steps[-1] if self._steps else ()
        return newest.before.device if isinstance(newest, Edit) else ""

    def take_back(self, record: DeviceRecord | None) -> RenameDevice | None:
        """What writes the device that changed last as it was before, and forget the change.

        record: of that device, as it is listed; None: it is not. None comes back if it is not listed or was
        changed by somebody else since: what they wrote stays.
        """
        edit = self._steps.pop()
        assert isinstance(edit, Edit)
        if record is None or told(record) != replace(edit.after, seen=None):
            return None
        return replace(edit.before, seen=record.revision)
