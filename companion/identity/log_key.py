"""The log's own key: C2SP's tools read Ed25519, the owner key is on P-256 and vouches for it."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from companion.identity.vault import Vault
from companion.secret import Secret

_VAULT_KEY = "log"


class LogKey:
    """An Ed25519 private key that signs checkpoints and never shows itself."""

    def __init__(self, seed: Secret) -> None:
        """Takes 32 random bytes."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed.reveal())
        self.public = self._key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        """The public key: 32 bytes (RFC 8032)."""

    @classmethod
    def of(cls, vault: Vault) -> LogKey:
        """The key of this identity, made when it is first asked for. Raises KeyStoreError leaves."""
        seed = vault.get(_VAULT_KEY)
        if seed is None:
            seed = Secret(secrets.token_bytes(32))
            vault.put(_VAULT_KEY, seed)
        return cls(seed)

    def sign(self, message: bytes) -> bytes:
        """Ed25519 over `message`: 64 bytes."""
        return self._key.sign(message)
