"""The issuing CA: a self-signed P-256 root that makes short-lived LDevIDs (IEEE 802.1AR, RFC 5280).

Certificates are kept small, because a device gets them in fragments of some 240 bytes: key identifiers
of eight octets (RFC 5280, 4.2.1.2 lets the CA choose), 16-octet serial numbers, no extension without a
reader.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, SignatureAlgorithmOID

from companion.encoding import es256
from companion.errors import CsrRefused, SerialUnusable
from companion.events import RevocationReason
from companion.identity.names import DeviceName
from companion.identity.owner import private_der
from companion.secret import Secret

MIN_DAYS, DEFAULT_DAYS, MAX_DAYS = 7, 30, 90
ROOT_LIFE = timedelta(days=20 * 365)
# A device without a clock of its own has its owner's time, which may be a little behind ours.
CLOCK_SLACK = timedelta(hours=1)
MAX_CSR = 2048
# ub-common-name of RFC 5280 appendix A, which pyca counts in octets.
MAX_NAME = 64


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate from the CA.

    chain: DER, leaf first, root left out. fingerprint: SHA-256 of the leaf's DER in hex.
    serial_number: the certificate's own number, by which it is revoked.
    """

    chain: tuple[bytes, ...]
    fingerprint: str
    not_before: datetime
    not_after: datetime
    serial_number: int


@dataclass(frozen=True)
class RevokedCertificate:
    """A certificate that must not be believed any more, by its own number, since `at`."""

    serial_number: int
    at: datetime
    reason: RevocationReason = RevocationReason.UNSPECIFIED


# RFC 5280, 5.3.1. "Unspecified" is said by saying nothing. A device that is lost may be in anybody's hands,
# and its key with it.
_CRL_REASONS: Mapping[RevocationReason, x509.ReasonFlags] = {
    RevocationReason.REVERTED: x509.ReasonFlags.cessation_of_operation,
    RevocationReason.SUPERSEDED: x509.ReasonFlags.superseded,
    RevocationReason.RESET: x509.ReasonFlags.cessation_of_operation,
    RevocationReason.TRANSFERRED: x509.ReasonFlags.affiliation_changed,
    RevocationReason.REPLACED: x509.ReasonFlags.superseded,
    RevocationReason.LOST: x509.ReasonFlags.key_compromise,
    RevocationReason.STOLEN: x509.ReasonFlags.key_compromise,
    RevocationReason.KEY_COMPROMISE: x509.ReasonFlags.key_compromise,
    RevocationReason.RETIRED: x509.ReasonFlags.cessation_of_operation,
}


class IssuingCa:
    """Issues certificates for device keys that are proved by a PKCS#10 request."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey,
        root: x509.Certificate,
        *,
        distribution_point: str | None = None,
    ) -> None:
        """Takes the CA's key and its root. Raises ValueError if they do not belong together.

        distribution_point: where services find the CRL (an http URL); LDevIDs name it
        """
        if root.public_key() != key.public_key():
            raise ValueError("the root certificate is not of this key")
        self._key = key
        self._root = root
        self.distribution_point = distribution_point
        self.anchors = (root.public_bytes(serialization.Encoding.DER),)
        """The trust anchors that devices and endpoints get: DER certificates."""

    @property
    def made_at(self) -> datetime:
        """When it was made, UTC."""
        return self._root.not_valid_before_utc + CLOCK_SLACK

    @property
    def direct_root(self) -> bytes:
        """The root (DER) for who authorises by common names: the same key and name, and no CA below it.

        Only a dNSName can be bounded, so a delegate's intermediate could name any device to such a service.
        """
        root, public = self._root, self._key.public_key()
        builder = _builder(
            root.subject, root.subject, public, root.not_valid_before_utc, root.not_valid_after_utc
        )
        return _root(builder, self._key, path_length=0).public_bytes(serialization.Encoding.DER)

    @classmethod
    def create(cls, name: str, *, now: datetime | None = None) -> IssuingCa:
        """A new CA with the common name `name` and room below it for delegates (path length 1)."""
        key = es256.generate()
        now = (now or datetime.now(UTC)).replace(microsecond=0)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _builder(subject, subject, key.public_key(), now - CLOCK_SLACK, now + ROOT_LIFE)
        return cls(key, _root(builder, key, path_length=1))

    @classmethod
    def load(cls, key: Secret, root: bytes, *, distribution_point: str | None = None) -> IssuingCa:
        """The CA of a PKCS#8 key and its root, both DER. Raises ValueError if they are not one."""
        private = serialization.load_der_private_key(key.reveal(), password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise ValueError("a CA key is on P-256")
        certificate = x509.load_der_x509_certificate(root)
        return cls(private, certificate, distribution_point=distribution_point)

    def seal(self) -> Secret:
        """The private key as PKCS#8 DER, for the vault alone."""
        return Secret(private_der(self._key))

    def issue(
        self,
        csr: bytes,
        *,
        serial: str,
        name: DeviceName,
        days: int = DEFAULT_DAYS,
        now: datetime | None = None,
    ) -> IssuedCertificate:
        """An LDevID for the key that signed `csr` (PKCS#10 DER), valid for `days` (7 to 90).

        The common name is the device's `serial`, for people and old brokers; `name` is the one dNSName, by
        which services authorise. Of the request only the key is used. Raises CsrRefused for a request that
        can't be certified, SerialUnusable for a serial that no certificate can hold, ValueError for days out
        of range.
        """
        if not MIN_DAYS <= days <= MAX_DAYS:
            raise ValueError(f"an LDevID lives {MIN_DAYS} to {MAX_DAYS} days, not {days}")
        key = _requested_key(csr)
        subject, names = _subject(serial), (x509.DNSName(str(name)),)
        return self._issue(key, subject, ExtendedKeyUsageOID.CLIENT_AUTH, timedelta(days=days), names, now)

    def issue_server(
        self, key: ec.EllipticCurvePublicKey, hosts: tuple[str, ...], *, days: int = DEFAULT_DAYS
    ) -> IssuedCertificate:
        """A server certificate for `hosts` (IP addresses or DNS names), for the embedded endpoint."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:MAX_NAME])])
        alternatives = tuple(_general_name(host) for host in hosts)
        life = timedelta(days=days)
        return self._issue(key, subject, ExtendedKeyUsageOID.SERVER_AUTH, life, alternatives, None)

    def revocation_list(
        self,
        revoked: Iterable[RevokedCertificate],
        *,
        number: int,
        days: int = 7,
        now: datetime | None = None,
    ) -> bytes:
        """A CRL (RFC 5280, section 5) as DER for brokers and services, good for `days`.

        number: rises with each list, so that an old one can't pass for the newest.
        """
        now = (now or datetime.now(UTC)).replace(microsecond=0)
        authority = x509.AuthorityKeyIdentifier(_key_id(self._key.public_key()), None, None)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self._root.subject)
            .last_update(now - CLOCK_SLACK)
            .next_update(now + timedelta(days=days))
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(authority, critical=False)
        )
        for each in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(each.serial_number)
            if (reason := _CRL_REASONS.get(each.reason)) is not None:
                entry = entry.add_extension(x509.CRLReason(reason), critical=False)
            builder = builder.add_revoked_certificate(entry.revocation_date(each.at).build())
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _issue(
        self,
        key: ec.EllipticCurvePublicKey,
        subject: x509.Name,
        purpose: x509.ObjectIdentifier,
        life: timedelta,
        alternatives: tuple[x509.GeneralName, ...],
        now: datetime | None,
    ) -> IssuedCertificate:
        now = (now or datetime.now(UTC)).replace(microsecond=0)
        start, end = now - CLOCK_SLACK, min(now + life, self._root.not_valid_after_utc)
        authority = x509.AuthorityKeyIdentifier(_key_id(self._key.public_key()), None, None)
        builder = (
            _builder(subject, self._root.subject, key, start, end)
            .add_extension(authority, critical=False)
            .add_extension(_usage(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        )
        if self.distribution_point is not None and purpose == ExtendedKeyUsageOID.CLIENT_AUTH:
            builder = builder.add_extension(_found_at(self.distribution_point), critical=False)
        if alternatives:
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        leaf = builder.sign(self._key, hashes.SHA256())
        der = leaf.public_bytes(serialization.Encoding.DER)
        return IssuedCertificate((der,), hashlib.sha256(der).hexdigest(), start, end, leaf.serial_number)


def _found_at(url: str) -> x509.CRLDistributionPoints:
    """Where the CRL is (RFC 5280, 4.2.1.13)."""
    name = x509.UniformResourceIdentifier(url)
    return x509.CRLDistributionPoints([x509.DistributionPoint([name], None, None, None)])


def serial_of(certificate: bytes) -> str | None:
    """What an LDevID (DER) calls its device: its common name. Authorises nobody, see `DeviceName`."""
    subject = x509.load_der_x509_certificate(certificate).subject
    for attribute in subject.get_attributes_for_oid(NameOID.COMMON_NAME):
        return str(attribute.value)
    return None


def _requested_key(der: bytes) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a request that is signed with it. Raises CsrRefused."""
    if len(der) > MAX_CSR:
        raise CsrRefused(f"the request has {len(der)} bytes, more than {MAX_CSR}")
    try:
        csr = x509.load_der_x509_csr(der)
        key = csr.public_key()
        if not es256.is_p256(key):
            raise CsrRefused("the request's key is not on P-256")
        if csr.signature_algorithm_oid != SignatureAlgorithmOID.ECDSA_WITH_SHA256:
            raise CsrRefused("the request is not signed with ES256")
        if not csr.is_signature_valid:
            raise CsrRefused("the request's signature does not hold")
    except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm, InvalidSignature) as problem:
        raise CsrRefused("the request is not a PKCS#10 request with a P-256 key") from problem
    return key


def _subject(serial: str) -> x509.Name:
    """The subject of an LDevID. Raises SerialUnusable."""
    if not (serial.isprintable() and serial.strip() and len(serial.encode()) <= MAX_NAME):
        raise SerialUnusable(f"{len(serial.encode())} bytes")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, serial)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(_random_serial())
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _root(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey, *, path_length: int
) -> x509.Certificate:
    """A self-signed CA certificate for `key`."""
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(_key_id(key.public_key())), critical=False)
        .sign(key, hashes.SHA256())
    )


def _random_serial() -> int:
    """A certificate's number: 16 octets, positive, 126 of their bits random (RFC 5280, 4.1.2.2)."""
    return 1 << 126 | secrets.randbits(126)


def _key_id(key: ec.EllipticCurvePublicKey) -> bytes:
    """A key identifier of eight octets: the beginning of SHA-256 over the public point."""
    return hashlib.sha256(es256.point(key)).digest()[:8]


def _usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
