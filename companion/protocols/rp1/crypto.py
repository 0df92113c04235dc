"""The primitives of suites 1 and 2, over pyca/cryptography. Nothing is computed here by hand.

P-256 and ES256 are in `companion.encoding.es256`, AES-128-CCM is in `companion.encoding.ccm`.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from companion.encoding import cbor

ENCAPSULATION_KEY_SIZE = 1184
CIPHERTEXT_SIZE = 1088

_SHA256 = hashes.SHA256()


class BadEncapsulationKey(ValueError):
    """Not an ML-KEM-768 encapsulation key."""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# --- P-256 ---------------------------------------------------------------------------------------


def ecdh(private: ec.EllipticCurvePrivateKey, peer: ec.EllipticCurvePublicKey) -> bytes:
    """The x-coordinate (32 octets) of the shared point. `es256.load_point` checked `peer`."""
    return private.exchange(ec.ECDH(), peer)


def fingerprint(public_point: bytes) -> bytes:
    """fp: the first 16 octets of SHA-256 over the uncompressed point (section 5)."""
    return sha256(public_point)[:16]


# --- HKDF-SHA256 -----------------------------------------------------------------------------------


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
    """Shared secret (32 octets) and ciphertext (1088). Raises BadEncapsulationKey (FIPS 203, 7.2)."""
    try:
        return mlkem.MLKEM768PublicKey.from_public_bytes(ek).encapsulate()
    except ValueError as error:
        raise BadEncapsulationKey("not an encapsulation key") from error


def decapsulate(private: mlkem.MLKEM768PrivateKey, ciphertext: bytes) -> bytes:
    """The shared secret (32 octets); a wrong ciphertext gives an unrelated one (implicit rejection)."""
    return private.decapsulate(ciphertext)
