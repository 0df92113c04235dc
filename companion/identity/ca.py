"""The issuing CA: a self-signed P-256 root that makes short-lived LDevIDs (IEEE 802.1AR, RFC 5280).

Certificates are kept small, because a device gets them in fragments of some 240 bytes: key identifiers
of eight octets (RFC 5280, 4.2.1.2 lets the CA choose), 16-octet serial numbers, no extension without a
reader.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from companion.encoding import es256
from companion.events import RevocationReason
from companion.identity.issuer import (
    CLOCK_SLACK,
    MAX_NAME,
    IssuedCertificate,
    Issuer,
    key_id,
    key_usage,
    new_certificate,
)
from companion.identity.names import DeviceName
from companion.identity.owner import private_der, private_key_of
from companion.secret import Secret

MIN_DAYS, DEFAULT_DAYS, MAX_DAYS = 7, 30, 90
ROOT_LIFE = timedelta(days=20 * 365)
PROBE, PROBE_LIFE = "companion-check", timedelta(hours=1)
MAX_INTERMEDIATES = 4
"""CAs between the root and a leaf: a delegate, and as many as a grant may be passed on to."""


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
        return made_at(self._root)

    @property
    def direct_root(self) -> bytes:
        """The root (DER) for who authorises by common names: the same key and name, and no CA below it.

        Only a dNSName can be bounded, so a delegate's intermediate could name any device to such a service.
        """
        return self._root_of_length(0)

    @property
    def services_root(self) -> bytes:
        """The root (DER) for who authorises by dNSName: the same key and name, with room for every delegate
        that a grant can make. A CA of before grants could be passed on had room for one below it."""
        return self._root_of_length(MAX_INTERMEDIATES)

    def _root_of_length(self, length: int) -> bytes:
        root, public = self._root, self._key.public_key()
        builder = new_certificate(
            root.subject, root.subject, public, root.not_valid_before_utc, root.not_valid_after_utc
        )
        return _root(builder, self._key, path_length=length).public_bytes(serialization.Encoding.DER)

    @classmethod
    def create(cls, name: str, *, now: datetime | None = None) -> IssuingCa:
        """A new CA with the common name `name` and room below it for delegates."""
        key = es256.generate()
        now = (now or datetime.now(UTC)).replace(microsecond=0)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = new_certificate(subject, subject, key.public_key(), now - CLOCK_SLACK, now + ROOT_LIFE)
        return cls(key, _root(builder, key, path_length=MAX_INTERMEDIATES))

    @classmethod
    def load(cls, key: Secret, root: bytes, *, distribution_point: str | None = None) -> IssuingCa:
        """The CA of a PKCS#8 key and its root, both DER. Raises ValueError if they are not one."""
        certificate = x509.load_der_x509_certificate(root)
        return cls(private_key_of(key), certificate, distribution_point=distribution_point)

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
        return self._issuer().issue_device(csr, serial, str(name), timedelta(days=days), now)

    def issue_intermediate(
        self,
        key: ec.EllipticCurvePublicKey,
        *,
        depth: int,
        domains: Collection[str],
        until: datetime,
        now: datetime | None = None,
    ) -> IssuedCertificate:
        """A delegate's CA certificate, see `Issuer.issue_intermediate`."""
        return self._issuer().issue_intermediate(key, depth=depth, domains=domains, until=until, now=now)

    def issue_server(
        self, key: ec.EllipticCurvePublicKey, hosts: tuple[str, ...], *, days: int = DEFAULT_DAYS
    ) -> IssuedCertificate:
        """A server certificate for `hosts` (IP addresses or DNS names), for the embedded endpoint."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:MAX_NAME])])
        alternatives = tuple(_general_name(host) for host in hosts)
        life = timedelta(days=days)
        purpose = ExtendedKeyUsageOID.SERVER_AUTH
        return self._issuer().issue(key, subject, purpose, life, alternatives)

    def issue_probe(self, key: ec.EllipticCurvePublicKey) -> IssuedCertificate:
        """A client certificate for an hour, by which a network shows whether it admits devices of this CA.

        It has no dNSName, so no service that authorises devices takes it.
        """
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, PROBE)])
        return self._issuer().issue(key, subject, ExtendedKeyUsageOID.CLIENT_AUTH, PROBE_LIFE, ())

    def prove(self, code: str) -> bytes:
        """A certificate (DER) that shows a cloud who has this CA's key: its common name is the cloud's code.

        For a key that is thrown away, and for a day. Raises ValueError for what no code is.
        """
        if not (code.isascii() and code.replace("-", "").isalnum() and len(code) <= MAX_NAME):
            raise ValueError("a code is of letters, digits and hyphens")
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, code)])
        purpose, life = ExtendedKeyUsageOID.CLIENT_AUTH, timedelta(days=1)
        return self._issuer().issue(es256.generate().public_key(), subject, purpose, life, ()).chain[0]

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
        authority = x509.AuthorityKeyIdentifier(key_id(self._key.public_key()), None, None)
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

    def _issuer(self) -> Issuer:
        return Issuer(self._key, self._root, (), self.distribution_point)


def made_at(root: x509.Certificate) -> datetime:
    """When the CA of this root was made, UTC."""
    return root.not_valid_before_utc + CLOCK_SLACK


def serial_of(certificate: bytes) -> str | None:
    """What an LDevID (DER) calls its device: its common name. Authorises nobody, see `DeviceName`."""
    subject = x509.load_der_x509_certificate(certificate).subject
    for attribute in subject.get_attributes_for_oid(NameOID.COMMON_NAME):
        return str(attribute.value)
    return None


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _root(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey, *, path_length: int
) -> x509.Certificate:
    """A self-signed CA certificate for `key`."""
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(key_id(key.public_key())), critical=False)
        .sign(key, hashes.SHA256())
    )
