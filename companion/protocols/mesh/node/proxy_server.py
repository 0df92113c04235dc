"""A node's proxy: which messages of the network one client is sent (Mesh Protocol 1.1, 6.4)."""

from __future__ import annotations

from companion.protocols.mesh.network.proxy import (
    AddAddresses,
    FilterStatus,
    FilterType,
    ProxyMessage,
    RemoveAddresses,
    SetFilterType,
)

MOST_ADDRESSES = 64
"""Of one client; further ones are not added, which the status shows."""


class ProxyFilter:
    """Of one connection: at first nothing passes."""

    def __init__(self) -> None:
        self._type = FilterType.ACCEPT
        self._addresses: set[int] = set()

    def change(self, message: ProxyMessage) -> FilterStatus | None:
        """What the client wants, and what it is then told; None for what no client says."""
        match message:
            case SetFilterType(type):
                self._type = type
                self._addresses.clear()
            case AddAddresses(addresses):
                for address in addresses:
                    self._add(address)
            case RemoveAddresses(addresses):
                self._addresses.difference_update(addresses)
            case _:
                return None
        return FilterStatus(self._type, len(self._addresses))

    def sent_from(self, source: int) -> None:
        """The client sent from this address, so it wants what is for it."""
        if self._type is FilterType.ACCEPT:
            self._add(source)
        else:
            self._addresses.discard(source)

    def passes(self, destination: int) -> bool:
        """True for what the client is sent."""
        return (destination in self._addresses) is (self._type is FilterType.ACCEPT)

    def _add(self, address: int) -> None:
        if len(self._addresses) < MOST_ADDRESSES:
            self._addresses.add(address)
