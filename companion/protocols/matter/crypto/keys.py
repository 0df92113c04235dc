"""P-256 keys as nodes have them: `companion.encoding.es256` with its private parts in a `Secret`."""

from __future__ import annotations

import hashlib
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.secret import Secret

SCALAR_SIZE = 32


class KeyPair:
    """A private key of P-256. It does not print."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private

    @classmethod
    def generate(cls) -> KeyPair:
        return cls(es256.generate())

    @classmethod
    def of(cls, scalar: Secret) -> KeyPair:
        """The key of a scalar (32 octets). Raises ValueError for 0 and for what is not below the order."""
        return cls(es256.private_key(scalar.reveal()))

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """For X.509 builders."""
        return self._private

    @property
    def scalar(self) -> Secret:
        """32 octets, to be kept."""
        return Secret(self._private.private_numbers().private_value.to_bytes(SCALAR_SIZE, "big"))

    @cached_property
    def public(self) -> bytes:
        """The public point, 65 octets."""
        return es256.point(self._private)

    def sign(self, message: bytes) -> bytes:
        """ECDSA with SHA-256 and the nonce of RFC 6979: r || s (64 octets)."""
        return es256.sign(self._private, message)

    def agree(self, peer: bytes) -> Secret:
        """ECDH: the x-coordinate (32 octets) of the shared point. Raises BadPoint."""
        return Secret(self._private.exchange(ec.ECDH(), es256.load_point(peer)))


def key_identifier(point: bytes) -> bytes:
    """SHA-1 of the point (65 octets), as RFC 5280 section 4.2.1.2 has it: an identifier, no protection."""
    return hashlib.sha1(point, usedforsecurity=False).digest()
