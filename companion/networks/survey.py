"""The networks that a device sees: looked for once in a run, and again when its user wants that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from companion.model import Network

Look = Callable[[], Awaitable[tuple[Network, ...] | None]]
"""Lets the device look. None: it could not say."""


class Survey:
    """What one device sees. A scan is a courtesy: one that fails costs the list, not the run."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._looked = False
        self._seen: tuple[Network, ...] | None = None

    async def seen(self) -> tuple[Network, ...] | None:
        """What it sees, from the first time on without asking it again; None if it can't say."""
        if not self._looked:
            self._looked = True
            self._seen = await self._look()
        return self._seen

    async def again(self) -> tuple[Network, ...]:
        """What it sees now; what it saw before if it sees nothing now."""
        self._seen = await self._look() or self._seen
        return self._seen or ()


def strongest_first(networks: Iterable[Network]) -> tuple[Network, ...]:
    """Each SSID once, with its strongest access point, strongest first."""
    best: dict[bytes, Network] = {}
    for network in sorted(networks, key=signal_strength, reverse=True):
        best.setdefault(network.ssid, network)
    return tuple(best.values())


def signal_strength(network: Network) -> int:
    """The signal strength to sort by, in dBm; unknown counts as faint."""
    return -127 if network.rssi is None else network.rssi
