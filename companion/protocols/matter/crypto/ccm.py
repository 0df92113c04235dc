"""AES-128-CCM with tags of 16 octets and nonces of 13 (core 3.6)."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

from companion.secret import Secret

TAG_SIZE = 16
NONCE_SIZE = 13


class NotAuthentic(ValueError):
    """The tag does not fit: another key, another nonce, or changed on the way."""


def seal(key: Secret, nonce: bytes, plaintext: bytes, associated: bytes = b"") -> bytes:
    """Ciphertext and tag. nonce: 13 octets, never twice with one key."""
    return AESCCM(key.reveal(), TAG_SIZE).encrypt(nonce, plaintext, associated)


def unseal(key: Secret, nonce: bytes, sealed: bytes, associated: bytes = b"") -> bytes:
    """The plaintext of `seal`. Raises NotAuthentic."""
    if len(sealed) < TAG_SIZE:
        raise NotAuthentic("shorter than a tag")
    try:
        return AESCCM(key.reveal(), TAG_SIZE).decrypt(nonce, sealed, associated)
    except InvalidTag as error:
        raise NotAuthentic("the tag does not fit") from error
