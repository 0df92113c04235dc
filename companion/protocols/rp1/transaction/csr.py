"""The certificate request that binds a key made in the device to the session that asked (section 9).

The binding is EXPORT("csr", tx, 16) in lower-case hex: as challengePassword (RFC 2985 section 5.4.1,
UTF8String), or, from devices whose library has no attributes of that kind, the 16 octets as an OCTET STRING
in an extensionRequest. A request with a name is for somebody else's CA and has the extension: an EST server
takes a challengePassword for a binding to its own TLS (RFC 7030 section 3.5). pyca/cryptography does not
check a binding; this module does.

A binding convinces the session's own end alone: whoever opened a session could make the key. To a CA
that was no end of it, the identity key's signature over `attested` says whose key it is; see `certifiable`.
"""

from __future__ import annotations

import hmac

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AttributeOID, NameOID, ObjectIdentifier

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import LocalAbort
from companion.protocols.rp1.handshake.attestation import Trust, identify
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire.messages import IdentityProof
from companion.protocols.rp1.wire.results import Request

BINDING_SIZE = 16
BINDING = ObjectIdentifier("2.25.253687115094281043937190385131746308201")
"""Of the extension that our devices bind by; any other one serves as well."""


class BadCsr(ValueError):
    """Not a certificate request for a P-256 key, badly signed, or not bound to this session."""


class BadName(BadCsr):
    """A request without the common name that was asked for, as from a device that knows none."""


def make(key: ec.EllipticCurvePrivateKey, serial: str, binding: bytes, name: str = "") -> bytes:
    """PKCS#10 DER by the device.

    serial: under which it is certified; binding: EXPORT("csr", tx, 16); name: the common name, "" for none
    """
    subject = [x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)]
    request = x509.CertificateSigningRequestBuilder()
    if name:
        subject.append(x509.NameAttribute(NameOID.COMMON_NAME, name))
        octets = bytes([0x04, len(binding)]) + binding
        request = request.add_extension(x509.UnrecognizedExtension(BINDING, octets), critical=False)
    else:
        request = request.add_attribute(AttributeOID.CHALLENGE_PASSWORD, binding.hex().encode())
    return request.subject_name(x509.Name(subject)).sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def check(der: bytes, binding: bytes, name: str = "") -> bytes:
    """The public point (65 octets) of a request whose signature and binding hold.

    name: the common name that was asked for. Raises BadCsr, and BadName where it has another one.
    """
    request, key = _signed(der)
    if not _bound(request, binding):
        raise BadCsr("the request is not bound to this session")
    if name and [each.value for each in request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)] != [
        name
    ]:
        raise BadName("the request has not the name that was asked for")
    return key


def certifiable(
    tx: bytes, request: Request, serial: str, identity: bytes | tuple[bytes, ...], trust: Trust
) -> bytes:
    """The point that a CA which was no end of the session may certify for the device `serial` (section 9).

    identity: the device's identity key (point, 65 octets), or its IDevID chain (DER, leaf first, no root)
    trust:    the CA's own: manufacturers that it pinned, and fingerprints that its list names
    Raises BadCsr. That the request is bound to some session says nothing here.
    """
    _, key = _signed(request.der)
    if request.attestation is None:
        raise BadCsr("the request is not attested")
    if isinstance(identity, bytes):
        proof = IdentityProof(request.attestation, key=identity)
    else:
        proof = IdentityProof(request.attestation, chain=identity)
    try:
        peer = identify(proof, Method.KEY, attested(tx, request.der), trust)
    except LocalAbort as refused:
        raise BadCsr(f"the request is attested by nobody known: {refused.why}") from refused
    if peer.attested and serial not in peer.serials:
        raise BadCsr("the request is attested by a device of another serial number")
    return key


def _signed(der: bytes) -> tuple[x509.CertificateSigningRequest, bytes]:
    """A request for a P-256 key that carries this key's signature, and its point. Raises BadCsr."""
    try:
        request = x509.load_der_x509_csr(der)
        signed = request.is_signature_valid
        key = request.public_key()
    except Exception as error:  # pyca raises several unrelated types for foreign bytes
        raise BadCsr("not a certificate request") from error
    if not signed:
        raise BadCsr("the request does not carry its own key's signature")
    if not es256.is_p256(key):
        raise BadCsr("the request is not for a P-256 key")
    return request, es256.point(key)


def attested(tx: bytes, der: bytes) -> bytes:
    """What the identity key signs to attest a request (PKCS#10 DER) of the transaction `tx`."""
    return b"rp1 csr" + tx + crypto.sha256(der)


def _bound(request: x509.CertificateSigningRequest, binding: bytes) -> bool:
    try:
        challenge = request.attributes.get_attribute_for_oid(AttributeOID.CHALLENGE_PASSWORD).value
    except x509.AttributeNotFound:
        return _bound_by_extension(request, binding)
    return hmac.compare_digest(challenge, binding.hex().encode())


def _bound_by_extension(request: x509.CertificateSigningRequest, binding: bytes) -> bool:
    """True if some requested extension is the OCTET STRING of the binding; the section names no OID."""
    wanted = (bytes([0x04, len(binding)]) + binding, binding)
    try:
        extensions = list(request.extensions)
    except Exception:  # pyca raises several unrelated types for foreign bytes
        return False
    return any(
        isinstance(extension.value, x509.UnrecognizedExtension) and extension.value.value in wanted
        for extension in extensions
    )
