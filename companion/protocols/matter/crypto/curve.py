"""Points of P-256: multiples are computed by OpenSSL, only sums by hand.

A multiple of the base point is a key generation; of any other point P it is two key agreements, which give
the x-coordinates of kP and (k+1)P, and these two determine y. So the secret scalars never meet Python's
integers, whose speed depends on their values. A sum needs one inversion, which is blinded.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.encoding.es256 import BadPoint

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

_CURVE = ec.SECP256R1()
_FIELD = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
_A = _FIELD - 3
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


@dataclass(frozen=True, repr=False)
class Point:
    """A point of P-256 other than infinity; `of` and `base` check what they make."""

    x: int
    y: int

    @classmethod
    def of(cls, encoded: bytes) -> Point:
        """The point of 65 octets, uncompressed (SEC 1 section 2.3.4). Raises BadPoint."""
        return cls._of_key(es256.load_point(encoded))

    @classmethod
    def base(cls, scalar: int) -> Point:
        """scalar * G, for 0 < scalar < ORDER. Raises ValueError for others."""
        return cls._of_key(ec.derive_private_key(scalar, _CURVE).public_key())

    @classmethod
    def _of_key(cls, key: ec.EllipticCurvePublicKey) -> Point:
        numbers = key.public_numbers()
        return cls(numbers.x, numbers.y)

    def key(self) -> ec.EllipticCurvePublicKey:
        """The same as a public key. Raises BadPoint where it is not on the curve."""
        return es256.load_point(self.encoded())

    def encoded(self) -> bytes:
        """65 octets, uncompressed."""
        return b"\x04" + self.x.to_bytes(32, "big") + self.y.to_bytes(32, "big")

    def __neg__(self) -> Point:
        return Point(self.x, _FIELD - self.y)

    def __add__(self, other: Point) -> Point:
        """The sum. Raises BadPoint where it is the point at infinity."""
        if self.x == other.x:
            if self.y != other.y:
                raise BadPoint("the sum is the point at infinity")
            slope = (3 * self.x * self.x + _A) * _inverse(2 * self.y)
        else:
            slope = (other.y - self.y) * _inverse(other.x - self.x)
        x = (slope * slope - self.x - other.x) % _FIELD
        return Point(x, (slope * (self.x - x) - self.y) % _FIELD)

    def __rmul__(self, scalar: int) -> Point:
        """scalar * self, for 0 < scalar < ORDER. Raises ValueError for others."""
        if scalar == 1:
            return self
        if scalar == ORDER - 1:
            return -self
        x, after = self._x_of(scalar), self._x_of(scalar + 1)
        apart = (x - self.x) % _FIELD
        # (y - Py)^2 = (after + x + Px)(x - Px)^2, and y^2 is known from the curve's equation.
        squared = (x * x * x + _A * x + _B + self.y * self.y - (after + x + self.x) * apart * apart) % _FIELD
        return Point(x, squared * _inverse(2 * self.y) % _FIELD)

    def _x_of(self, scalar: int) -> int:
        shared = ec.derive_private_key(scalar, _CURVE).exchange(ec.ECDH(), self.key())
        return int.from_bytes(shared, "big")


def _inverse(value: int) -> int:
    """1 / value in the field, computed on a random multiple so that its time tells nothing of the value."""
    blind = secrets.randbelow(_FIELD - 1) + 1
    return pow(value * blind, -1, _FIELD) * blind
