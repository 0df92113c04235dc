"""An IDevID for the vectors, the same each time: RFC 6979 signatures, fixed names, dates and serials."""

from __future__ import annotations

import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from companion.encoding import es256

MOMENT = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
_MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_FOREVER = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
_MAKER = es256.private_key(hashlib.sha256(b"rp1 vectors maker").digest())
_IDENTITY = es256.private_key(hashlib.sha256(b"rp1 vectors identity").digest())


def _certificate(subject: x509.Name, key: ec.EllipticCurvePublicKey, number: int, *, ca: bool) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name("RP1 vectors maker"))
        .public_key(key)
        .serial_number(number)
        .not_valid_before(_MADE)
        .not_valid_after(_FOREVER)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(_MAKER.public_key()), False)
        .add_extension(x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False), True)
    )
    if ca:
        builder = builder.add_extension(x509.BasicConstraints(True, None), True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
    return builder.sign(_MAKER, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


def _name(common: str, serial: str | None = None) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if serial is not None:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    return x509.Name(parts)


ROOT = _certificate(_name("RP1 vectors maker"), _MAKER.public_key(), 1, ca=True)
IDEVID = _certificate(_name("Sensor", "RP1-0001"), _IDENTITY.public_key(), 2, ca=False)
