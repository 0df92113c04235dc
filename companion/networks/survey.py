"""The networks that a device sees: looked for once in a run, and again when its user wants that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

from companion.model import Network, ThreadNetwork

N = TypeVar("N", Network, ThreadNetwork)


class Survey(Generic[N]):
    """What one device sees. A scan is a courtesy: one that fails costs the list, not the run."""

    def __init__(self, look: Callable[[], Awaitable[tuple[N, ...] | None]]) -> None:
        """look: lets the device look; it gives None where the device could not say."""
        self._look: Callable[[], Awaitable[tuple[N, ...] | None]] = look
        self._looked = False
        self._seen: tuple[N, ...] | None = None

    async def seen(self) -> tuple[N, ...] | None:
        """What it sees, from the first time on without asking it again; None if it can't say."""
        if not self._looked:
            self._looked = True
            self._seen = await self._look()
        return self._seen

    async def again(self) -> tuple[N, ...]:
        """What it sees now; what it saw before if it sees nothing now."""
        self._seen = await self._look() or self._seen
        return self._seen or ()


def strongest_first(networks: Iterable[Network]) -> tuple[Network, ...]:
    """Each SSID once, with its strongest access point, strongest first."""
    best: dict[bytes, Network] = {}
    for network in sorted(networks, key=signal_strength, reverse=True):
        best.setdefault(network.ssid, network)
    return tuple(best.values())


def strongest_meshes_first(networks: Iterable[ThreadNetwork]) -> tuple[ThreadNetwork, ...]:
    """Each Thread network once, with its strongest router, strongest first."""
    best: dict[object, ThreadNetwork] = {}
    for network in sorted(networks, key=signal_strength, reverse=True):
        best.setdefault(network.extended_pan_id or (network.name, network.pan_id), network)
    return tuple(best.values())


def signal_strength(network: Network | ThreadNetwork) -> int:
    """The signal strength to sort by, in dBm; unknown counts as faint."""
    return -127 if network.rssi is None else network.rssi
