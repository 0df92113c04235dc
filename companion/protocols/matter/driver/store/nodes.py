"""Which node of our fabric a device of the registry is: by the key that it proved, or by its name there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.protocols import Memory

KEY = "nodes"
_PREFIX = "matter-"


def node_name(node: int) -> str:
    """What the registry calls a new device."""
    return f"{_PREFIX}{node:016x}"


def remember(memory: Memory, identity_key: bytes, node: int) -> None:
    """From now on the device of a key is this node."""
    memory.put(KEY, {**(memory.get(KEY) or {}), identity_key.hex(): f"{node:016x}"})


def forget(memory: Memory, identity_key: bytes) -> None:
    """The device left the fabric."""
    known = dict(memory.get(KEY) or {})
    if known.pop(identity_key.hex(), None) is not None:
        memory.put(KEY, known)


def find(memory: Memory, device: str, identity_key: bytes | None) -> int | None:
    """Its node id, None where it has none here."""
    known = (memory.get(KEY) or {}).get(identity_key.hex()) if identity_key else None
    text = known or (device.removeprefix(_PREFIX) if device.startswith(_PREFIX) else "")
    try:
        return int(text, 16)
    except ValueError:
        return None
