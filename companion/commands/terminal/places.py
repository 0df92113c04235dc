"""Where a device was seen, in a word."""

from __future__ import annotations

from companion.model import FoundDevice


def where(found: FoundDevice) -> str:
    """Its signal strength, or that it waits on the network."""
    if found.on_network:
        return "network"
    return f"{found.rssi} dBm" if found.rssi is not None else "in range"
