"""Where a device was seen, in a word."""

from __future__ import annotations

from companion.model import FoundDevice, Ownership


def told_apart(found: FoundDevice) -> str:
    """A device in a list to choose from: its name may be that of others too, and it may have an owner."""
    owned = ", already set up" if found.ownership in (Ownership.OWNED, Ownership.ONLINE) else ""
    return f"{found.name} ({found.protocol}, {where(found)}, {found.address}{owned})"


def where(found: FoundDevice) -> str:
    """Its signal strength, or that it waits on the network."""
    if found.on_network:
        return "network"
    return f"{found.rssi} dBm" if found.rssi is not None else "in range"
