"""The owner key: whoever holds it owns the devices that were commissioned under it."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.secret import Secret


class OwnerKey:
    """A P-256 private key that signs and never shows itself."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        """Takes a P-256 key. Raises ValueError for a key on another curve."""
        if not es256.is_p256(key.public_key()):
            raise ValueError("an owner key is on P-256")
        self._key = key
        self.public = es256.point(key)
        """The public key: 65 bytes, uncompressed point (SEC 1, 2.3.3)."""

    @classmethod
    def generate(cls) -> OwnerKey:
        """A new random key."""
        return cls(es256.generate())

    @classmethod
    def load(cls, der: Secret) -> OwnerKey:
        """The key that `seal` gave out. Raises ValueError if it is not one."""
        return cls(private_key_of(der))

    def seal(self) -> Secret:
        """The private key as PKCS#8 DER, for the vault alone."""
        return Secret(private_der(self._key))

    def sign(self, message: bytes) -> bytes:
        """ES256 over `message`: 64 bytes, r then s, with the nonce of RFC 6979 or, on a hardware token, its
        own. Raises HsmUnavailable."""
        return es256.sign(self._key, message)


def private_key_of(der: Secret) -> ec.EllipticCurvePrivateKey:
    """The key that `private_der` wrote. Raises ValueError if it is none on an elliptic curve."""
    key = serialization.load_der_private_key(der.reveal(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key is on no elliptic curve")
    return key


def private_der(key: ec.EllipticCurvePrivateKey) -> bytes:
    """PKCS#8 DER of a private key, in clear: what goes into the vault."""
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
