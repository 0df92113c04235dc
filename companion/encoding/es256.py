"""P-256 keys, their points, and ES256 signatures, over pyca/cryptography.

Points are uncompressed (65 octets, SEC 1 section 2.3.3), signatures raw r || s (64 octets, RFC 7518
section 3.4).
"""

from __future__ import annotations

from typing import TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_SIZE = 65
SIGNATURE_SIZE = 64

_CURVE = ec.SECP256R1()
_SHA256 = hashes.SHA256()
_SIGN = ec.ECDSA(_SHA256, deterministic_signing=True)
_VERIFY = ec.ECDSA(_SHA256)


class BadPoint(ValueError):
    """Not a point of P-256 other than infinity."""


def generate() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(_CURVE)


def private_key(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """The P-256 key of a 32-octet scalar. Raises ValueError when it is 0 or not below the order."""
    return ec.derive_private_key(int.from_bytes(scalar, "big"), _CURVE)


def is_p256(key: object) -> TypeGuard[ec.EllipticCurvePublicKey]:
    """True for a public key on P-256: a foreign certificate or request may carry any."""
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def point(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point (65 octets) of a key."""
    public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def load_point(data: bytes) -> ec.EllipticCurvePublicKey:
    """The public key of an uncompressed point (65 octets). Raises BadPoint."""
    if len(data) != POINT_SIZE or data[0] != 4:
        raise BadPoint("not an uncompressed point")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, data)
    except ValueError as error:
        raise BadPoint("not on the curve") from error


def sign(private: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """ES256 with the nonce of RFC 6979: r || s (64 octets)."""
    return raw_signature(private.sign(message, _SIGN))


def verify(public_point: bytes, signature: bytes, message: bytes) -> bool:
    """True if the key of this point (65 octets) made this signature (64 octets, r || s)."""
    if len(signature) != SIGNATURE_SIZE:
        return False
    try:
        load_point(public_point).verify(der_signature(signature), message, _VERIFY)
    except (BadPoint, InvalidSignature):
        return False
    return True


def der_signature(raw: bytes) -> bytes:
    """The Ecdsa-Sig-Value (RFC 5480) of r || s (64 octets)."""
    return encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))


def raw_signature(der: bytes) -> bytes:
    """r || s (64 octets) of an Ecdsa-Sig-Value. Raises ValueError."""
    r, s = decode_dss_signature(der)
    try:
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    except OverflowError as error:
        raise ValueError("r or s is negative or longer than 32 octets") from error
