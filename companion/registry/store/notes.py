"""Tags and notes of devices, in the transactions that make them found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from companion.errors import RecordMissing
from companion.errors.registry import RecordChanged
from companion.registry.activity import ValueCount
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Device, DeviceTag
from companion.registry.notes import MOST_NOTE, MOST_TAGS, KnownDevice, Told
from companion.registry.store.completion import mark_edited, rename
from companion.registry.store.summary import summarise_device

SOMEBODY = "another computer"
"""Who edited a record, where no name was set there."""


class DeviceNotes:
    """`companion.registry.notes.Notes`."""

    def __init__(self, engine: Engine, *, operator: str = "") -> None:
        """Takes an engine whose tables are up to date, and whoever edits."""
        self._engine = engine
        self._operator = operator

    def tags(self) -> tuple[ValueCount, ...]:
        """See `Notes.tags`."""
        count = func.count()
        wanted = select(DeviceTag.tag, count).group_by(DeviceTag.tag).order_by(count.desc(), DeviceTag.tag)
        with database_errors(), Session(reading(self._engine)) as session:
            return tuple(ValueCount(tag, number) for tag, number in session.execute(wanted))

    def known(self) -> list[KnownDevice]:
        """See `Notes.known`."""
        with database_errors(), Session(reading(self._engine)) as session:
            return [
                KnownDevice(id, serial) for id, serial in session.execute(select(Device.id, Device.serial))
            ]

    def tag(
        self, devices: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> dict[str, tuple[str, ...]]:
        """See `Notes.tag`."""
        added: dict[str, tuple[str, ...]] = {}
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            for id in devices:
                had = set(tags_of(session, [id]).get(id, ()))
                device = _device(session, id)
                if new := tuple(each for each in add if each not in had):
                    added[id] = new
                if _set_tags(session, device, (had | set(add)) - set(remove)):
                    mark_edited(device, self._operator)
        return added

    def write(self, device: str, note: str) -> None:
        """See `Notes.write`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            _write(session, _device(session, device), Told(note=note), self._operator)

    def take(self, told: Sequence[tuple[str, Told]]) -> int:
        """See `Notes.take`."""
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            return sum(_write(session, _device(session, id), each, self._operator) for id, each in told)


def tags_of(session: Session, devices: Sequence[str]) -> dict[str, list[str]]:
    """The tags of devices, sorted."""
    found: dict[str, list[str]] = {}
    wanted = select(DeviceTag).where(DeviceTag.device_id.in_(devices)).order_by(DeviceTag.tag)
    for row in session.scalars(wanted):
        found.setdefault(row.device_id, []).append(row.tag)
    return found


def _write(session: Session, device: Device, told: Told, operator: str) -> bool:
    """Whether it changes anything. Raises RecordChanged."""
    if told.seen is not None and told.seen != device.revision:
        raise RecordChanged(name=device.given_name or device.name, operator=device.editor or SOMEBODY)
    before = (device.given_name, device.room, device.note)
    changed = False
    if told.tags is not None:
        changed = _set_tags(session, device, set(told.tags))
    if told.note is not None:
        device.note = clipped(told.note.strip(), MOST_NOTE) or None
    # What it calls itself anyway is no name of its owner's.
    name = None if told.name == (device.given_name or device.name) else told.name
    rename(device, name, told.room)
    changed = changed or before != (device.given_name, device.room, device.note)
    if changed:
        mark_edited(device, operator)
        summarise_device(session, device)
    return changed


def _set_tags(session: Session, device: Device, tags: set[str]) -> bool:
    had = set(tags_of(session, [device.id]).get(device.id, ()))
    if len(tags) > MOST_TAGS:
        raise ValueError(f"{len(tags)} tags")
    gone = delete(DeviceTag).where(DeviceTag.device_id == device.id, DeviceTag.tag.in_(had - tags))
    session.execute(gone)
    session.add_all(DeviceTag(device_id=device.id, tag=tag) for tag in sorted(tags - had))
    if had != tags:
        summarise_device(session, device)
    return had != tags


def _device(session: Session, id: str) -> Device:
    device = session.get(Device, id, with_for_update=True)
    if device is None:
        raise RecordMissing(wanted=id)
    return device
