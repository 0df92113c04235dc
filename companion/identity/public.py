"""An owner's public key as a file: PEM, SubjectPublicKeyInfo (RFC 7468, RFC 5480)."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization

from companion.encoding import es256
from companion.encoding.public_pem import load_public

_MOST = 4096


def public_pem(point: bytes) -> bytes:
    """The file's content for a key (uncompressed point, 65 octets)."""
    key = es256.load_point(point)
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_public(content: bytes) -> bytes:
    """The point (65 octets) in a file's content. Raises ValueError for anything but a P-256 public key."""
    key = load_public(content[:_MOST])
    if not es256.is_p256(key):
        raise ValueError("an owner key is on P-256")
    return es256.point(key)
