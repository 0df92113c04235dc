"""Made-up attestation certificates and declarations, for virtual devices. They vouch for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from companion.protocols.matter.attestation.certificates import Kind
from companion.protocols.matter.attestation.declaration import cms
from companion.protocols.matter.attestation.declaration.declaration import DECLARATION, Declaration
from companion.protocols.matter.attestation.elements import (
    ATTESTATION_ELEMENTS,
    CSR_ELEMENTS,
    AttestationElements,
    CsrElements,
)
from companion.protocols.matter.attestation.names import PRODUCT, VENDOR
from companion.protocols.matter.crypto.keys import KeyPair, key_identifier

FROM = datetime(2022, 1, 1, tzinfo=UTC)
WITHOUT_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_TITLES = {Kind.PAA: "Companion Test PAA", Kind.PAI: "Companion Test PAI", Kind.DAC: "Companion Test DAC"}
_PATHS = {Kind.PAA: 1, Kind.PAI: 0, Kind.DAC: None}


@dataclass(frozen=True)
class Holder:
    """A certificate (DER) and its private key."""

    der: bytes
    key: KeyPair


def issue(
    kind: Kind,
    issuer: Holder | None = None,
    vendor: int | None = None,
    product: int | None = None,
    *,
    key: KeyPair | None = None,
    starts: datetime = FROM,
    ends: datetime = WITHOUT_END,
    title: str | None = None,
) -> Holder:
    """A certificate of this kind, signed by its issuer, or by itself without one. title: its common name."""
    key = key or KeyPair.generate()
    subject = _name(title or _TITLES[kind], vendor, product)
    above = x509.load_der_x509_certificate(issuer.der).subject if issuer else subject
    signing = issuer.key if issuer else key
    is_authority = kind is not Kind.DAC
    authority = x509.AuthorityKeyIdentifier(key_identifier(signing.public), None, None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above)
        .public_key(key.private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(is_authority, _PATHS[kind]), critical=True)
        .add_extension(_usage(is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(key_identifier(key.public)), critical=False)
        .add_extension(authority, critical=False)
    )
    made = builder.sign(signing.private, hashes.SHA256())
    return Holder(made.public_bytes(Encoding.DER), key)


def declare(declaration: Declaration, signer: KeyPair, signer_id: bytes) -> bytes:
    """A declaration in its envelope (CMS). signer_id: key identifier of the signer (20 octets)."""
    return cms.sign(DECLARATION.encode(declaration), signer, signer_id)


@dataclass(frozen=True)
class DeviceCredentials:
    """What a manufacturer puts into a device. dac: with its key; pai: DER; declaration: CMS."""

    dac: Holder
    pai: bytes
    declaration: bytes
    firmware: bytes | None = None

    def attest(self, nonce: bytes, challenge: bytes, timestamp: int = 0) -> tuple[bytes, bytes]:
        """Answer to AttestationRequest: elements (TLV) and signature (64 octets)."""
        elements = ATTESTATION_ELEMENTS.encode(
            AttestationElements(self.declaration, nonce, timestamp, self.firmware)
        )
        return elements, self.dac.key.sign(elements + challenge)

    def vouch(self, csr: bytes, nonce: bytes, challenge: bytes) -> tuple[bytes, bytes]:
        """Answer to CSRRequest: elements (TLV) around a request (DER), and signature (64 octets)."""
        elements = CSR_ELEMENTS.encode(CsrElements(csr, nonce))
        return elements, self.dac.key.sign(elements + challenge)


def _name(title: str, vendor: int | None, product: int | None) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, title)]
    for oid, number in ((VENDOR, vendor), (PRODUCT, product)):
        if number is not None:
            attributes.append(x509.NameAttribute(oid, f"{number:04X}"))
    return x509.Name(attributes)


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
