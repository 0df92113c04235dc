"""The primitives of suites 1 and 2, over pyca/cryptography. Nothing is computed here by hand.

Points are uncompressed (65 octets, SEC 1 section 2.3.3), signatures raw r || s (64 octets), and every
failure of a foreign value is one of the two errors below or False.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.protocols.rp1 import cbor

POINT_SIZE = 65
SIGNATURE_SIZE = 64
TAG_SIZE = 16
KEY_SIZE = 16
IV_SIZE = 13
ENCAPSULATION_KEY_SIZE = 1184
CIPHERTEXT_SIZE = 1088

_CURVE = ec.SECP256R1()
_SHA256 = hashes.SHA256()
_SIGN = ec.ECDSA(_SHA256, deterministic_signing=True)
_VERIFY = ec.ECDSA(_SHA256)


class BadPoint(ValueError):
    """Not a point of P-256 other than infinity, or not a valid ML-KEM-768 encapsulation key."""


class NotAuthentic(ValueError):
    """An AEAD tag does not fit."""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# --- P-256 ---------------------------------------------------------------------------------------


def generate() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(_CURVE)


def private_key(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """The P-256 key of a 32-octet scalar. Raises ValueError when it is 0 or not below the order."""
    return ec.derive_private_key(int.from_bytes(scalar, "big"), _CURVE)


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


def ecdh(private: ec.EllipticCurvePrivateKey, peer: ec.EllipticCurvePublicKey) -> bytes:
    """The x-coordinate (32 octets) of the shared point. `peer` comes from `load_point`, which checked it."""
    return private.exchange(ec.ECDH(), peer)


def es256_sign(private: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """ES256 with the nonce of RFC 6979: r || s (64 octets)."""
    r, s = decode_dss_signature(private.sign(message, _SIGN))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def es256_verify(public_point: bytes, signature: bytes, message: bytes) -> bool:
    """True if the key of this point (65 octets) made this signature (64 octets, r || s)."""
    if len(signature) != SIGNATURE_SIZE:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        load_point(public_point).verify(encode_dss_signature(r, s), message, _VERIFY)
    except (BadPoint, InvalidSignature):
        return False
    return True


def fingerprint(public_point: bytes) -> bytes:
    """fp: the first 16 octets of SHA-256 over the uncompressed point (section 5)."""
    return sha256(public_point)[:16]


# --- HKDF-SHA256 and AES-128-CCM --------------------------------------------------------------------


def extract(salt: bytes, ikm: bytes) -> bytes:
    """HKDF-Extract (RFC 5869 section 2.2), 32 octets."""
    return hmac.digest(salt, ikm, "sha256")


def expand(prk: bytes, label: str, context: bytes, size: int) -> bytes:
    """Section 3: HKDF-Expand(prk, cbor(["rp1 " + label, context, size]), size)."""
    before, after = _around_context(label, len(context), size)
    return HKDFExpand(_SHA256, size, before + context + after).derive(prk)


@lru_cache(maxsize=64)
def _around_context(label: str, length: int, size: int) -> tuple[bytes, bytes]:
    """What stands before and after a context of this length in the array: the same in every session."""
    after = cbor.encode(size)
    whole = cbor.encode([f"rp1 {label}", bytes(length), size])
    return whole[: len(whole) - len(after) - length], after


def seal(cipher: AESCCM, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """AES-CCM: ciphertext || tag(16)."""
    return cipher.encrypt(nonce, plaintext, associated)


def unseal(cipher: AESCCM, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """The plaintext of `seal`. Raises NotAuthentic."""
    if len(sealed) < TAG_SIZE:
        raise NotAuthentic("shorter than a tag")
    try:
        return cipher.decrypt(nonce, sealed, associated)
    except InvalidTag as error:
        raise NotAuthentic("the tag does not fit") from error


def aes_ccm(key: bytes) -> AESCCM:
    """AES-128-CCM with a tag of 16 octets; the nonce has 13."""
    return AESCCM(key, TAG_SIZE)


# --- ML-KEM-768 ------------------------------------------------------------------------------------


def kem_generate() -> mlkem.MLKEM768PrivateKey:
    return mlkem.MLKEM768PrivateKey.generate()


def kem_from_seed(seed: bytes) -> mlkem.MLKEM768PrivateKey:
    """The decapsulation key of a 64-octet seed (FIPS 203)."""
    return mlkem.MLKEM768PrivateKey.from_seed_bytes(seed)


def encapsulation_key(private: mlkem.MLKEM768PrivateKey) -> bytes:
    """ek (1184 octets)."""
    return private.public_key().public_bytes_raw()


def encapsulate(ek: bytes) -> tuple[bytes, bytes]:
    """Shared secret (32 octets) and ciphertext (1088). Raises BadPoint where ek fails FIPS 203's check."""
    try:
        return mlkem.MLKEM768PublicKey.from_public_bytes(ek).encapsulate()
    except ValueError as error:
        raise BadPoint("not an encapsulation key") from error


def decapsulate(private: mlkem.MLKEM768PrivateKey, ciphertext: bytes) -> bytes:
    """The shared secret (32 octets); a wrong ciphertext gives an unrelated one (implicit rejection)."""
    return private.decapsulate(ciphertext)
