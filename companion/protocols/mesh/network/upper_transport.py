"""The upper transport: access messages between two elements, encrypted with a device or application key.

Mesh Protocol 1.1, 3.6.4. The nonce binds source, destination, sequence number and IV index.
"""

from __future__ import annotations

from functools import lru_cache

from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.protocols.mesh.network.lower_transport import SEGMENT
from companion.secret import Secret

LONGEST = 384
"""Octets of an upper transport PDU: 32 segments."""
SHORT_MIC, LONG_MIC = 4, 8
LONGEST_ACCESS = LONGEST - SHORT_MIC
LONGEST_WHOLE = 15
"""Octets that go without segments."""

_APPLICATION_NONCE, _DEVICE_NONCE = 0x01, 0x02


def can_have_long_mic(access: bytes) -> bool:
    """True where a MIC of 8 octets costs no segment more than one of 4."""
    size = len(access)
    return size > LONGEST_WHOLE - SHORT_MIC and -(-(size + SHORT_MIC) // SEGMENT) == -(
        -(size + LONG_MIC) // SEGMENT
    )


def seal(access: bytes, key: Secret, nonce: bytes, *, long_mic: bool = False) -> bytes:
    """access: 1 to 380 octets, 376 with a long MIC"""
    return _cipher(key, LONG_MIC if long_mic else SHORT_MIC).seal(nonce, access)


def unseal(upper: bytes, key: Secret, nonce: bytes, *, long_mic: bool = False) -> bytes | None:
    """The access message, or None where it is not of this key."""
    try:
        return _cipher(key, LONG_MIC if long_mic else SHORT_MIC).unseal(nonce, upper)
    except NotAuthentic:
        return None


def nonce(
    sequence: int, source: int, destination: int, iv_index: int, *, device: bool, long_mic: bool = False
) -> bytes:
    """13 octets. sequence: of the first segment; device: for a device key, otherwise an application key"""
    kind = _DEVICE_NONCE if device else _APPLICATION_NONCE
    return (
        bytes([kind, long_mic << 7])
        + sequence.to_bytes(3, "big")
        + source.to_bytes(2, "big")
        + destination.to_bytes(2, "big")
        + iv_index.to_bytes(4, "big")
    )


@lru_cache(maxsize=64)
def _cipher(key: Secret, mic: int) -> AesCcm:
    return AesCcm(key.reveal(), mic)
