"""What EST carries inside HTTP (RFC 7030): certificate requests and certificates, each as base64 of DER."""

from __future__ import annotations

import base64
import binascii
import warnings
from collections.abc import Iterable, Sequence

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs7

PREFIX = "/.well-known/est"
REQUEST_TYPE = "application/pkcs10"
CERTIFICATES_TYPE = "application/pkcs7-mime"
ISSUED_TYPE = f"{CERTIFICATES_TYPE}; smime-type=certs-only"
MAX_BODY = 65_536
"""Octets of a body that is taken: some thirty certificates with long names."""
MAX_CHAIN = 8
"""Certificates between a leaf and its root that are followed."""


class InvalidEst(ValueError):
    """A body that is not what its message says."""


def encode(der: bytes) -> bytes:
    """A body: base64 in lines of 76 characters (RFC 7030, 4; RFC 2045, 6.8)."""
    return base64.encodebytes(der)


def decode(body: bytes) -> bytes:
    """The DER in a body, which has line breaks anywhere or none (RFC 8951, 3.1). Raises InvalidEst."""
    if len(body) > MAX_BODY:
        raise InvalidEst(f"a body of {len(body)} octets, more than {MAX_BODY}")
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error as problem:
        raise InvalidEst("the body is not base64") from problem


def encode_certificates(ders: Iterable[bytes]) -> bytes:
    """A certs-only PKCS#7 (RFC 7030, 4.1.3) of certificates (DER), as a body."""
    certificates = [x509.load_der_x509_certificate(der) for der in ders]
    return encode(pkcs7.serialize_certificates(certificates, Encoding.DER))


def decode_certificates(body: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) of a certs-only PKCS#7, in the order of the set, which means nothing.

    Raises InvalidEst.
    """
    der = decode(body)
    try:
        with warnings.catch_warnings():
            # Servers send BER with indefinite lengths, which pyca warns of and reads.
            warnings.simplefilter("ignore")
            found = pkcs7.load_der_pkcs7_certificates(der)
        return tuple(each.public_bytes(Encoding.DER) for each in found)
    except Exception as problem:  # pyca raises several unrelated types for foreign PKCS#7
        raise InvalidEst("the body is no list of certificates") from problem


def chain_of(key: PublicKeyTypes, ders: Sequence[bytes]) -> tuple[bytes, ...]:
    """The chain (DER, leaf first, root left out) of the one certificate for `key` among `ders`.

    Raises InvalidEst where there is no such certificate, or several. That the leaf's issuers signed it is
    checked as far as they are here.
    """
    certificates = [x509.load_der_x509_certificate(der) for der in ders]
    wanted = _spki(key)
    leaves = [each for each in certificates if _spki_of(each) == wanted]
    if len(leaves) != 1:
        raise InvalidEst(f"{len(leaves)} certificates for the requested key")
    chain = leaves
    while len(chain) < MAX_CHAIN:
        above = next((each for each in certificates if _issued(chain[-1], by=each)), None)
        if above is None or above.issuer == above.subject:
            break
        chain.append(above)
    return tuple(each.public_bytes(Encoding.DER) for each in chain)


def _issued(certificate: x509.Certificate, *, by: x509.Certificate) -> bool:
    if certificate == by or certificate.issuer != by.subject:
        return False
    try:
        certificate.verify_directly_issued_by(by)
    except Exception:  # several unrelated types, and each one means that it is not
        return False
    return True


def _spki(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _spki_of(certificate: x509.Certificate) -> bytes | None:
    try:
        return _spki(certificate.public_key())
    except Exception:  # a key of a kind that pyca does not know is not ours
        return None
