"""The IV index of a network: with the sequence numbers it makes every nonce one of a kind.

Mesh Protocol 1.1, 3.10.5 (update) and 3.10.6 (recovery). It only ever grows.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.mesh.network.beacon import SecureBeacon

FURTHEST = 42
"""So far ahead a beacon may be of somebody who was away; more is not believed."""


@dataclass(frozen=True)
class IvState:
    """updating: everybody moves on to `index` and still sends with the one before

    known: False for somebody who was never in the network; then the first authentic beacon is believed
    """

    index: int
    updating: bool = False
    known: bool = True

    @property
    def sending(self) -> int:
        """The IV index that is sent with."""
        return self.index - 1 if self.updating and self.index else self.index

    def after(self, beacon: SecureBeacon) -> IvState:
        """What an authenticated beacon makes of it: itself where that is old, too far ahead or the same."""
        if not self.known:
            return IvState(beacon.iv_index, beacon.iv_update)
        ahead = beacon.iv_index - self.index
        if ahead == 0 and self.updating and not beacon.iv_update:
            return IvState(self.index)
        if 0 < ahead <= FURTHEST:
            return IvState(beacon.iv_index, beacon.iv_update)
        return self
