"""A CA for TCAT of one's own: for those who make devices, and for virtual ones.

Certificates as OpenThread's tools make them: P-256, a common name, the authorization extension.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from companion.encoding import es256
from companion.protocols.tcat.authorization import Authorization
from companion.secret import Secret

_SLACK = timedelta(minutes=5)
ROOT_DAYS = 3650


@dataclass(frozen=True)
class Authority:
    """A root that signs commissioners and devices."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def found(cls, name: str) -> Authority:
        """A new one."""
        key = es256.generate()
        builder = _builder(name, name, key.public_key(), ROOT_DAYS)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        return cls(builder.add_extension(usage, critical=True).sign(key, hashes.SHA256()), key)

    def certify(
        self, name: str, public: ec.EllipticCurvePublicKey, allowed: Authorization, days: int
    ) -> x509.Certificate:
        """A certificate for a commissioner or a device."""
        issuer = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        builder = _builder(name, str(issuer), public, days)
        for extension in allowed.extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(self.key, hashes.SHA256())


def pem(key: ec.EllipticCurvePrivateKey, *certificates: x509.Certificate) -> Secret:
    """Key and certificates as one text, for `commissioner.read`."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = (each.public_bytes(serialization.Encoding.PEM) for each in certificates)
    return Secret(private + b"".join(public))


def _builder(name: str, issuer: str, public: ec.EllipticCurvePublicKey, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLACK)
        .not_valid_after(now + timedelta(days=days))
    )
