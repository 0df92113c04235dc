"""Where a device's operational keys are made and used: in its processor, or in a secure element."""

from __future__ import annotations

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256

MOST_KEPT = 1024


class OperationalKeys(Protocol):
    """Keys on P-256 for item 1. kept: what the flash holds of one (at most `MOST_KEPT` octets)."""

    def make(self) -> bytes:
        """A new key; what to keep of it."""

    def open(self, kept: bytes) -> ec.EllipticCurvePrivateKey:
        """The key of what was kept."""


class ScalarKeys:
    """Keys of a device without a secure element: its flash keeps the private scalar (32 octets)."""

    def make(self) -> bytes:
        """A new scalar."""
        return es256.generate().private_numbers().private_value.to_bytes(32, "big")

    def open(self, kept: bytes) -> ec.EllipticCurvePrivateKey:
        """The key of a scalar."""
        return es256.private_key(kept)
