"""Certificates and requests as AWS writes them: PEM, and the ids that it gives them."""

from __future__ import annotations

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.errors import CloudAnswerInvalid

CLOUD = "AWS"
_MOST_PEM = 16 * 1024


def request_pem(der: bytes) -> str:
    """A certificate request in PEM."""
    return x509.load_der_x509_csr(der).public_bytes(Encoding.PEM).decode()


def certificate_pem(der: bytes) -> str:
    """A certificate in PEM."""
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode()


def certificate_der(pem: object) -> bytes:
    """A certificate of an answer. Raises CloudAnswerInvalid."""
    if not isinstance(pem, str) or len(pem) > _MOST_PEM:
        raise CloudAnswerInvalid("no certificate, or a large one", cloud=CLOUD)
    try:
        return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
    except ValueError as error:
        raise CloudAnswerInvalid("not a certificate", cloud=CLOUD) from error


def check_key(certificate: bytes, request: bytes) -> None:
    """The certificate (DER) is for the key of the request (DER). Raises CloudAnswerInvalid."""
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    certified = x509.load_der_x509_certificate(certificate).public_key().public_bytes(*form)
    if certified != x509.load_der_x509_csr(request).public_key().public_bytes(*form):
        raise CloudAnswerInvalid("the certificate is for another key than the device's", cloud=CLOUD)


def key_der(pem: object) -> bytes:
    """A private key of an answer as PKCS#8 DER. Raises CloudAnswerInvalid, which does not repeat it."""
    if not isinstance(pem, str) or len(pem) > _MOST_PEM:
        raise CloudAnswerInvalid("no key, or a large one", cloud=CLOUD)
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        raise CloudAnswerInvalid("not a key", cloud=CLOUD) from None
    form = Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form)


def certificate_id(der: bytes) -> str:
    """What AWS calls a certificate: SHA-256 of its DER, in hexadecimal."""
    return hashlib.sha256(der).hexdigest()
