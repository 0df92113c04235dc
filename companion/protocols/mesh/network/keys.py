"""The keys of a mesh network, what is derived of them, and which are used in which phase of a refresh.

Mesh Protocol 1.1: 3.9.6 (derivation), 3.11.4 (Key Refresh procedure). Numbers of keys are global key indexes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from companion.protocols.mesh import crypto
from companion.secret import Secret

LAST_INDEX = 0xFFF
_MANAGED_FLOODING = b"\x00"


class Phase(IntEnum):
    """How far a key's refresh is."""

    NORMAL = 0
    DISTRIBUTION = 1
    """Nodes are given the new key; everybody still sends with the old one and understands both."""
    SWITCH = 2
    """Everybody sends with the new key and still understands both."""


@dataclass(frozen=True)
class NetworkCredentials:
    """What is derived of one network key. nid: 7 bits; network_id: 8 octets, public."""

    nid: int
    encryption: Secret
    privacy: Secret
    beacon: Secret
    identity: Secret
    network_id: bytes


@lru_cache(maxsize=64)
def network_credentials(key: Secret) -> NetworkCredentials:
    """Of a network key of 16 octets."""
    octets = key.reveal()
    nid, encryption, privacy = crypto.k2(octets, _MANAGED_FLOODING)
    return NetworkCredentials(
        nid,
        Secret(encryption),
        Secret(privacy),
        Secret(crypto.beacon_key(octets)),
        Secret(crypto.identity_key(octets)),
        crypto.k3(octets),
    )


@lru_cache(maxsize=64)
def application_id(key: Secret) -> int:
    """The AID (6 bits) of an application key of 16 octets."""
    return crypto.k4(key.reveal())


@dataclass(frozen=True)
class NetworkKey:
    """A subnet's key. index: 12 bits; key: 16 octets; old: what it replaces, until its refresh is over"""

    index: int
    key: Secret
    phase: Phase = Phase.NORMAL
    old: Secret | None = None

    def sending(self) -> Secret:
        """The key that is sent with."""
        return self.old if self.old is not None and self.phase is Phase.DISTRIBUTION else self.key

    def receiving(self) -> tuple[Secret, ...]:
        """The keys that are understood."""
        return (self.key,) if self.old is None else (self.key, self.old)


@dataclass(frozen=True)
class ApplicationKey:
    """An application's key. network: index of the network key it is bound to, with which it is refreshed"""

    index: int
    key: Secret
    network: int = 0
    name: str = ""
    old: Secret | None = None

    def sending(self, phase: Phase) -> Secret:
        """The key that is sent with. phase: of the network key"""
        return self.old if self.old is not None and phase is Phase.DISTRIBUTION else self.key

    def receiving(self) -> tuple[Secret, ...]:
        """The keys that are understood."""
        return (self.key,) if self.old is None else (self.key, self.old)
