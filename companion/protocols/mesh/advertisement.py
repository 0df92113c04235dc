"""What mesh devices say on the air, before they are in a network (Mesh 1.1, 7.1) and as part of one (7.2)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import IntFlag

from companion.protocols.mesh import crypto

_UNPROVISIONED_OCTETS = 18
_NETWORK_ID, _NODE_IDENTITY = 0, 1
_NETWORK_ID_OCTETS, _NODE_IDENTITY_OCTETS = 9, 17
_HASH_OCTETS = 8


class OobInformation(IntFlag):
    """Where more is to be known about a device: hints for people, and nothing that proves anything."""

    OTHER = 1 << 0
    URI = 1 << 1
    CODE_2D = 1 << 2
    BAR_CODE = 1 << 3
    NFC = 1 << 4
    NUMBER = 1 << 5
    STRING = 1 << 6
    CERTIFICATE = 1 << 7
    RECORDS = 1 << 8
    ON_BOX = 1 << 11
    INSIDE_BOX = 1 << 12
    ON_PAPER = 1 << 13
    IN_MANUAL = 1 << 14
    ON_DEVICE = 1 << 15


NOTHING = OobInformation(0)


@dataclass(frozen=True)
class Unprovisioned:
    """uuid: 16 octets, by which the device is known; information: where a secret of it is to be found"""

    uuid: bytes
    information: OobInformation = NOTHING

    def encode(self) -> bytes:
        """The service data of 0x1827."""
        return self.uuid + int(self.information).to_bytes(2, "big")


def read_unprovisioned(data: bytes) -> Unprovisioned | None:
    """The service data of 0x1827; None for what is none. Bits that are not defined are dropped."""
    if len(data) != _UNPROVISIONED_OCTETS:
        return None
    known = int.from_bytes(data[16:], "big") & sum(OobInformation)
    return Unprovisioned(data[:16], OobInformation(known))


def network_id(network_key: bytes) -> bytes:
    """The service data of 0x1828 by which a node says which network it is in. Anybody can repeat it."""
    return bytes((_NETWORK_ID,)) + crypto.k3(network_key)


def node_identity(network_key: bytes, address: int, random: bytes) -> bytes:
    """The service data of 0x1828 by which one node proves which it is. random: 8 octets"""
    return bytes((_NODE_IDENTITY,)) + _hash(network_key, address, random) + random


def is_node_identity(data: bytes) -> bool:
    """Whether that service data is of a node that says which one it is."""
    return len(data) == _NODE_IDENTITY_OCTETS and data[0] == _NODE_IDENTITY


def is_node(data: bytes, network_key: bytes, address: int) -> bool:
    """Whether that service data was made with this network key for this address.

    It is not bound to a time: whoever heard it can repeat it, but nobody without the key can make it.
    """
    if not is_node_identity(data):
        return False
    told, random = data[1 : 1 + _HASH_OCTETS], data[1 + _HASH_OCTETS :]
    return hmac.compare_digest(told, _hash(network_key, address, random))


def is_of_network(data: bytes, network_key: bytes) -> bool:
    """Whether that service data names this network."""
    return len(data) == _NETWORK_ID_OCTETS and data == network_id(network_key)


def _hash(network_key: bytes, address: int, random: bytes) -> bytes:
    block = bytes(6) + random + address.to_bytes(2, "big")
    return crypto.e(crypto.identity_key(network_key), block)[-_HASH_OCTETS:]
