"""AES-CMAC (RFC 4493), over pyca/cryptography."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC


def cmac(key: bytes, message: bytes) -> bytes:
    """16 octets. key: 16 octets (24 and 32 are AES-192 and AES-256)"""
    made = CMAC(AES(key))
    made.update(message)
    return made.finalize()
