"""PKCS#10 requests and checks as devices and services make them."""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import verification
from cryptography.x509.oid import ExtendedKeyUsageOID

from companion.identity import DeviceName, IssuingCa

NAME = DeviceName(bytes(16), bytes(8))
"""Of a device in tests that are not about names."""


def device_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def request(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, algorithm: hashes.HashAlgorithm | None = None
) -> bytes:
    """A request with an empty subject."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, algorithm or hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _for_clients(_: object, __: object, purposes: x509.ExtendedKeyUsage) -> None:
    if ExtendedKeyUsageOID.CLIENT_AUTH not in purposes:
        raise ValueError("not for clients")


def verify_client(ca: IssuingCa, chain: tuple[bytes, ...], at: datetime | None = None) -> None:
    """Check a client chain as pyca does, without its web rule that a client has an alternative name."""
    agnostic = verification.Criticality.AGNOSTIC
    leaf_policy = (
        verification.ExtensionPolicy.permit_all()
        .require_present(x509.AuthorityKeyIdentifier, agnostic, None)
        .require_present(x509.KeyUsage, verification.Criticality.CRITICAL, None)
        .require_present(x509.ExtendedKeyUsage, agnostic, _for_clients)
    )
    builder = (
        verification.PolicyBuilder()
        .store(verification.Store([x509.load_der_x509_certificate(der) for der in ca.anchors]))
        .extension_policies(
            ee_policy=leaf_policy, ca_policy=verification.ExtensionPolicy.webpki_defaults_ca()
        )
    )
    if at is not None:
        builder = builder.time(at)
    leaf, *others = (x509.load_der_x509_certificate(der) for der in chain)
    builder.build_client_verifier().verify(leaf, others)


def leaf_under(issuer: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """What the holder of a leaf, who is no CA, could sign all the same."""
    above = x509.load_der_x509_certificate(issuer)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(above.subject)
        .public_key(device_key().public_key())
        .serial_number(1)
        .not_valid_before(above.not_valid_before_utc)
        .not_valid_after(above.not_valid_after_utc)
    )
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
