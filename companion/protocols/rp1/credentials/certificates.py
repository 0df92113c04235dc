"""Certificates as items 1 and 2 carry them: DER, X.509, leaves for P-256 keys (section 9.2)."""

from __future__ import annotations

from itertools import pairwise

from cryptography import x509
from cryptography.x509.oid import NameOID

from companion.encoding import es256
from companion.protocols.rp1.credentials.items import LdevidChain, TrustAnchors


class BadCertificate(ValueError):
    """A chain or anchor that is no X.509 certificate, or whose leaf is not for a P-256 key."""


def common_name(leaf: bytes) -> str:
    """What a leaf (DER) calls its device, "" where it says nothing. Raises BadCertificate."""
    for attribute in _certificate(leaf).subject.get_attributes_for_oid(NameOID.COMMON_NAME):
        return str(attribute.value)
    return ""


def leaf_key(item: LdevidChain) -> bytes:
    """The point (65 octets) that the leaf certifies. Raises BadCertificate."""
    key = _certificate(item.chain[0]).public_key()
    if not es256.is_p256(key):
        raise BadCertificate("the leaf is not for a P-256 key")
    return es256.point(key)


def check_certificates(item: LdevidChain | TrustAnchors) -> None:
    """Every certificate parses, and each one of a chain is issued by the next. Raises BadCertificate."""
    if isinstance(item, TrustAnchors):
        for der in item.anchors:
            _certificate(der)
        return
    leaf_key(item)
    chain = [_certificate(der) for der in item.chain]
    for issued, issuer in pairwise(chain):
        try:
            issued.verify_directly_issued_by(issuer)
        except Exception as error:  # pyca raises several unrelated types here
            raise BadCertificate("a certificate is not issued by the next one") from error


def _certificate(der: bytes) -> x509.Certificate:
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key()
    except Exception as error:  # pyca raises several unrelated types for foreign bytes
        raise BadCertificate("not an X.509 certificate") from error
    return certificate
