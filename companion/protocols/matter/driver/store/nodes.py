"""What a device of the registry is called as a node. Which one it is now, its current certificate says."""

from __future__ import annotations


def node_name(node: int) -> str:
    """What the registry calls a new device."""
    return f"matter-{node:016x}"
