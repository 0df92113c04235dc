"""The log's own key: C2SP's tools read Ed25519, the owner key is on P-256 and vouches for it."""

from __future__ import annotations

import secrets

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

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
        return cls(_seed(vault))

    @classmethod
    def for_witness(cls, vault: Vault, salt: bytes) -> LogKey:
        """The key by which this identity signs the heads of other logs: another one for each salt (RFC 5869).

        Raises KeyStoreError leaves.
        """
        derived = HKDF(hashes.SHA256(), 32, salt, b"companion witness").derive(_seed(vault).reveal())
        return cls(Secret(derived))

    def sign(self, message: bytes) -> bytes:
        """Ed25519 over `message`: 64 bytes."""
        return self._key.sign(message)


class MlDsaKey:
    """An ML-DSA-44 private key (FIPS 204) of a witness."""

    def __init__(self, seed: Secret) -> None:
        """Takes 32 random bytes. Raises UnsupportedAlgorithm."""
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

        self._key = MLDSA44PrivateKey.from_seed_bytes(seed.reveal())
        self.public = self._key.public_key().public_bytes_raw()
        """The public key: 1,312 bytes."""

    @classmethod
    def for_witness(cls, vault: Vault, salt: bytes) -> MlDsaKey | None:
        """As `LogKey.for_witness`; None where the library that is installed has no ML-DSA."""
        derived = HKDF(hashes.SHA256(), 32, salt, b"companion witness ml-dsa-44").derive(
            _seed(vault).reveal()
        )
        try:
            return cls(Secret(derived))
        except (ImportError, UnsupportedAlgorithm):
            return None

    def sign(self, message: bytes) -> bytes:
        """ML-DSA-44 over `message`, without a context: 2,420 bytes."""
        return self._key.sign(message)


def _seed(vault: Vault) -> Secret:
    seed = vault.get(_VAULT_KEY)
    if seed is None:
        seed = Secret(secrets.token_bytes(32))
        vault.put(_VAULT_KEY, seed)
    return seed
