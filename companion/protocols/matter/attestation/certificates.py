"""Attestation certificates: DAC, PAI and PAA as X.509, each field as Matter wants it (Core 6.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import SignatureAlgorithmOID

from companion.encoding import es256
from companion.protocols.matter import der as asn1
from companion.protocols.matter.attestation.declaration.cms import KEY_ID_SIZE
from companion.protocols.matter.attestation.names import BadName, identity
from companion.protocols.matter.attestation.report import Reason

_V3 = bytes.fromhex("020102")
MAX_SIZE = 600
"""Octets of DER of a DAC or PAI."""
_UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What reading a malformed certificate raises."""


class Kind(StrEnum):
    DAC = "dac"
    PAI = "pai"
    PAA = "paa"


class BadCertificate(Exception):
    """A certificate that breaks one of Matter's rules: `reason` says which."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class AttestationCertificate:
    """A certificate that keeps the rules of its kind.

    vendor, product: of the subject; key: point (65 octets); key_id, authority: key identifiers (20 octets),
    the authority of a PAA may be missing; subject, issuer: names as DER; starts, ends: with time zone
    """

    kind: Kind
    der: bytes
    vendor: int | None
    product: int | None
    key: bytes
    key_id: bytes
    authority: bytes | None
    serial: int
    subject: bytes
    issuer: bytes
    starts: datetime
    ends: datetime
    name: str

    def names_as_issuer(self, issuer: AttestationCertificate) -> bool:
        """True if issuer name and key identifier are those of `issuer`."""
        return self.issuer == issuer.subject and self.authority == issuer.key_id

    def signed_by(self, issuer: AttestationCertificate) -> bool:
        """True if the key of `issuer` signed this. Names are not looked at."""
        mine = x509.load_der_x509_certificate(self.der)
        public = x509.load_der_x509_certificate(issuer.der).public_key()
        algorithm = mine.signature_hash_algorithm
        assert isinstance(public, ec.EllipticCurvePublicKey) and algorithm is not None
        try:
            public.verify(mine.signature, mine.tbs_certificate_bytes, ec.ECDSA(algorithm))
        except InvalidSignature:
            return False
        return True


def parse(der: bytes, kind: Kind) -> AttestationCertificate:
    """A certificate of this kind from DER. Raises BadCertificate with the first rule that it breaks."""
    if kind is not Kind.PAA and len(der) > MAX_SIZE:
        raise BadCertificate(Reason.TOO_LARGE)
    certificate = load(der)
    if certificate.signature_algorithm_oid != SignatureAlgorithmOID.ECDSA_WITH_SHA256:
        raise BadCertificate(Reason.SIGNATURE_ALGORITHM)
    key = _key(certificate)
    key_id, authority = _extensions(certificate, kind)
    vendor, product = _identity(certificate, kind)
    try:
        return AttestationCertificate(
            kind=kind,
            der=der,
            vendor=vendor,
            product=product,
            key=key,
            key_id=key_id,
            authority=authority,
            serial=certificate.serial_number,
            subject=certificate.subject.public_bytes(),
            issuer=certificate.issuer.public_bytes(),
            starts=certificate.not_valid_before_utc,
            ends=certificate.not_valid_after_utc,
            name=certificate.subject.rfc4514_string(),
        )
    except _UNREADABLE as error:
        raise BadCertificate(Reason.NOT_A_CERTIFICATE) from error


def load(der: bytes) -> x509.Certificate:
    """A certificate of version 3 with a positive serial number. Raises BadCertificate."""
    try:
        version, serial, *_ = asn1.read(der).sequence(3)[0].sequence(6, 10)
        if version.tag != asn1.context(0) or version.content != _V3:
            raise BadCertificate(Reason.VERSION)
        # The library warns of others rather than refuse them.
        if int.from_bytes(serial.of(asn1.INTEGER), "big", signed=True) <= 0:
            raise BadCertificate(Reason.NOT_A_CERTIFICATE)
        return x509.load_der_x509_certificate(der)
    except _UNREADABLE as error:
        raise BadCertificate(Reason.NOT_A_CERTIFICATE) from error


def _key(certificate: x509.Certificate) -> bytes:
    try:
        key = certificate.public_key()
    except _UNREADABLE as error:
        raise BadCertificate(Reason.KEY_TYPE) from error
    if not es256.is_p256(key):
        raise BadCertificate(Reason.KEY_TYPE)
    return es256.point(key)


def _extensions(certificate: x509.Certificate, kind: Kind) -> tuple[bytes, bytes | None]:
    """Subject and authority key identifier, after all rules for extensions."""
    try:
        extensions = certificate.extensions
    except _UNREADABLE as error:
        raise BadCertificate(Reason.EXTENSIONS) from error
    _check_constraints(extensions, kind)
    _check_usage(extensions, kind)
    key_id = _subject_key(extensions)
    authority = _authority_key(extensions)
    if authority is None and kind is not Kind.PAA:
        raise BadCertificate(Reason.AUTHORITY_KEY_ID)
    if kind is Kind.PAA and authority not in (None, key_id):
        raise BadCertificate(Reason.AUTHORITY_KEY_ID)
    return key_id, authority


def _check_constraints(extensions: x509.Extensions, kind: Kind) -> None:
    """No authority and no path for a DAC, a path of 0 for a PAI, of 1 or none said for a PAA."""
    allowed = {Kind.DAC: ((False, None),), Kind.PAI: ((True, 0),), Kind.PAA: ((True, 1), (True, None))}
    try:
        found = extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound as error:
        raise BadCertificate(Reason.BASIC_CONSTRAINTS) from error
    if not found.critical or (found.value.ca, found.value.path_length) not in allowed[kind]:
        raise BadCertificate(Reason.BASIC_CONSTRAINTS)


def _check_usage(extensions: x509.Extensions, kind: Kind) -> None:
    """A DAC signs, and nothing else; the others sign certificates and lists, and may sign."""
    try:
        found = extensions.get_extension_for_class(x509.KeyUsage)
    except x509.ExtensionNotFound as error:
        raise BadCertificate(Reason.KEY_USAGE) from error
    usage = found.value
    is_authority = kind is not Kind.DAC
    others = (usage.content_commitment, usage.key_encipherment, usage.data_encipherment, usage.key_agreement)
    fits = (
        found.critical
        and (usage.digital_signature or is_authority)
        and usage.key_cert_sign is is_authority
        and usage.crl_sign is is_authority
        and not any(others)
    )
    if not fits:
        raise BadCertificate(Reason.KEY_USAGE)


def _subject_key(extensions: x509.Extensions) -> bytes:
    try:
        digest = extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound as error:
        raise BadCertificate(Reason.SUBJECT_KEY_ID) from error
    if len(digest) != KEY_ID_SIZE:
        raise BadCertificate(Reason.SUBJECT_KEY_ID)
    return digest


def _authority_key(extensions: x509.Extensions) -> bytes | None:
    try:
        digest = extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except x509.ExtensionNotFound:
        return None
    if digest is None or len(digest) != KEY_ID_SIZE:
        raise BadCertificate(Reason.AUTHORITY_KEY_ID)
    return digest


def _identity(certificate: x509.Certificate, kind: Kind) -> tuple[int | None, int | None]:
    try:
        vendor, product = identity(certificate.subject)
    except (BadName, *_UNREADABLE) as error:
        raise BadCertificate(Reason.NAME) from error
    if vendor is None and kind is not Kind.PAA:
        raise BadCertificate(Reason.VENDOR_MISSING)
    if product is None and kind is Kind.DAC:
        raise BadCertificate(Reason.PRODUCT_MISSING)
    if product is not None and kind is Kind.PAA:
        raise BadCertificate(Reason.PRODUCT_PRESENT)
    return vendor, product
