"""The Secure Network beacon: a network's IV index and whether its keys are being refreshed, authenticated.

Mesh Protocol 1.1, 3.10.3: type 1, flags (1), network ID (8), IV index (4, big-endian), MAC (8).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from companion.encoding.cmac import cmac
from companion.protocols.mesh.network.keys import NetworkCredentials

_TYPE, _SIZE, _MAC = 0x01, 22, 8
_KEY_REFRESH, _IV_UPDATE = 0x01, 0x02


@dataclass(frozen=True)
class SecureBeacon:
    """key_refresh: the new key is to be sent with; iv_update: everybody still sends with `iv_index` - 1"""

    iv_index: int
    key_refresh: bool = False
    iv_update: bool = False

    def encode(self, credentials: NetworkCredentials) -> bytes:
        """22 octets."""
        flags = _KEY_REFRESH * self.key_refresh | _IV_UPDATE * self.iv_update
        told = bytes([flags]) + credentials.network_id + self.iv_index.to_bytes(4, "big")
        return bytes([_TYPE]) + told + _mac(told, credentials)


def read(octets: bytes, credentials: NetworkCredentials) -> SecureBeacon | None:
    """The beacon, or None where it is of another kind or network, or not authentic."""
    if len(octets) != _SIZE or octets[0] != _TYPE or octets[2:10] != credentials.network_id:
        return None
    told = octets[1:-_MAC]
    if not hmac.compare_digest(_mac(told, credentials), octets[-_MAC:]):
        return None
    flags = told[0]
    return SecureBeacon(int.from_bytes(told[9:], "big"), bool(flags & _KEY_REFRESH), bool(flags & _IV_UPDATE))


def _mac(told: bytes, credentials: NetworkCredentials) -> bytes:
    return cmac(credentials.beacon.reveal(), told)[:_MAC]
