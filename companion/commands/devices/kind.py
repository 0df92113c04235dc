"""Virtual and real devices: they have owner keys of their own, so a command serves one kind."""

from __future__ import annotations

from companion.registry import DeviceRecord, Registry
from companion.registry.records import NO_RADIO


def wrong_kind(record: DeviceRecord, registry: Registry, *, virtual: bool) -> str | None:
    """What is wrong with a device of the other kind, virtual or real: its owner key is not this command's."""
    is_virtual = record.id in registry.lists.virtual_devices()
    if is_virtual is virtual or not _was_met(record, registry):
        return None
    if virtual:
        return f"{record.name} is a real device with a separate owner key: omit --radio virtual"
    return f"{record.name} is a virtual device with a separate owner key: add --radio virtual"


def _was_met(record: DeviceRecord, registry: Registry) -> bool:
    """False for one that others set up: which kind it is cannot be known from here."""
    return any(registry.run(run).radio != NO_RADIO for run in record.runs)
