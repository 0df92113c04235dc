"""Certificate requests (PKCS #10), as a device makes them and as a commissioner checks them (core 6.4.7)."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, SignatureAlgorithmOID

from companion.encoding import es256
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.crypto.keys import KeyPair

LIMIT = 600
"""Octets of a request that is read."""

_SUBJECT = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "CSR")])


def make_request(key: KeyPair) -> bytes:
    """A request for this key, in DER."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(_SUBJECT)
    return builder.sign(key.private, hashes.SHA256()).public_bytes(Encoding.DER)


def requested_key(request: bytes) -> bytes:
    """The key (65 octets) that a request is for and signed by. Raises BadCertificate."""
    if len(request) > LIMIT:
        raise BadCertificate(Fault.TOO_LONG, f"a request of {len(request)} octets")
    try:
        parsed = x509.load_der_x509_csr(request)
        key = parsed.public_key()
        algorithm = parsed.signature_algorithm_oid
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise BadCertificate(Fault.MALFORMED, "not a certificate request") from error
    if not es256.is_p256(key):
        raise BadCertificate(Fault.PUBLIC_KEY, "not a key of P-256")
    if algorithm != SignatureAlgorithmOID.ECDSA_WITH_SHA256:
        raise BadCertificate(Fault.ALGORITHM, "not signed by ECDSA with SHA-256")
    try:
        key.verify(parsed.signature, parsed.tbs_certrequest_bytes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise BadCertificate(Fault.SIGNATURE, "not signed by the key that it is for") from error
    return es256.point(key)
