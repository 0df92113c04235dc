"""Proofs of possession of what is printed on a device (PSKd) or known in its network (PSKc).

HMAC-SHA-256 with the secret as key over the device's challenge and its public key as SubjectPublicKeyInfo, so
that a proof that is meant for one device is of no use at another. Source: OpenThread's TCAT agent.
"""

from __future__ import annotations

import re

from cryptography.hazmat.primitives import hashes, hmac

from companion.secret import Secret

CHALLENGE_OCTETS = 8
_PSKD = re.compile(r"[0-9A-HJ-NPR-Y]{6,32}")
"""Thread 1.3, 8.2.2.3: upper case and digits without I, O, Q and Z."""


def pskd(text: str) -> Secret:
    """A PSKd as it is typed. Raises ValueError for what can't be one."""
    wanted = text.strip().replace(" ", "").upper()
    if not _PSKD.fullmatch(wanted):
        raise ValueError("a PSKd has 6 to 32 digits and letters, none of them I, O, Q or Z")
    return Secret(wanted.encode())


def proof(secret: Secret, challenge: bytes, device_key: bytes) -> bytes:
    """32 octets. challenge: as the device sent it; device_key: DER"""
    mac = hmac.HMAC(secret.reveal(), hashes.SHA256())
    mac.update(challenge)
    mac.update(device_key)
    return mac.finalize()
