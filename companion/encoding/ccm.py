"""AES-128-CCM with tags of 16 octets and nonces of 13 (RFC 3610), over pyca/cryptography."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

KEY_SIZE = 16
TAG_SIZE = 16
NONCE_SIZE = 13


class NotAuthentic(ValueError):
    """The tag does not fit: another key, another nonce, or changed on the way."""


class AesCcm:
    """One key (16 octets) at work."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESCCM(key, TAG_SIZE)

    def seal(self, nonce: bytes, plaintext: bytes, associated: bytes = b"") -> bytes:
        """Ciphertext || tag. nonce: 13 octets, never twice with one key."""
        return self._cipher.encrypt(nonce, plaintext, associated)

    def unseal(self, nonce: bytes, sealed: bytes, associated: bytes = b"") -> bytes:
        """The plaintext of `seal`. Raises NotAuthentic."""
        if len(sealed) < TAG_SIZE:
            raise NotAuthentic("shorter than a tag")
        try:
            return self._cipher.decrypt(nonce, sealed, associated)
        except InvalidTag as error:
            raise NotAuthentic("the tag does not fit") from error
