"""What a device signs with its attestation key (Core 11.18.4.7 and 11.18.4.9)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.tlv import UINT32, Field, Octets, Shape

MAX_SIZE = 900
"""Octets of the elements in a response."""
NONCE_SIZE = 32
CHALLENGE_SIZE = 16


@dataclass(frozen=True)
class AttestationElements:
    """declaration: CMS; nonce: the commissioner's, 32 octets; timestamp: seconds since 2000, often 0."""

    declaration: bytes
    nonce: bytes
    timestamp: int = 0
    firmware: bytes | None = None


@dataclass(frozen=True)
class CsrElements:
    """csr: PKCS #10 as DER; nonce: the commissioner's, 32 octets."""

    csr: bytes
    nonce: bytes


ATTESTATION_ELEMENTS = Shape(
    AttestationElements,
    Field("declaration", 1, Octets(0, MAX_SIZE)),
    Field("nonce", 2, Octets(NONCE_SIZE)),
    Field("timestamp", 3, UINT32),
    Field("firmware", 4, Octets(0, MAX_SIZE), optional=True),
)
CSR_ELEMENTS = Shape(
    CsrElements,
    Field("csr", 1, Octets(0, MAX_SIZE)),
    Field("nonce", 2, Octets(NONCE_SIZE)),
)
