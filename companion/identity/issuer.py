"""Whoever issues certificates of an owner: the owner's CA, or a delegate's intermediate under it.

A delegate's certificate names by whom (`domains`) its devices may be called: services authorise by the one
dNSName of an LDevID, and a name constraint bounds nothing else (RP1, section 10.5).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, SignatureAlgorithmOID

from companion.encoding import es256
from companion.errors import CsrRefused, SerialUnusable

INTERMEDIATE_LIFE = timedelta(days=30)
# A device without a clock of its own has its owner's time, which may be a little behind ours.
CLOCK_SLACK = timedelta(hours=1)
MAX_CSR = 2048
# ub-common-name of RFC 5280 appendix A, which pyca counts in octets.
MAX_NAME = 64


def request_print(certificate: bytes) -> str:
    """A fingerprint of the key that was certified (DER): of one request, which a device makes for one use."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return hashlib.sha256(key.public_bytes(*form)).hexdigest()


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate from a CA.

    chain: DER, leaf first, root left out. fingerprint: SHA-256 of the leaf's DER in hex.
    serial_number: the certificate's own number, by which it is revoked.
    """

    chain: tuple[bytes, ...]
    fingerprint: str
    not_before: datetime
    not_after: datetime
    serial_number: int


@dataclass(frozen=True)
class Issuer:
    """A CA's key and certificate. above: the certificates between it and the root (DER), its own first; none
    for the root itself. distribution_point: where services find the owner's CRL (an http URL)"""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    above: tuple[bytes, ...] = ()
    distribution_point: str | None = None

    def issue(
        self,
        key: ec.EllipticCurvePublicKey,
        subject: x509.Name,
        purpose: x509.ObjectIdentifier,
        life: timedelta,
        alternatives: tuple[x509.GeneralName, ...],
        now: datetime | None = None,
    ) -> IssuedCertificate:
        """A leaf, which does not outlive its issuer."""
        start, end = self._life(life, now)
        made = (
            new_certificate(subject, self.certificate.subject, key, start, end)
            .add_extension(self._authority, critical=False)
            .add_extension(key_usage(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        )
        if self.distribution_point is not None and purpose == ExtendedKeyUsageOID.CLIENT_AUTH:
            made = made.add_extension(_found_at(self.distribution_point), critical=False)
        if alternatives:
            made = made.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        return self._signed(made)

    def issue_device(
        self, csr: bytes, serial: str, name: str, life: timedelta, now: datetime | None = None
    ) -> IssuedCertificate:
        """An LDevID for the key that signed `csr` (PKCS#10 DER). Of the request only the key is used.

        serial: the common name, for people and old brokers; name: the one dNSName. Raises CsrRefused for a
        request that can't be certified, SerialUnusable for a serial that no certificate can hold.
        """
        key, names = requested_key(csr), (x509.DNSName(name),)
        return self.issue(key, device_subject(serial), ExtendedKeyUsageOID.CLIENT_AUTH, life, names, now)

    def issue_intermediate(
        self,
        key: ec.EllipticCurvePublicKey,
        *,
        depth: int,
        domains: Collection[str],
        until: datetime,
        now: datetime | None = None,
    ) -> IssuedCertificate:
        """A CA certificate for a delegate's key, good until its grant ends and for 30 days at most.

        depth: how many further CAs may be below it; domains: beneath which its devices are called
        """
        start, end = self._life(INTERMEDIATE_LIFE, now)
        end = min(end, until)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Delegate {key_id(key).hex()}")])
        permitted = [x509.DNSName(domain) for domain in sorted(domains)]
        made = (
            new_certificate(name, self.certificate.subject, key, start, end)
            .add_extension(self._authority, critical=False)
            .add_extension(x509.SubjectKeyIdentifier(key_id(key)), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
            .add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
        )
        return self._signed(made)

    def _life(self, life: timedelta, now: datetime | None) -> tuple[datetime, datetime]:
        now = (now or datetime.now(UTC)).replace(microsecond=0)
        return now - CLOCK_SLACK, min(now + life, self.certificate.not_valid_after_utc)

    @property
    def _authority(self) -> x509.AuthorityKeyIdentifier:
        return x509.AuthorityKeyIdentifier(key_id(self.key.public_key()), None, None)

    def _signed(self, made: x509.CertificateBuilder) -> IssuedCertificate:
        signed = made.sign(self.key, hashes.SHA256())
        der = signed.public_bytes(serialization.Encoding.DER)
        return IssuedCertificate(
            (der, *self.above),
            hashlib.sha256(der).hexdigest(),
            signed.not_valid_before_utc,
            signed.not_valid_after_utc,
            signed.serial_number,
        )


def requested_key(der: bytes) -> ec.EllipticCurvePublicKey:
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


def device_subject(serial: str) -> x509.Name:
    """The subject of an LDevID. Raises SerialUnusable."""
    if not (serial.isprintable() and serial.strip() and len(serial.encode()) <= MAX_NAME):
        raise SerialUnusable(f"{len(serial.encode())} bytes")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, serial)])


def new_certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    """What every certificate of ours begins with. Its number: 16 octets, positive, 126 of their bits random
    (RFC 5280, 4.1.2.2)."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(1 << 126 | secrets.randbits(126))
        .not_valid_before(start)
        .not_valid_after(end)
    )


def key_id(key: ec.EllipticCurvePublicKey) -> bytes:
    """A key identifier of eight octets: the beginning of SHA-256 over the public point."""
    return hashlib.sha256(es256.point(key)).digest()[:8]


def key_usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    """A key usage with these bits and no others."""
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


def _found_at(url: str) -> x509.CRLDistributionPoints:
    """Where the CRL is (RFC 5280, 4.2.1.13)."""
    name = x509.UniformResourceIdentifier(url)
    return x509.CRLDistributionPoints([x509.DistributionPoint([name], None, None, None)])
