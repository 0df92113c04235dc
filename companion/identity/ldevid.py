"""What records say of an LDevID: its public facts, and that it was issued."""

from __future__ import annotations

import hashlib
from datetime import UTC

from cryptography import x509

from companion.events import CertificateIssued
from companion.model import Credential


def credential(der: bytes) -> Credential:
    """The public facts of an LDevID (DER)."""
    certificate = x509.load_der_x509_certificate(der)
    return Credential(
        "ldevid",
        {
            "fingerprint": hashlib.sha256(der).hexdigest(),
            "serial_number": f"{certificate.serial_number:x}",
            "not_before": certificate.not_valid_before_utc.astimezone(UTC).isoformat(),
            "not_after": certificate.not_valid_after_utc.astimezone(UTC).isoformat(),
        },
    )


def issued(chain: tuple[bytes, ...], identity_key: bytes) -> CertificateIssued:
    """That this LDevID (DER, leaf first) is about to be handed to the device of this key."""
    leaf = x509.load_der_x509_certificate(chain[0])
    fingerprint = hashlib.sha256(chain[0]).hexdigest()
    return CertificateIssued(
        fingerprint, f"{leaf.serial_number:x}", leaf.not_valid_after_utc, identity_key, chain
    )
