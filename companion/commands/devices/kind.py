"""Virtual and real devices: they have owner keys of their own, so a command serves one kind."""

from __future__ import annotations

from companion.registry import DeviceRecord, Registry


def wrong_kind(record: DeviceRecord, registry: Registry, *, virtual: bool) -> str | None:
    """What is wrong with a device of the other kind, virtual or real: its owner key is not this command's."""
    is_virtual = record.id in registry.lists.virtual_devices()
    if is_virtual is virtual or not record.runs:
        return None
    if virtual:
        return (
            f"{record.name} is a real device, and its owner key is not the virtual one: omit --radio virtual"
        )
    return f"{record.name} is a virtual device, and those have an owner key of their own: add --radio virtual"
