"""P-256 keys: points as 65 octets, signatures as r || s (64 octets), as Matter puts them on the wire."""

from __future__ import annotations

from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.protocols.matter.crypto.curve import POINT_SIZE, BadPoint
from companion.secret import Secret

SIGNATURE_SIZE = 64
SCALAR_SIZE = 32

_CURVE = ec.SECP256R1()
_SIGN = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_VERIFY = ec.ECDSA(hashes.SHA256())


class KeyPair:
    """A private key of P-256. It does not print."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private

    @classmethod
    def generate(cls) -> KeyPair:
        return cls(ec.generate_private_key(_CURVE))

    @classmethod
    def of(cls, scalar: Secret) -> KeyPair:
        """The key of a scalar (32 octets). Raises ValueError for 0 and for what is not below the order."""
        return cls(ec.derive_private_key(int.from_bytes(scalar.reveal(), "big"), _CURVE))

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
        return self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def sign(self, message: bytes) -> bytes:
        """ECDSA with SHA-256 and the nonce of RFC 6979: r || s (64 octets)."""
        return raw_signature(self._private.sign(message, _SIGN))

    def agree(self, peer: bytes) -> Secret:
        """ECDH: the x-coordinate (32 octets) of the shared point. Raises BadPoint."""
        return Secret(self._private.exchange(ec.ECDH(), public_key(peer)))


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The key of an uncompressed point (65 octets). Raises BadPoint."""
    if len(point) != POINT_SIZE or point[0] != 4:
        raise BadPoint("not an uncompressed point of P-256")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except ValueError as error:
        raise BadPoint("not on the curve") from error


def verify(point: bytes, signature: bytes, message: bytes) -> bool:
    """True if the key of this point (65 octets) made this signature (64 octets, r || s)."""
    if len(signature) != SIGNATURE_SIZE:
        return False
    try:
        public_key(point).verify(der_signature(signature), message, _VERIFY)
    except (BadPoint, InvalidSignature):
        return False
    return True


def der_signature(raw: bytes) -> bytes:
    """Ecdsa-Sig-Value (RFC 5480) of r || s."""
    half = SIGNATURE_SIZE // 2
    return encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))


def raw_signature(der: bytes) -> bytes:
    """r || s of an Ecdsa-Sig-Value. Raises ValueError."""
    half = SIGNATURE_SIZE // 2
    r, s = decode_dss_signature(der)
    try:
        return r.to_bytes(half, "big") + s.to_bytes(half, "big")
    except OverflowError as error:
        raise ValueError("r or s is negative or longer than 32 octets") from error
