"""A P-256 key in hardware, as pyca/cryptography takes one: it signs there and never leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NoReturn

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256

SignDigest = Callable[[bytes], bytes]
"""SHA-256 (32 octets) to r || s (64 octets). Raises HsmUnavailable."""


class HardwareKey(ec.EllipticCurvePrivateKey):
    """ES256 by a token or TPM. Certificate builders of pyca sign with it as with any other key.

    The nonce is the hardware's own: two signatures of the same message differ.
    """

    def __init__(self, public: ec.EllipticCurvePublicKey, sign_digest: SignDigest) -> None:
        """public: of the key that `sign_digest` signs with. Raises ValueError for a key not on P-256."""
        if not es256.is_p256(public):
            raise ValueError("the key is not on P-256")
        self._public = public
        self._sign_digest = sign_digest

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        """The Ecdsa-Sig-Value of SHA-256(data). Raises HsmUnavailable, ValueError for another hash."""
        if not isinstance(signature_algorithm.algorithm, hashes.SHA256):
            raise ValueError("this key signs with SHA-256")
        return es256.der_signature(self.sign_digest(hashlib.sha256(data).digest()))

    def sign_digest(self, digest: bytes) -> bytes:
        """r || s (64 octets) of SHA-256 (32 octets). Raises HsmUnavailable, TpmUnavailable."""
        return self._sign_digest(digest)

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Its public key."""
        return self._public

    @property
    def curve(self) -> ec.EllipticCurve:
        """P-256."""
        return self._public.curve

    @property
    def key_size(self) -> int:
        """256."""
        return self._public.key_size

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        """It signs, and does nothing else."""
        self._refuse()

    def private_numbers(self) -> ec.EllipticCurvePrivateNumbers:
        """They stay in the hardware."""
        self._refuse()

    def private_bytes(self, *form: Any) -> bytes:
        """They stay in the hardware."""
        self._refuse()

    def __copy__(self) -> HardwareKey:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> HardwareKey:
        return self

    def __repr__(self) -> str:
        return "HardwareKey()"

    @staticmethod
    def _refuse() -> NoReturn:
        raise ValueError("this key is on a hardware token or in a TPM, which only sign")
