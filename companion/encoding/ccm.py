"""AES-128-CCM with nonces of 13 octets and tags of 16 or fewer (RFC 3610), over pyca/cryptography."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

KEY_SIZE = 16
TAG_SIZE = 16
NONCE_SIZE = 13


class NotAuthentic(ValueError):
    """The tag does not fit: another key, another nonce, or changed on the way."""


class AesCcm:
    """One key (16 octets) at work. tag_size: in octets, even, 4 to 16"""

    def __init__(self, key: bytes, tag_size: int = TAG_SIZE) -> None:
        self._cipher = AESCCM(key, tag_size)
        self._tag_size = tag_size

    def seal(self, nonce: bytes, plaintext: bytes, associated: bytes = b"") -> bytes:
        """Ciphertext || tag. nonce: 13 octets, never twice with one key."""
        return self._cipher.encrypt(nonce, plaintext, associated)

    def unseal(self, nonce: bytes, sealed: bytes, associated: bytes = b"") -> bytes:
        """The plaintext of `seal`. Raises NotAuthentic."""
        if len(sealed) < self._tag_size:
            raise NotAuthentic("shorter than a tag")
        try:
            return self._cipher.decrypt(nonce, sealed, associated)
        except InvalidTag as error:
            raise NotAuthentic("the tag does not fit") from error
